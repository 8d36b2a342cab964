package csp.openapi;

import static csp.testsupport.TestCustomer.unrelated;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import csp.testsupport.CustomerUser;
import csp.testsupport.OwnPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.PublishedContract;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent to whichever operation, by whomever: the answer is one that the document knows, and no failure of ours. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class NonsenseTest {

    private static final int REQUESTS = 600;
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "x",
            "\u0000",
            "é".repeat(300),
            "-1",
            "7",
            "1e400",
            "null",
            "*",
            "true",
            "2026-01-01",
            "9999-12-31T23:59:59Z",
            "{link}",
            "a@b.example",
            "{\"Field\":7}",
            "00000000-0000-0000-0000-000000000000");

    private static JsonNode document;

    /** One operation of the document. */
    private record Operation(String path, String method, JsonNode definition) {}

    @BeforeAll
    static void read() {
        document = PublishedContract.read();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void no_request_makes_the_service_fail(long seed) {
        var random = new Random(seed);
        var provider = OwnPartner.provider().load();
        var partner = OwnPartner.inTransition().partneredWith(provider.tenantId).load();
        var customer = customerOf(partner);
        var callers = List.<Supplier<RequestSpecification>>of(
                () -> partner.sendsAnythingAs("admin"),
                () -> provider.sendsAnythingAs("admin"),
                partner::applicationSends,
                () -> CustomerUser.globalAdminOf(customer).calls());
        var ids = List.of(
                partner.tenantId, provider.tenantId, customer.id, customer.subscription("e3"), UUID.randomUUID());
        var operations = operations();
        var succeeded = 0;
        for (var n = 0; n < REQUESTS; n++) {
            var operation = operations.get(random.nextInt(operations.size()));
            var request = callers.get(random.nextInt(callers.size())).get();
            var status = send(operation, request, new Nonsense(random, ids));
            assertTrue(status < 500, () -> operation.method + " " + operation.path);
            succeeded += status < 300 ? 1 : 0;
        }
        assertTrue(
                succeeded > REQUESTS / 50,
                succeeded + " succeeded: hardly anything was understood, this test proves little");
    }

    private static TestCustomer customerOf(OwnPartner partner) {
        return CustomerUser.addTo(unrelated()
                        .agreedItself()
                        .related(Map.of("partner", partner.tenantId, "kind", "directReseller", "delegatedAdmin", true)))
                .subscription("e3", Map.of("partner", partner.tenantId))
                .load();
    }

    private static int send(Operation operation, RequestSpecification request, Nonsense nonsense) {
        for (var parameter : operation.definition.path("parameters")) {
            var known = resolved(parameter);
            var name = known.path("name").asText();
            switch (known.path("in").asText()) {
                case "path" -> request.pathParam(name, nonsense.segment());
                case "query" ->
                    nonsense.sometimes(() -> request.queryParam(name, nonsense.text(known.path("example"))));
                default -> { // headers are for RequestEnvelope's own tests
                }
            }
        }
        var examples = operation.definition.at("/requestBody/content/application~1json/examples");
        if (!examples.isMissingNode()) {
            var all = StreamSupport.stream(examples.spliterator(), false)
                    .map(NonsenseTest::resolved)
                    .toList();
            request.contentType("application/json")
                    .body(nonsense.like(nonsense.oneOf(all).path("value")).toString());
        }
        return request.request(operation.method.toUpperCase(), operation.path).statusCode();
    }

    /** All of the mirrored API and the portal. */
    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.path("paths").properties().stream()
                .filter(path ->
                        path.getKey().startsWith("/v1/") || path.getKey().startsWith("/portal/"))
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                operations.add(new Operation(path.getKey(), method.getKey(), method.getValue()))));
        assertTrue(operations.size() > 50, "the document has hardly any operation: this test proves nothing");
        return operations;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** Makes what is almost right, from time to time. */
    private record Nonsense(Random random, List<UUID> ids) {

        private <T> T oneOf(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private void sometimes(Runnable action) {
            if (random.nextBoolean()) {
                action.run();
            }
        }

        private String segment() {
            var text = random.nextInt(4) > 0 ? oneOf(ids).toString() : oneOf(TEXTS);
            return text.isBlank() || text.contains("{")
                    ? "nothing"
                    : text; // braces are placeholders to the HTTP client
        }

        private String text(JsonNode example) {
            return random.nextBoolean() && !example.isMissingNode()
                    ? example.asText()
                    : random.nextBoolean() ? oneOf(ids).toString() : oneOf(TEXTS);
        }

        /** The same document with other values, without some fields, and with names in another case. */
        private JsonNode like(JsonNode example) {
            if (random.nextInt(12) == 0) {
                return value();
            }
            if (example.isObject()) {
                var fields = new HashMap<String, JsonNode>();
                example.properties().forEach(field -> {
                    if (random.nextInt(12) > 0) {
                        var name = field.getKey();
                        fields.put(
                                random.nextBoolean()
                                        ? name
                                        : name.substring(0, 1).toUpperCase() + name.substring(1),
                                like(field.getValue()));
                    }
                });
                return new ObjectNode(JsonNodeFactory.instance, fields);
            }
            if (example.isArray()) {
                var items = JsonNodeFactory.instance.arrayNode();
                example.forEach(item -> items.add(like(item)));
                return items;
            }
            return isGuid(example)
                    ? JsonNodeFactory.instance.textNode(oneOf(ids).toString())
                    : example;
        }

        private JsonNode value() {
            var json = JsonNodeFactory.instance;
            return switch (random.nextInt(6)) {
                case 0 -> json.nullNode();
                case 1 -> json.numberNode(random.nextLong());
                case 2 -> json.arrayNode().add(json.objectNode());
                case 3 -> json.objectNode();
                case 4 -> json.booleanNode(true);
                default -> json.textNode(oneOf(TEXTS));
            };
        }

        private static boolean isGuid(JsonNode value) {
            return value.isTextual() && value.textValue().matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
        }
    }
}
