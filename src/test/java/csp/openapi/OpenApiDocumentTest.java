package csp.openapi;

import static com.atlassian.oai.validator.report.ValidationReport.Level.IGNORE;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.SimpleValidationReportFormat;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import csp.testsupport.PublishedContract;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The published document on its own: well-formed, complete, and true to itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenApiDocumentTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete", "head", "options");

    private static JsonNode document;
    private static OpenApiInteractionValidator validator;

    /** One operation of the document. */
    private record Operation(String path, String method, JsonNode body) {

        String id() {
            return body.path("operationId").asText();
        }

        Request.Method verb() {
            return Request.Method.valueOf(method.toUpperCase());
        }

        Stream<Map.Entry<String, JsonNode>> responses() {
            return body.path("responses").properties().stream();
        }
    }

    @BeforeAll
    static void read() {
        document = PublishedContract.read();
        validator = OpenApiInteractionValidator.createForSpecificationUrl(PublishedContract.LOCATION)
                .withResolveCombinators(false)
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.request.security", IGNORE)
                        .withLevel("validation.schema.additionalProperties", IGNORE)
                        .build())
                .build();
    }

    @Test
    void the_document_is_openapi_3_0_3() {
        assertEquals("3.0.3", document.path("openapi").asText());
    }

    @Test
    void a_parser_reads_it_without_complaint() {
        var options = new ParseOptions();
        options.setResolve(true);
        var result = new OpenAPIV3Parser().readLocation(PublishedContract.LOCATION, null, options);

        assertEquals(List.of(), result.getMessages());
    }

    @Test
    void every_operation_has_its_own_operation_id() {
        var ids = operations().map(Operation::id).toList();

        assertFalse(ids.isEmpty());
        assertEquals(Set.copyOf(ids).size(), ids.size());
        ids.forEach(id -> assertTrue(id.matches("[a-z][A-Za-z0-9]+"), id));
    }

    @TestFactory
    Stream<DynamicTest> every_operation_says_what_it_does_and_shows_it() {
        return operations()
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
                    var body = operation.body();
                    assertFalse(body.path("summary").asText().isBlank(), "summary");
                    assertTrue(body.path("description").asText().contains("*Who:*"), "description says who may call");
                    assertEquals(1, body.path("tags").size(), "tags");
                    assertTrue(
                            operation
                                    .responses()
                                    .anyMatch(response -> response.getKey().startsWith("2")),
                            "a success");
                    var hasBodies = !operation.method().equals("head");
                    operation
                            .responses()
                            .forEach(response ->
                                    assertShown(response.getKey(), resolved(response.getValue()), hasBodies));
                    if (body.has("requestBody")) {
                        contentsOf(body.path("requestBody"))
                                .forEach(content -> assertFalse(
                                        content.getValue().path("examples").isEmpty(), "example of the request"));
                    }
                }));
    }

    private static void assertShown(String status, JsonNode response, boolean hasBodies) {
        assertFalse(response.path("description").asText().isBlank(), status + " has a description");
        assertTrue(response.path("headers").has("MS-RequestId"), status + " has the request id");
        assertTrue(response.path("headers").has("MS-CorrelationId"), status + " has the correlation id");
        assertEquals(hasBodies && !status.equals("204"), response.has("content"), status + " has a body");
        contentsOf(response)
                .forEach(content ->
                        assertFalse(content.getValue().path("examples").isEmpty(), status + " has an example"));
    }

    @Test
    void every_tag_of_an_operation_is_described_and_every_described_tag_is_used() {
        var described = items(document.path("tags"))
                .map(tag -> tag.path("name").asText())
                .collect(Collectors.toSet());
        var used = operations()
                .flatMap(operation -> items(operation.body().path("tags")))
                .map(JsonNode::asText)
                .collect(Collectors.toSet());

        assertEquals(described, used);
    }

    @Test
    void every_reference_leads_somewhere_and_every_component_is_referred_to() {
        var references = references(document).collect(Collectors.toCollection(TreeSet::new));
        var components = new TreeSet<String>();
        document.path("components").properties().stream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> components.add("#/components/" + kind.getKey() + "/" + name)));

        assertEquals(components, references);
    }

    @Test
    void every_object_of_an_answer_lists_all_its_keys() {
        var loose = new ArrayList<String>();
        var seen = new HashSet<String>();
        operations()
                .flatMap(Operation::responses)
                .map(response -> resolved(response.getValue()))
                .flatMap(OpenApiDocumentTest::contentsOf)
                .forEach(content -> findLoose(content.getValue().path("schema"), "an answer", seen, loose));

        assertEquals(List.of(), loose);
        assertTrue(seen.contains("#/components/schemas/TransferEntity"));
    }

    /** Collects the objects that would let an undeclared property pass. */
    private static void findLoose(JsonNode schema, String name, Set<String> seen, List<String> loose) {
        if (schema.has("$ref")) {
            var reference = schema.path("$ref").asText();
            if (seen.add(reference)) {
                findLoose(resolved(schema), reference, seen, loose);
            }
            return;
        }
        if (schema.path("type").asText().equals("object")
                && schema.path("additionalProperties").asBoolean(true)) {
            loose.add(name);
        }
        schema.path("properties").forEach(property -> findLoose(property, name, seen, loose));
        schema.path("allOf").forEach(part -> findLoose(part, name, seen, loose));
        if (schema.has("items")) {
            findLoose(schema.path("items"), name, seen, loose);
        }
    }

    @Test
    void generators_of_clients_find_nothing_that_they_stumble_over() {
        assertEquals(
                List.of(),
                document.findValues("additionalProperties").stream()
                        .filter(JsonNode::asBoolean)
                        .toList(),
                "An open object is generated as a map, and what it declares is never sent.");
        for (var combinator : List.of("oneOf", "anyOf")) {
            assertEquals(List.of(), document.findValues(combinator), combinator + " of two forms has no type.");
        }
        assertFalse(
                document.at("/components/schemas").has("Error"), "Error is a class of its own in several languages.");
        assertTrue(document.at("/info/contact").has("name"));
    }

    @TestFactory
    Stream<DynamicTest> every_example_of_a_request_is_valid() {
        return operations()
                .filter(operation -> operation.body().has("requestBody"))
                .flatMap(operation -> contentsOf(operation.body().path("requestBody"))
                        .flatMap(content -> content.getValue().path("examples").properties().stream()
                                .map(example -> DynamicTest.dynamicTest(operation.id() + " " + example.getKey(), () -> {
                                    var request = new SimpleRequest.Builder(operation.verb(), pathOf(operation))
                                            .withContentType(content.getKey())
                                            .withBody(written(
                                                    content.getKey(),
                                                    resolved(example.getValue()).path("value")));
                                    assertValid(validator.validateRequest(request.build()));
                                }))));
    }

    @TestFactory
    Stream<DynamicTest> every_example_of_an_answer_is_valid() {
        return operations()
                .flatMap(operation -> operation.responses().flatMap(response -> {
                    var answer = resolved(response.getValue());
                    return contentsOf(answer)
                            .flatMap(content -> content.getValue().path("examples").properties().stream()
                                    .map(example -> DynamicTest.dynamicTest(
                                            operation.id() + " " + response.getKey() + " " + example.getKey(), () -> {
                                                var sent = new SimpleResponse.Builder(
                                                                Integer.parseInt(response.getKey()))
                                                        .withContentType(content.getKey())
                                                        .withBody(written(
                                                                content.getKey(),
                                                                resolved(example.getValue())
                                                                        .path("value")));
                                                answer.path("headers")
                                                        .properties()
                                                        .forEach(header -> sent.withHeader(
                                                                header.getKey(),
                                                                resolved(header.getValue())
                                                                        .path("example")
                                                                        .asText()));
                                                assertValid(validator.validateResponse(
                                                        pathOf(operation), operation.verb(), sent.build()));
                                            })));
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_example_of_a_parameter_is_valid() {
        return operations()
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
                    var request = new SimpleRequest.Builder(operation.verb(), pathOf(operation));
                    items(operation.body().path("parameters"))
                            .map(OpenApiDocumentTest::resolved)
                            .forEach(parameter -> {
                                var name = parameter.path("name").asText();
                                var example = parameter.path("example").asText();
                                assertAll(
                                        () -> assertFalse(
                                                parameter
                                                        .path("description")
                                                        .asText()
                                                        .isBlank(),
                                                name + " has a description"),
                                        () -> assertTrue(
                                                parameter.has("example")
                                                        || !parameter
                                                                .path("required")
                                                                .asBoolean(),
                                                name + " has an example"));
                                if (parameter.has("example")
                                        && parameter.path("in").asText().equals("query")) {
                                    request.withQueryParam(name, example);
                                } else if (parameter.has("example")
                                        && parameter.path("in").asText().equals("header")) {
                                    request.withHeader(name, example);
                                }
                            });
                    var report = ValidationReport.from(validator.validateRequest(request.build()).getMessages().stream()
                            .filter(message -> !message.getKey().startsWith("validation.request.body"))
                            .toList());
                    assertValid(report);
                }));
    }

    private static void assertValid(ValidationReport report) {
        assertFalse(
                report.hasErrors(),
                () -> SimpleValidationReportFormat.getInstance().apply(report));
    }

    private static String written(String mediaType, JsonNode value) {
        if (mediaType.equals("application/json")) {
            return value.toString();
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        return value.properties().stream()
                .map(field -> field.getKey() + "="
                        + URLEncoder.encode(field.getValue().asText(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String pathOf(Operation operation) {
        var path = operation.path();
        for (var parameter : (Iterable<JsonNode>)
                items(operation.body().path("parameters")).map(OpenApiDocumentTest::resolved)::iterator) {
            path = path.replace(
                    "{" + parameter.path("name").asText() + "}",
                    parameter.path("example").asText());
        }
        return path;
    }

    private static Stream<Operation> operations() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .map(method -> new Operation(path.getKey(), method.getKey(), method.getValue())));
    }

    private static Stream<Map.Entry<String, JsonNode>> contentsOf(JsonNode bodyOrResponse) {
        return bodyOrResponse.path("content").properties().stream();
    }

    private static Stream<JsonNode> items(JsonNode array) {
        var items = new ArrayList<JsonNode>();
        array.forEach(items::add);
        return items.stream();
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Stream<String> references(JsonNode node) {
        if (node.isObject() && node.path("$ref").isTextual()) {
            return Stream.of(node.path("$ref").asText());
        }
        return items(node).flatMap(OpenApiDocumentTest::references);
    }
}
