package csp.openapi;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * Makes the published document of its source: adds to every operation what is {@code implied}, and writes its
 * {@code errors} out as responses.
 */
final class ContractAssembler {

    private static final List<String> SECTIONS =
            List.of("openapi", "info", "servers", "security", "tags", "paths", "components");
    private static final List<String> COMPONENTS =
            List.of("securitySchemes", "parameters", "headers", "responses", "examples", "schemas");

    private final ObjectNode source;
    private final ListedErrors listed;
    private final ErrorResponses errorResponses;

    private ContractAssembler(ObjectNode source) {
        this.source = source;
        listed = new ListedErrors(source.path("errors"), source.path("groups"));
        errorResponses = new ErrorResponses(listed);
    }

    /**
     * @param source as {@link ContractSource} reads it; is used up
     * @throws IllegalStateException when the source contradicts itself
     */
    static ObjectNode assemble(ObjectNode source) {
        return new ContractAssembler(source).document();
    }

    private ObjectNode document() {
        source.path("paths")
                .properties()
                .forEach(path -> path.getValue().forEach(operation -> complete(path.getKey(), (ObjectNode) operation)));
        if (!listed.unused().isEmpty()) {
            throw new IllegalStateException("No operation lists " + listed.unused());
        }
        var components = source.withObject("/components");
        errorResponses.components().forEach((kind, generated) -> {
            var ofKind = components.withObject("/" + kind);
            generated.forEach((name, component) -> {
                if (ofKind.has(name)) {
                    throw new IllegalStateException("%s is in %s and in errors".formatted(name, kind));
                }
                ofKind.set(name, component);
            });
        });
        components.path("responses").forEach(this::addImpliedHeaders);
        source.set("components", inOrder(components, COMPONENTS));
        return inOrder(source, SECTIONS);
    }

    private void complete(String path, ObjectNode operation) {
        var id = operation.path("operationId").asText();
        var without = textsOf(operation.remove("without"));
        var errors = operation.path("errors");
        operation.remove("errors");
        var requestBody = operation.remove("requestBody");
        var parameters = operation.withArray("parameters");
        var written = operation.remove("responses");
        var responses = new TreeMap<String, JsonNode>(errorResponses.of(id, errors, written));
        written.properties().forEach(response -> {
            if (responses.putIfAbsent(response.getKey(), response.getValue()) != null && !isNote(response.getValue())) {
                throw new IllegalStateException(
                        "%s has %s under responses and errors".formatted(id, response.getKey()));
            }
        });
        for (var implied : source.at("/implied/operations")) {
            if (isOf(implied, path, requestBody)) {
                implied.path("parameters").forEach(parameter -> {
                    if (!without.contains(nameOf(parameter))) {
                        parameters.add(parameter);
                    }
                });
                var more = new TreeMap<String, JsonNode>(
                        errorResponses.of(id, implied.path("errors"), MissingNode.getInstance()));
                implied.path("responses")
                        .properties()
                        .forEach(response -> more.put(response.getKey(), response.getValue()));
                more.keySet().removeAll(without);
                more.forEach(responses::putIfAbsent);
            }
        }
        responses.values().forEach(this::addImpliedHeaders);
        if (parameters.isEmpty()) {
            operation.remove("parameters");
        }
        if (requestBody != null) {
            operation.set("requestBody", requestBody);
        }
        operation.set("responses", JsonNodeFactory.instance.objectNode().setAll(responses));
    }

    /** Whether it is what the operation itself says before the table of a status. */
    private static boolean isNote(JsonNode response) {
        return response.size() == 1 && response.has("description");
    }

    private static boolean isOf(JsonNode implied, String path, JsonNode requestBody) {
        var wantedBody = implied.path("requestBody");
        return path.matches(implied.path("paths").asText(".*"))
                && (wantedBody.isMissingNode()
                        || requestBody != null && requestBody.path("content").has(wantedBody.asText()));
    }

    private void addImpliedHeaders(JsonNode answer) {
        if (answer instanceof ObjectNode response && !response.has("$ref")) {
            var headers = (ObjectNode) source.at("/implied/headers").deepCopy();
            response.path("headers").properties().forEach(own -> headers.set(own.getKey(), own.getValue()));
            var content = response.remove("content");
            response.set("headers", headers);
            if (content != null) {
                response.set("content", content);
            }
        }
    }

    private static ObjectNode inOrder(JsonNode node, List<String> keys) {
        var ordered = JsonNodeFactory.instance.objectNode();
        keys.stream().filter(node::has).forEach(key -> ordered.set(key, node.get(key)));
        return ordered;
    }

    private static String nameOf(JsonNode reference) {
        var target = reference.path("$ref").asText();
        return target.substring(target.lastIndexOf('/') + 1);
    }

    private static Set<String> textsOf(JsonNode array) {
        return array == null
                ? Set.of()
                : StreamSupport.stream(array.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(toSet());
    }
}
