package csp.chaos;

import csp.testsupport.PublishedContract;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An operation of the published document.
 *
 * @param template its path, with names in braces
 * @param contentType of its body; null without one
 */
record Operation(
        String method,
        String template,
        List<Parameter> parameters,
        String contentType,
        MediaType body,
        OpenAPI document) {

    /** All of them, in the order of the document. */
    static List<Operation> all() {
        var options = new ParseOptions();
        options.setResolve(true);
        var parsed = new OpenAPIV3Parser().readLocation(PublishedContract.LOCATION, null, options);
        var document = parsed.getOpenAPI();
        if (document == null) {
            throw new IllegalStateException("The published document cannot be read: " + parsed.getMessages());
        }
        List<Operation> all = new ArrayList<>();
        document.getPaths()
                .forEach((template, path) -> path.readOperationsMap().forEach((method, operation) -> {
                    var content = operation.getRequestBody() == null
                            ? Map.<String, MediaType>of()
                            : resolved(document, operation.getRequestBody()).getContent();
                    var first = content.entrySet().stream().findFirst();
                    all.add(new Operation(
                            method.name(),
                            template,
                            Stream.of(path.getParameters(), operation.getParameters())
                                    .filter(list -> list != null)
                                    .flatMap(List::stream)
                                    .map(parameter -> resolved(document, parameter))
                                    .toList(),
                            first.map(Map.Entry::getKey).orElse(null),
                            first.map(Map.Entry::getValue).orElse(null),
                            document));
                }));
        return all;
    }

    private static Parameter resolved(OpenAPI document, Parameter parameter) {
        return parameter.get$ref() == null
                ? parameter
                : document.getComponents().getParameters().get(nameIn(parameter.get$ref()));
    }

    private static io.swagger.v3.oas.models.parameters.RequestBody resolved(
            OpenAPI document, io.swagger.v3.oas.models.parameters.RequestBody body) {
        return body.get$ref() == null
                ? body
                : document.getComponents().getRequestBodies().get(nameIn(body.get$ref()));
    }

    Schema<?> resolved(Schema<?> schema) {
        return schema.get$ref() == null
                ? schema
                : document.getComponents().getSchemas().get(nameIn(schema.get$ref()));
    }

    /** The bodies that the document shows. */
    List<Object> examples() {
        if (body == null || body.getExamples() == null) {
            return List.of();
        }
        return body.getExamples().values().stream()
                .map(example -> example.get$ref() == null
                        ? example
                        : document.getComponents().getExamples().get(nameIn(example.get$ref())))
                .map(example -> example.getValue())
                .filter(value -> value != null)
                .toList();
    }

    private static String nameIn(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    List<Parameter> parameters(String in) {
        return parameters.stream()
                .filter(parameter -> in.equals(parameter.getIn()))
                .toList();
    }

    /** Changes nothing. Of those that read, one makes the link that it answers. */
    boolean isSafe() {
        return (method.equals(HttpMethod.GET.name()) || method.equals(HttpMethod.HEAD.name()))
                && !template.equals("/v1/customers/relationshiprequests");
    }

    /** Changes the world for everybody, or the clock. */
    boolean isOfSandbox() {
        return template.startsWith("/sandbox/") && !template.endsWith("/token");
    }

    boolean signsIn() {
        return template.endsWith("/token") || template.equals("/generatetoken");
    }

    boolean isAboutTransfers() {
        return template.contains("/transfers");
    }

    /** The operation of this method and path, that with the fewest names in braces. */
    static Optional<Operation> at(List<Operation> all, String method, String path) {
        return all.stream()
                .filter(operation -> operation.method.equals(method) && operation.isAt(path))
                .min((a, b) -> Long.compare(a.braces(), b.braces()));
    }

    private boolean isAt(String path) {
        var own = template.split("/", -1);
        var sent = path.split("/", -1);
        if (own.length != sent.length) {
            return false;
        }
        for (var i = 0; i < own.length; i++) {
            if (own[i].contains("{") ? sent[i].isEmpty() : !own[i].equals(sent[i])) {
                return false;
            }
        }
        return true;
    }

    private long braces() {
        return template.chars().filter(character -> character == '{').count();
    }
}
