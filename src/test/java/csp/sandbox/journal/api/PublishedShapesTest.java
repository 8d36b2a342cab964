package csp.sandbox.journal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Holds what the journal knows of the published contract in step with it. With {@code -Dopenapi.write=true} it writes the file instead.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PublishedShapesTest {

    private static final Path SHAPES = Path.of("src/main/resources/csp/sandbox/journal/api/shapes.json");
    private static final Pattern OF_THE_SANDBOX = Pattern.compile("/sandbox/.*");
    private static final int DEEPEST = 12;

    private final JsonNode contract;

    PublishedShapesTest() throws IOException {
        contract = new YAMLMapper().readTree(Path.of("openapi.yaml").toFile());
    }

    @Test
    void the_journal_knows_the_requests_of_the_published_document() throws IOException {
        var lines = new TreeMap<String, String>();
        contract.path("paths").properties().stream()
                .filter(path -> !OF_THE_SANDBOX.matcher(path.getKey()).matches())
                .flatMap(path -> path.getValue().properties().stream())
                .map(method -> method.getValue())
                .filter(operation -> operation.has("operationId"))
                .forEach(operation -> lines.put(
                        operation.path("operationId").asText(),
                        request(operation).toString()));
        var written = new StringBuilder("{");
        lines.forEach((operation, request) -> written.append(written.length() == 1 ? "\n" : ",\n")
                .append("\"%s\": %s".formatted(operation, request)));
        written.append("\n}\n");
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(SHAPES, written);
        }

        assertEquals(
                written.toString(),
                Files.readString(SHAPES),
                "mvn -q test -Dtest='ContractSourceTest,PublishedShapesTest' -Dopenapi.write=true");
    }

    private ObjectNode request(JsonNode operation) {
        var request = JsonNodeFactory.instance.objectNode();
        var query = JsonNodeFactory.instance.objectNode();
        for (var parameter : operation.path("parameters")) {
            var known = resolved(parameter);
            if (known.path("in").asText().equals("query")) {
                query.set(known.path("name").asText(), shape(List.of(known.path("schema")), 0));
            }
        }
        request.set("query", query);
        var bodies = new ArrayList<JsonNode>();
        resolved(operation.path("requestBody")).path("content").forEach(content -> bodies.add(content.path("schema")));
        if (!bodies.isEmpty()) {
            // Who read a resource sends all of it back with a change: what is published of the answer is no surprise in
            // a request.
            operation.path("responses").properties().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .map(response -> resolved(response.getValue()).at("/content/application~1json/schema"))
                    .filter(schema -> !schema.isMissingNode())
                    .forEach(bodies::add);
            request.set("body", shape(bodies, 0));
        }
        return request;
    }

    /** Of several schemas in one: the first that says something of a member is heard, and the others have theirs beside it. */
    private ObjectNode shape(List<JsonNode> schemas, int depth) {
        var all = new ArrayList<JsonNode>();
        schemas.forEach(schema -> flatten(schema, all));
        var shape = JsonNodeFactory.instance.objectNode();
        var members = new TreeMap<String, List<JsonNode>>();
        var items = new ArrayList<JsonNode>();
        for (var schema : all) {
            if (!shape.has("type") && schema.has("type")) {
                shape.set("type", schema.get("type"));
            }
            if (!shape.has("words")
                    && schema.has("enum")
                    && schema.path("type").asText().equals("string")) {
                shape.set("words", schema.get("enum"));
            }
            if (schema.path("format").asText().equals("date-time")) {
                shape.put("time", true);
            }
            schema.path("properties")
                    .properties()
                    .forEach(property -> members.computeIfAbsent(property.getKey(), first -> new ArrayList<>())
                            .add(property.getValue()));
            if (schema.has("items")) {
                items.add(schema.get("items"));
            }
        }
        if (depth < DEEPEST && !members.isEmpty()) {
            var known = shape.putObject("members");
            members.forEach((name, of) -> known.set(name, shape(of, depth + 1)));
        }
        if (depth < DEEPEST && !items.isEmpty()) {
            shape.set("items", shape(items, depth + 1));
        }
        return shape;
    }

    private void flatten(JsonNode schema, List<JsonNode> all) {
        var known = resolved(schema);
        all.add(known);
        for (var combined : List.of("allOf", "oneOf", "anyOf")) {
            known.path(combined).forEach(part -> flatten(part, all));
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? resolved(contract.at(node.get("$ref").asText().substring(1))) : node;
    }
}
