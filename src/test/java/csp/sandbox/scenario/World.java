package csp.sandbox.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Documents of the tests. {@link #everything} uses every property of the format and no id of the demo world. */
public final class World {

    private static final JsonMapper JSON = new JsonMapper();

    private World() {}

    public static ObjectNode everything() {
        return read("/scenarios/everything.json");
    }

    public static ObjectNode demo() {
        return read("/scenarios/demo.json");
    }

    public static ObjectNode parse(String document) {
        try {
            return (ObjectNode) JSON.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param pointer as in {@code /customers/0/subscriptions/1/quantity} */
    public static void set(ObjectNode document, String pointer, JsonNode value) {
        var cut = pointer.lastIndexOf('/');
        var parent = document.at(pointer.substring(0, cut));
        if (parent.isArray()) {
            ((ArrayNode) parent).set(Integer.parseInt(pointer.substring(cut + 1)), value);
        } else {
            ((ObjectNode) parent).set(pointer.substring(cut + 1), value);
        }
    }

    public static ObjectNode with(ObjectNode document, String pointer, String json) {
        try {
            var copy = document.deepCopy();
            set(copy, pointer, JSON.readTree(json));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode without(ObjectNode document, String pointer) {
        var copy = document.deepCopy();
        var cut = pointer.lastIndexOf('/');
        ((ObjectNode) copy.at(pointer.substring(0, cut))).remove(pointer.substring(cut + 1));
        return copy;
    }

    /** Pointers of all values, outermost first. */
    public static List<String> pointers(JsonNode node) {
        var pointers = new ArrayList<String>();
        collect("", node, pointers);
        return pointers;
    }

    private static void collect(String at, JsonNode node, List<String> pointers) {
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> {
                pointers.add(at + "/" + field.getKey());
                collect(at + "/" + field.getKey(), field.getValue(), pointers);
            });
        } else if (node.isArray()) {
            for (var i = 0; i < node.size(); i++) {
                pointers.add(at + "/" + i);
                collect(at + "/" + i, node.get(i), pointers);
            }
        }
    }

    /** {@code customers[0].subscriptions[1].quantity} */
    public static String path(String pointer) {
        return pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    }

    /** Turns every list of objects round but the lines of transfers and orders, whose order has a meaning. */
    public static void reverse(JsonNode node) {
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> {
                if (!field.getKey().equals("lineItems")) {
                    reverse(field.getValue());
                }
            });
        } else if (node instanceof ArrayNode list) {
            list.forEach(World::reverse);
            var entries = new ArrayList<JsonNode>();
            list.forEach(entries::add);
            list.removeAll();
            Collections.reverse(entries);
            entries.forEach(list::add);
        }
    }

    private static ObjectNode read(String resource) {
        try (InputStream document = World.class.getResourceAsStream(resource)) {
            return (ObjectNode) JSON.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
