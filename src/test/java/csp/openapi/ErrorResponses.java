package csp.openapi;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes listed errors out as responses: for each status a table of codes, and an example of each. What is the same for
 * every operation becomes a component.
 */
final class ErrorResponses {

    private static final String TABLE = "| code | when |\n|---|---|\n";

    private final ListedErrors listed;
    private final Map<String, ObjectNode> responses = new TreeMap<>();
    private final Map<String, ObjectNode> examples = new TreeMap<>();

    ErrorResponses(ListedErrors listed) {
        this.listed = listed;
    }

    /**
     * @param errors as listed in the source
     * @param written the responses that the operation has; the description of one goes before the table of its status
     * @return by status
     */
    Map<String, ObjectNode> of(String operation, JsonNode errors, JsonNode written) {
        var answers = new TreeMap<String, ObjectNode>();
        listed.read(errors).stream()
                .collect(groupingBy(item -> Integer.toString(item.status())))
                .forEach((status, items) -> answers.put(
                        status,
                        response(
                                operation,
                                items,
                                written.path(status).path("description").asText())));
        return answers;
    }

    /** The components that the responses so far refer to, by kind and name. */
    Map<String, Map<String, ObjectNode>> components() {
        return Map.of("responses", responses, "examples", examples);
    }

    private ObjectNode response(String operation, List<ListedErrors.Item> items, String note) {
        var first = items.get(0);
        if (items.size() > 1 || !first.shared() || !note.isEmpty()) {
            return written(operation, items, note);
        }
        var name = inPascalCase(first.name());
        responses.computeIfAbsent(name, key -> written(operation, items, ""));
        return reference("responses", name);
    }

    private ObjectNode written(String operation, List<ListedErrors.Item> items, String note) {
        var errors = items.stream().flatMap(item -> item.errors().stream()).toList();
        var description = Stream.concat(
                        Stream.concat(Stream.of(note), items.stream().map(ListedErrors.Item::note))
                                .filter(text -> !text.isEmpty()),
                        Stream.of(TABLE + errors.stream().map(ListedError::row).collect(joining())))
                .collect(joining("\n\n"));
        var shown = JsonNodeFactory.instance.objectNode();
        for (var error : errors) {
            if (shown.has(error.name())) {
                throw new IllegalStateException("%s lists %s twice".formatted(operation, error.name()));
            }
            shown.set(error.name(), example(operation, error));
        }
        var response = JsonNodeFactory.instance.objectNode().put("description", description);
        if (items.get(0).status() == 503) {
            response.putObject("headers").set("Retry-After", reference("headers", "RetryAfter"));
        }
        var content = response.putObject("content").putObject("application/json");
        content.set("schema", reference("schemas", "ErrorResponse"));
        content.set("examples", shown);
        return response;
    }

    private JsonNode example(String operation, ListedError error) {
        if (!error.shared() || error.namesItsOperation()) {
            return error.example(operation);
        }
        var name = inPascalCase(error.name());
        examples.put(name, error.example(operation));
        return reference("examples", name);
    }

    private static ObjectNode reference(String kind, String name) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/%s/%s".formatted(kind, name));
    }

    private static String inPascalCase(String name) {
        return name.substring(0, 1).toUpperCase() + name.substring(1);
    }
}
