package csp.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bodies as a schema wants them, and what can be wrong with a body. */
final class StrangeJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int DEEPEST = 6;

    /** Stand in a text for what no Java string can be turned into UTF-8 with. */
    private static final String NUL = "@nul@";

    private static final String LONE = "@lone@";

    static final List<String> TEXTS = List.of(
            "",
            " ",
            "x",
            "null",
            "true",
            "0",
            "-1",
            "9".repeat(40),
            "1e999",
            "ß漢字🙂é",
            "\u202eevil",
            "a\tb\r\nc",
            "a\u0000b".replace("\u0000", NUL),
            "a" + LONE,
            "\u007f\u0085\u2028",
            "'; drop table transfer; --",
            "\" or 1=1 --",
            "%s%n%d",
            "${7*7}",
            "#{7*7}",
            "{customerId}",
            "<script>alert(1)</script>",
            "../../../../etc/passwd",
            "x".repeat(300),
            "y".repeat(5_000),
            "00000000-0000-0000-0000-000000000000",
            "{00000000-0000-0000-0000-000000000001}",
            "1-1-1-1-1",
            "2026-02-30T25:61:61Z",
            "2026-01-31",
            "9999-12-31T23:59:59.9999999Z",
            "0000-00-00T00:00:00Z",
            "-999999999-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "P99999999999D",
            "PT-1S",
            "owner@receiver.example",
            "@",
            "https://receiver.example/hook",
            "http://127.0.0.1:9/",
            "http://[::1",
            "en-US",
            "zz-ZZ",
            "US",
            "DE",
            "USD",
            "+1 425 555 0100");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "5",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "1e400",
            "1E-400",
            "0.5",
            "1.0",
            "123456789012345678901234567890",
            "9".repeat(1_100));

    private final KnownIds ids;

    StrangeJson(KnownIds ids) {
        this.ids = ids;
    }

    /** A body that the schema allows, as far as a schema says it, or one of those that the document shows. */
    JsonNode body(Operation operation, Random random) {
        var examples = operation.examples();
        if (!examples.isEmpty() && random.nextInt(3) > 0) {
            return withKnownIds(MAPPER.valueToTree(examples.get(random.nextInt(examples.size()))), random);
        }
        return value(operation, operation.body().getSchema(), "", 0, random);
    }

    private JsonNode withKnownIds(JsonNode node, Random random) {
        if (node instanceof ObjectNode object) {
            for (var name : names(object)) {
                var known = ids.one(name.toLowerCase(), random);
                if (object.get(name).isTextual() && known != null && random.nextInt(4) == 0) {
                    object.put(name, known);
                } else {
                    withKnownIds(object.get(name), random);
                }
            }
        }
        node.forEach(child -> withKnownIds(child, random));
        return node;
    }

    private JsonNode value(Operation operation, Schema<?> unresolved, String name, int depth, Random random) {
        var schema = operation.resolved(unresolved);
        if (schema == null || depth > DEEPEST) {
            return JSON.nullNode();
        }
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return MAPPER.valueToTree(
                    schema.getEnum().get(random.nextInt(schema.getEnum().size())));
        }
        if (schema.getAllOf() != null) {
            var all = JSON.objectNode();
            for (var part : schema.getAllOf()) {
                if (value(operation, part, name, depth, random) instanceof ObjectNode object) {
                    all.setAll(object);
                }
            }
            return all;
        }
        if (schema.getOneOf() != null && !schema.getOneOf().isEmpty()) {
            var choice = schema.getOneOf().get(random.nextInt(schema.getOneOf().size()));
            return value(operation, choice, name, depth + 1, random);
        }
        if (schema.getProperties() != null) {
            var object = JSON.objectNode();
            schema.getProperties().forEach((property, own) -> {
                var isRequired =
                        schema.getRequired() != null && schema.getRequired().contains(property);
                if (isRequired || random.nextInt(3) == 0) {
                    object.set(property, value(operation, own, property, depth + 1, random));
                }
            });
            return object;
        }
        if (schema.getItems() != null) {
            var array = JSON.arrayNode();
            for (var count = random.nextInt(3); count >= 0; count--) {
                array.add(value(operation, schema.getItems(), name, depth + 1, random));
            }
            return array;
        }
        return scalar(schema, name, random);
    }

    private JsonNode scalar(Schema<?> schema, String name, Random random) {
        switch (String.valueOf(schema.getType())) {
            case "integer", "number":
                return JSON.numberNode(random.nextInt(10) - 1);
            case "boolean":
                return JSON.booleanNode(random.nextBoolean());
            default:
                var known = ids.one(name.toLowerCase(), random);
                if (known != null && random.nextInt(5) > 0) {
                    return JSON.textNode(known);
                }
                return schema.getExample() != null && random.nextInt(4) > 0
                        ? MAPPER.valueToTree(schema.getExample())
                        : JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
        }
    }

    /** Makes one thing of a body different, somewhere in it. */
    JsonNode changed(JsonNode body, Random random) {
        var places = new ArrayList<JsonNode>();
        collect(body, places);
        if (places.isEmpty()) {
            return strange(random);
        }
        var place = places.get(random.nextInt(places.size()));
        if (place instanceof ObjectNode object && !object.isEmpty()) {
            var names = names(object);
            var name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(6)) {
                case 0 -> object.remove(name);
                case 1 -> object.putNull(name);
                case 2 -> object.set(name.toUpperCase(), object.remove(name));
                case 3 -> object.set("unknown" + random.nextInt(9), strange(random));
                default -> object.set(name, strange(random));
            }
        } else if (place instanceof ArrayNode array) {
            switch (random.nextInt(4)) {
                case 0 -> array.removeAll();
                case 1 -> array.add(strange(random));
                case 2 -> array.addNull();
                default -> {
                    var one = array.isEmpty() ? strange(random) : array.get(0);
                    for (var i = random.nextInt(500); i >= 0; i--) {
                        array.add(one);
                    }
                }
            }
        }
        return body;
    }

    private static List<String> names(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private static JsonNode strange(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.objectNode();
            case 1 -> JSON.arrayNode();
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3, 4 -> JSON.textNode("@number@" + NUMBERS.get(random.nextInt(NUMBERS.size())) + "@");
            case 5 -> JSON.arrayNode().add(JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size()))));
            default -> JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
        };
    }

    static byte[] bytes(JsonNode body) {
        return body.toString()
                .replaceAll("\"@number@([^@]*)@\"", "$1")
                .replace(NUL, "\\u0000")
                .replace(LONE, "\\ud800")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Breaks the text of a body. */
    static byte[] broken(byte[] body, Random random) {
        var text = new String(body, StandardCharsets.UTF_8);
        return switch (random.nextInt(14)) {
            case 0 -> Arrays.copyOf(body, body.length == 0 ? 0 : random.nextInt(body.length));
            case 1 -> utf8(text + text);
            case 2 -> utf8("\ufeff" + text);
            case 3 -> joined(body, new byte[] {(byte) 0xff, (byte) 0xc0, 0});
            case 4 -> utf8(text.replace('"', '\''));
            case 5 -> utf8("/* */" + text);
            case 6 -> utf8("[".repeat(2_000) + "]".repeat(random.nextInt(2_001)));
            case 7 -> utf8("{\"a\":".repeat(600) + "1" + "}".repeat(600));
            case 8 -> utf8(text.replaceFirst("\\{", "{\"id\":1,\"id\":\"2\","));
            case 9 -> text.getBytes(StandardCharsets.UTF_16);
            case 10 -> utf8("<xml/>");
            case 11 -> utf8("NaN");
            case 12 -> flipped(body, random);
            default -> new byte[0];
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] flipped(byte[] body, Random random) {
        var other = body.clone();
        for (var i = 0; i < 3 && other.length > 0; i++) {
            other[random.nextInt(other.length)] = (byte) random.nextInt(256);
        }
        return other;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
