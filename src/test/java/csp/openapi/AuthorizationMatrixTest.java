package csp.openapi;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.PublishedContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the published document, tried by everybody there is, with ids of their own world and of another. Who may do
 * what, authorization.txt says, next to this class.
 */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuthorizationMatrixTest {

    private static final String TABLE = "/csp/openapi/authorization.txt";
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Set<Integer> WITHOUT_RIGHT = Set.of(401, 403);
    private static final Set<Integer> AS_IF_IT_WERE_NOT = Set.of(403, 404);
    /** In a path, these name nothing that belongs to anybody. */
    private static final Set<String> FOR_EVERYBODY =
            Set.of("tenant", "countryCode", "templateId", "domain", "name", "faultId", "entryId");
    /** What every user of a customer may do who has the link (lifecycle.md §5). */
    private static final Set<String> BY_LINK = Set.of("getCustomerInvitation", "acceptCustomerInvitation");

    private static final Set<String> USERS = Set.copyOf(AuthorizationWorld.ROLES);
    private static final List<String> CALLERS = Stream.concat(
                    Stream.of("nobody", "operator", "customerAdmin", "customerUser", "app"),
                    AuthorizationWorld.ROLES.stream())
            .toList();

    private static JsonNode document;
    private static Map<String, Row> table;

    /** A row of the table. */
    private record Row(String operation, String acting, Set<String> allowed) {}

    /** An operation of the document. */
    private record Operation(String method, String path, JsonNode definition) {

        String id() {
            return definition.path("operationId").asText();
        }

        List<String> parameters() {
            return PARAMETER
                    .matcher(path)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        }

        /** The path with a value for each of its parameters. */
        String at(Function<String, String> values) {
            return PARAMETER.matcher(path).replaceAll(found -> values.apply(found.group(1)));
        }

        /** Sends it with what it requires besides the path. A body is empty: who has the right is told what it lacks. */
        Response send(RequestSpecification request, String target) {
            for (var parameter : definition.path("parameters")) {
                var known = resolved(parameter);
                if (known.path("in").asText().equals("query")
                        && known.path("required").asBoolean()) {
                    request.queryParam(
                            known.path("name").asText(), known.path("example").asText());
                }
            }
            if (definition.at("/requestBody/content").has("application/json")) {
                request.contentType("application/json").body("{}");
            } else if (definition.has("requestBody")) {
                request.contentType("application/x-www-form-urlencoded").body("grant_type=jwt_token");
            }
            return request.request(method.toUpperCase(), target);
        }
    }

    @BeforeAll
    static void read() throws IOException {
        document = PublishedContract.read();
        table = new LinkedHashMap<>();
        try (var lines = new BufferedReader(new InputStreamReader(
                AuthorizationMatrixTest.class.getResourceAsStream(TABLE), StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> {
                        var words = line.split("\\s+");
                        var row = new Row(
                                words[0], words[1], allowed(List.of(words).subList(2, words.length)));
                        assertTrue(table.put(row.operation, row) == null, () -> row.operation + " is there twice");
                    });
        }
    }

    @Test
    void the_table_has_each_operation_of_the_document_and_no_other() {
        assertEquals(new TreeSet<>(operations().keySet()), new TreeSet<>(table.keySet()));
    }

    @ParameterizedTest
    @MethodSource("callers")
    void a_caller_may_what_the_table_says_and_nothing_else(String who) {
        var world = new AuthorizationWorld().load();
        var differences = new ArrayList<String>();
        for (var row : table.values()) {
            var operation = operations().get(row.operation);
            var target = operation.at(parameter -> world.value(row.operation, parameter));
            var status = status(operation, world.callerOf(row.acting, who), target, differences);
            var may = row.allowed.contains(who);
            if (may == WITHOUT_RIGHT.contains(status) && !isSignIn(operation)) {
                differences.add("%s %s %s but got %d".formatted(who, may ? "may" : "may not", row.operation, status));
            }
            if (who.equals("nobody") && !may && status != 401) {
                differences.add("%s: without a token 401, not %d".formatted(row.operation, status));
            }
            if (may && status == 404) {
                differences.add("%s: there was nothing to %s, this proves nothing".formatted(row.operation, who));
            }
        }
        assertEquals(List.of(), differences);
    }

    @Test
    void a_partner_that_has_nothing_to_do_with_it_gets_nothing_whatever_its_role() {
        var world = new AuthorizationWorld().load();
        var stranger = new AuthorizationWorld().load();
        var differences = new ArrayList<String>();
        for (var row : table.values()) {
            var operation = operations().get(row.operation);
            var target = operation.at(parameter -> world.value(row.operation, parameter));
            for (var who : row.allowed) {
                if (!belongsToSomebody(operation, who) || who.equals("operator")) {
                    continue;
                }
                var status = status(operation, stranger.callerOf(row.acting, who), target, differences);
                if (!AS_IF_IT_WERE_NOT.contains(status)) {
                    differences.add("%s as a stranger's %s: %d".formatted(row.operation, who, status));
                }
            }
        }
        assertEquals(List.of(), differences);
    }

    @Test
    void lists_have_nothing_of_anybody_else() {
        var world = new AuthorizationWorld().load();
        var stranger = new AuthorizationWorld().load();
        var seen = new ArrayList<String>();
        for (var row : table.values()) {
            var operation = operations().get(row.operation);
            if (operation.method.equals("get") && operation.parameters().isEmpty()) {
                row.allowed.stream()
                        .filter(who -> !who.equals("operator"))
                        .filter(who -> operation
                                .send(stranger.callerOf(row.acting, who), operation.path)
                                .asString()
                                .contains(world.secret()))
                        .forEach(who -> seen.add(row.operation + " as " + who));
            }
        }
        assertEquals(List.of(), seen);
    }

    @Test
    void no_id_in_a_path_may_be_somebody_else_s() {
        var world = new AuthorizationWorld().load();
        var other = new AuthorizationWorld().load();
        var differences = new ArrayList<String>();
        for (var row : table.values()) {
            var operation = operations().get(row.operation);
            for (var foreign : operation.parameters()) {
                if (FOR_EVERYBODY.contains(foreign) || BY_LINK.contains(row.operation) && foreign.equals("token")) {
                    continue;
                }
                var target = operation.at(
                        parameter -> (parameter.equals(foreign) ? other : world).value(row.operation, parameter));
                for (var who : row.allowed) {
                    var status = status(operation, world.callerOf(row.acting, who), target, differences);
                    if (!AS_IF_IT_WERE_NOT.contains(status)) {
                        differences.add(
                                "%s with the %s of another, as %s: %d".formatted(row.operation, foreign, who, status));
                    }
                }
            }
        }
        assertEquals(List.of(), differences);
    }

    /** An answer that is not as the document says is a difference too, and hides no other. */
    private static int status(
            Operation operation, RequestSpecification caller, String target, List<String> differences) {
        try {
            var answer = operation.send(caller, target);
            return answer.asString().equals("null") ? 404 : answer.statusCode(); // a record is there or null
        } catch (AssertionError otherThanPublished) {
            differences.add(otherThanPublished.getMessage());
            return 0;
        }
    }

    static List<String> callers() {
        return CALLERS;
    }

    /** Those have no right to be had: a secret is right or wrong. */
    private static boolean isSignIn(Operation operation) {
        return operation.path.endsWith("/token");
    }

    private static boolean belongsToSomebody(Operation operation, String who) {
        return operation.parameters().stream().anyMatch(parameter -> belongsToSomebody(operation.id(), parameter, who));
    }

    private static boolean belongsToSomebody(String operation, String parameter, String who) {
        return !FOR_EVERYBODY.contains(parameter) && !(BY_LINK.contains(operation) && who.startsWith("customer"));
    }

    private static Set<String> allowed(List<String> words) {
        return words.stream()
                .flatMap(word -> switch (word) {
                    case "anybody" -> CALLERS.stream();
                    case "partner" -> Stream.concat(Stream.of("app"), USERS.stream());
                    case "users" -> USERS.stream();
                    default -> {
                        assertTrue(CALLERS.contains(word), () -> "nobody is called " + word);
                        yield Stream.of(word);
                    }
                })
                .collect(toCollection(LinkedHashSet::new));
    }

    private static Map<String, Operation> operations() {
        var operations = new LinkedHashMap<String, Operation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    var operation = new Operation(method.getKey(), path.getKey(), method.getValue());
                    operations.put(operation.id(), operation);
                }));
        return operations;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}
