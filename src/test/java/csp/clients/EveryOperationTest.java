package csp.clients;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import csp.clients.Wire.Answer;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.PublishedContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What no library says in the same way as another makes no difference, on any published operation of the mirrored API
 * (storefront.md ST1-ST4, ST9): the answer has the status and the code of the plain request.
 */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryOperationTest {

    private static final Set<String> WITH_BODY = Set.of("post", "put", "patch");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static JsonNode document;

    private final ClientWorld world = new ClientWorld();
    private Wire wire;
    private String token;

    /** A published operation, and its path with ids that exist where there are some. */
    private record Operation(String method, String path, JsonNode definition) {

        boolean hasBody() {
            return WITH_BODY.contains(method) && definition.has("requestBody");
        }

        @Override
        public String toString() {
            return definition.path("operationId").asText();
        }
    }

    @BeforeAll
    static void read() {
        document = PublishedContract.read();
    }

    @BeforeEach
    void sign_in() {
        world.load();
        wire = Wire.open();
        token = SignIn.asUser(wire, world);
    }

    @AfterEach
    void hang_up() {
        wire.close();
    }

    @Test
    void answers_have_ids_of_their_own_when_the_request_has_none_ST3() {
        for (var operation : operations()) {
            var answer = send(operation, operation.path, "", operation.hasBody() ? "{}" : "");
            assertTrue(
                    isGuid(answer.header("MS-RequestId")) && isGuid(answer.header("MS-CorrelationId")),
                    operation::toString);
            if (answer.bytes().length > 0) {
                answer.json();
            }
        }
    }

    @Test
    void doubled_slashes_make_no_difference_ST4() {
        assertSame(
                operations(),
                operation -> operation.path,
                operation -> operation.path.replaceFirst("^/v1/", "/v1//").replaceFirst("/(\\w+)$", "//$1"));
    }

    @Test
    void a_slash_at_the_end_makes_no_difference() {
        assertSame(operations(), operation -> operation.path, operation -> operation.path + "/");
    }

    @Test
    void empty_query_values_count_as_absent_ST9() {
        var optional = operations().stream()
                .filter(operation -> !optionalQuery(operation).isEmpty())
                .toList();
        assertTrue(optional.size() > 5, "hardly any operation has an optional parameter: this test proves nothing");
        assertSame(
                optional,
                operation -> operation.path,
                operation -> operation.path
                        + optionalQuery(operation).stream()
                                .map(name -> name + "=")
                                .collect(joining("&", "?", "")));
    }

    @Test
    void a_byte_order_mark_null_and_unknown_properties_and_the_content_type_make_no_difference_ST1_ST2() {
        var differences = new ArrayList<String>();
        for (var operation : operations()) {
            if (operation.hasBody()) {
                var plain = outcome(send(operation, operation.path, "Content-Type: application/json\n", "{}"));
                Stream.of(
                                outcome(send(
                                        operation,
                                        operation.path,
                                        "Content-Type: application/json; charset=utf-8\n",
                                        "\uFEFF{}")),
                                outcome(send(
                                        operation,
                                        operation.path,
                                        "Content-Type: application/json; charset=UTF-8\n",
                                        "{\"Attributes\":null,\"NobodyKnows\":{\"This\":[1]}}")),
                                outcome(send(operation, operation.path, "", "{}")))
                        .filter(other -> !other.equals(plain))
                        .forEach(other -> differences.add("%s: %s, not %s".formatted(operation, other, plain)));
            }
        }
        assertEquals(List.of(), differences);
    }

    private interface Target {
        String of(Operation operation);
    }

    private void assertSame(List<Operation> operations, Target plain, Target other) {
        var differences = new ArrayList<String>();
        for (var operation : operations) {
            var body = operation.hasBody() ? "{}" : "";
            var expected = outcome(send(operation, plain.of(operation), "", body));
            var actual = outcome(send(operation, other.of(operation), "", body));
            if (!expected.equals(actual)) {
                differences.add("%s: %s, not %s".formatted(operation, actual, expected));
            }
        }
        assertEquals(List.of(), differences);
    }

    private Answer send(Operation operation, String target, String headers, String body) {
        return wire.send("""
                %s %s HTTP/1.1
                Host: api.partnercenter.microsoft.com
                Authorization: Bearer %s
                %s%s
                %s""".formatted(
                        operation.method.toUpperCase(),
                        target,
                        token,
                        headers,
                        WITH_BODY.contains(operation.method) ? "Content-Length: {length}\n" : "",
                        body));
    }

    private static String outcome(Answer answer) {
        return answer.status() < 400 || answer.bytes().length == 0
                ? Integer.toString(answer.status())
                : answer.status() + " " + answer.json().path("code");
    }

    /** All but deletions, which make a difference by themselves. */
    private List<Operation> operations() {
        var operations = document.path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/v1/"))
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(method -> WITH_BODY.contains(method.getKey())
                                || method.getKey().equals("get"))
                        .map(method -> new Operation(method.getKey(), withIds(path.getKey()), method.getValue())))
                .toList();
        assertTrue(operations.size() > 20, "the document has hardly any operation: this test proves nothing");
        return operations;
    }

    private String withIds(String path) {
        var known = Map.of("customerId", world.customer, "subscriptionId", world.licence, "orderId", world.order);
        return PLACEHOLDER
                .matcher(path)
                .replaceAll(name -> known.getOrDefault(
                                name.group(1), UUID.fromString("0a0a0a0a-0000-4000-8000-00000000dead"))
                        .toString());
    }

    private static List<String> optionalQuery(Operation operation) {
        return StreamSupport.stream(operation.definition.path("parameters").spliterator(), false)
                .map(parameter -> parameter.has("$ref")
                        ? document.at(parameter.path("$ref").asText().substring(1))
                        : parameter)
                .filter(parameter -> parameter.path("in").asText().equals("query")
                        && !parameter.path("required").asBoolean())
                .map(parameter -> parameter.path("name").asText())
                .toList();
    }

    private static boolean isGuid(String text) {
        return text != null && text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }
}
