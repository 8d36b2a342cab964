package csp.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import csp.shared.error.ErrorBody;
import csp.shared.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One error that an operation lists: a row of its table and an example, status, code and sentence from the catalogue.
 *
 * @param name of the example; in camelCase that of the constant in the catalogue, unless the source says {@code error}
 * @param when what makes the service answer so
 * @param summary of the example, empty for one that says {@code when}
 * @param arguments the values of the placeholders in the example
 * @param shared whether the example is as defined for all who list its name
 */
record ListedError(
        String name, ErrorCode error, String when, Optional<String> summary, List<String> arguments, boolean shared) {

    private static final JsonMapper JSON = new JsonMapper();
    /** In an argument: the name of the operation that lists the error. */
    private static final String OPERATION = "{operation}";

    /** Defined under {@code errors}, for all who list its name. */
    static ListedError shared(String name, JsonNode definition) {
        return of(name, definition, true);
    }

    /** Defined where it is listed. */
    static ListedError own(String name, JsonNode definition) {
        return of(name, definition, false);
    }

    private static ListedError of(String name, JsonNode definition, boolean shared) {
        return new ListedError(
                name,
                ErrorCode.valueOf(definition.path("error").asText(constantOf(name))),
                definition.required("when").asText(),
                Optional.ofNullable(definition.get("summary")).map(JsonNode::asText),
                StreamSupport.stream(definition.path("arguments").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                shared);
    }

    /** For an operation that answers so in another case. */
    ListedError in(String otherCase) {
        return new ListedError(name, error, otherCase, summary, arguments, shared && summary.isPresent());
    }

    int status() {
        return error.status;
    }

    String row() {
        return "| %d | %s |\n".formatted(error.code, when);
    }

    boolean namesItsOperation() {
        return arguments.stream().anyMatch(argument -> argument.contains(OPERATION));
    }

    ObjectNode example(String operation) {
        var example = JSON.createObjectNode();
        example.put("summary", summary.orElse(when.substring(0, 1).toUpperCase() + when.substring(1)));
        return example.set(
                "value",
                JSON.valueToTree(new ErrorBody(
                        error,
                        arguments.stream()
                                .map(argument -> argument.replace(OPERATION, operation))
                                .toArray())));
    }

    private static String constantOf(String name) {
        return name.replaceAll("[A-Z]", "_$0").toUpperCase();
    }
}
