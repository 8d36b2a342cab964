package csp.console.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the two partners read in one property of the same transfer.
 *
 * @param name with the names of what holds it, such as {@code lineItems[0].status}
 * @param source null where the source's view lacks it, as {@code target}
 */
public record ComparedField(String name, String source, String target) {

    public boolean differs() {
        return !Objects.equals(source, target);
    }

    static List<ComparedField> of(JsonNode source, JsonNode target) {
        var left = flat(source);
        var right = flat(target);
        var names = new LinkedHashSet<>(left.keySet());
        names.addAll(right.keySet());
        var fields = new ArrayList<ComparedField>();
        names.forEach(name -> fields.add(new ComparedField(name, left.get(name), right.get(name))));
        return fields;
    }

    private static Map<String, String> flat(JsonNode view) {
        var values = new LinkedHashMap<String, String>();
        flatten("", view, values);
        return values;
    }

    private static void flatten(String name, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(field -> flatten(
                            name.isEmpty() ? field.getKey() : name + "." + field.getKey(), field.getValue(), values));
        } else if (node.isArray()) {
            for (var i = 0; i < node.size(); i++) {
                flatten(name + "[" + i + "]", node.get(i), values);
            }
        } else if (!node.isMissingNode()) {
            values.put(name, node.asText());
        }
    }
}
