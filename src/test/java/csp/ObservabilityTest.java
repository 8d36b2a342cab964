package csp;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import csp.testsupport.DemoPartner;
import csp.testsupport.PartnerClient;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What whoever runs the service can see of it, and what nobody may see in its log. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ObservabilityTest {

    private static final Pattern LINE = Pattern.compile(
            "correlationId=[\\x21-\\x7e]{1,128} partner=\\S+ operation=\\w+ status=\\d{3} milliseconds=\\d+");

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Handler() {

        private final PatternFormatter form = new PatternFormatter("%c %s%e");

        @Override
        public void publish(LogRecord line) {
            log.add(form.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        recorder.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(recorder);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("").removeHandler(recorder);
    }

    @Test
    void the_service_says_that_it_lives_and_is_ready() {
        given().get("/q/health/live").then().statusCode(200).body("status", is("UP"));
        given().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
    }

    @Test
    void the_measurements_name_operations_statuses_and_the_states_of_transfers() {
        var customer = TestCustomer.readyToTransfer().license("E3", 5).load();
        var path = customer.transfersPath() + "/" + customer.openTransfer("E3");
        var fabrikam = PartnerClient.of(FABRIKAM, DemoPartner.serviceUnderTest());
        assertEquals("200", fabrikam.post(path + "/accept", null).outcome());
        assertEquals("400 900102", fabrikam.post(path + "/accept", null).outcome());
        awaitMetrics("csp_requests_seconds_count{operation=\"createTransfer\",status=\"201\"}");
        awaitMetrics("csp_requests_seconds_count{operation=\"acceptTransfer\",status=\"200\"}");
        awaitMetrics("csp_requests_seconds_count{operation=\"acceptTransfer\",status=\"400\"}");
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("csp_transfers{status=\"active\"}"))
                .body(containsString("csp_transfers{status=\"complete\"}"))
                .body(containsString("csp_transfers{status=\"partially_complete\"}"))
                .body(containsString("csp_transfers{status=\"rejected\"}"))
                .body(containsString("csp_transfers{status=\"withdrawn\"}"))
                .body(containsString("csp_transfer_accept_seconds_count"));
    }

    @Test
    void an_unknown_path_is_measured_without_becoming_a_label() {
        var path = "/v1/" + UUID.randomUUID();
        CONTOSO.sendsAnything().get(path).then().statusCode(404);
        awaitMetrics("csp_requests_seconds_count{operation=\"none\",status=\"404\"}");
        assertFalse(metrics().contains(path));
    }

    @Test
    void every_request_is_one_line_with_its_correlation_id_partner_operation_status_and_time() {
        var correlationId = UUID.randomUUID().toString();
        CONTOSO.calls()
                .header("MS-CorrelationId", correlationId)
                .get("/v1/customers")
                .then()
                .statusCode(200);
        var line = awaitLine("csp.requests correlationId=" + correlationId);
        assertTrue(line.contains(" partner=" + CONTOSO.tenantId + " operation=listCustomers status=200 "), line);
        assertTrue(LINE.matcher(line).find(), line);

        var refused = UUID.randomUUID().toString();
        given().header("MS-CorrelationId", refused).get("/v1/customers").then().statusCode(401);
        // Whoever has no token is refused before the operation is looked for.
        assertTrue(awaitLine("csp.requests correlationId=" + refused)
                .contains(" partner=none operation=none status=401 "));
        assertEquals(
                2,
                log.stream()
                        .filter(each -> each.contains(correlationId) || each.contains(refused))
                        .count());
    }

    @Test
    void no_token_secret_or_password_is_in_the_log_of_a_whole_flow() {
        var customer = TestCustomer.readyToTransfer().license("E3", 5).load();
        var token = signIn("client_secret", "contoso-secret", "client_credentials", 200);
        signIn("client_secret", "guessed-secret-41c7", "client_credentials", 401);
        given().formParam("grant_type", "password")
                .formParam("client_id", "e0000000-0000-4000-8000-0000000000fe")
                .formParam("username", "admin@contoso.example")
                .formParam("password", "guessed-password-41c7")
                .formParam("scope", "https://api.partnercenter.microsoft.com/.default")
                .post("/contoso.example/oauth2/v2.0/token")
                .then()
                .statusCode(400);
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(customer.transferRequest("E3"))
                .post(customer.transfersPath())
                .then()
                .statusCode(201);
        given().auth().oauth2(token + "x").get(customer.transfersPath()).then().statusCode(401);
        given().auth()
                .oauth2("forged-token-41c7")
                .get(customer.transfersPath())
                .then()
                .statusCode(401);
        given().auth()
                .preemptive()
                .basic("user", "basic-password-41c7")
                .get(customer.transfersPath())
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{")
                .post(customer.transfersPath())
                .then()
                .statusCode(400);
        var last = UUID.randomUUID().toString();
        given().header("MS-CorrelationId", last)
                .get("/v1/customers?access_token=query-token-41c7")
                .then()
                .statusCode(401);
        awaitLine(last);
        for (var secret : List.of(
                token, token.substring(token.lastIndexOf('.') + 1), "contoso-secret", "41c7", "$2a$", "Bearer ")) {
            assertEquals(
                    List.of(),
                    log.stream().filter(line -> line.contains(secret)).toList());
        }
    }

    @Test
    void a_header_cannot_forge_a_line_of_the_log() throws IOException {
        // A space and what begins like another field, an escape sequence and a newline of another alphabet.
        var forged = "x milliseconds=1 \u001b[31m\u0085correlationId=forged";
        var answer = raw("GET /v1/customers HTTP/1.1\r\nHost: localhost\r\nMS-CorrelationId: " + forged
                + "\r\nMS-RequestId: a\rb\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
        var unfolded = raw("GET /v1/customers HTTP/1.1\r\nHost: localhost\r\nMS-CorrelationId: " + forged
                + "\r\nConnection: close\r\n\r\n");
        assertTrue(unfolded.startsWith("HTTP/1.1 4"), unfolded);
        var mark = UUID.randomUUID().toString();
        given().urlEncodingEnabled(false)
                .header("MS-CorrelationId", mark)
                .get("/v1/customers%0d%0aforged")
                .then()
                .statusCode(401);
        awaitLine(mark);
        for (var line : log) {
            assertFalse(
                    line.lines().skip(1).anyMatch(text -> text.contains("forged") || text.startsWith("correlationId")),
                    line);
            assertTrue(
                    !line.startsWith("csp.requests")
                            || LINE.matcher(line.substring("csp.requests ".length()))
                                    .matches(),
                    line);
        }
    }

    private static String signIn(String parameter, String secret, String grant, int status) {
        return given().formParam("grant_type", grant)
                .formParam("client_id", CONTOSO.clientId.toString())
                .formParam(parameter, secret)
                .formParam("scope", "https://api.partnercenter.microsoft.com/.default")
                .post("/contoso.example/oauth2/v2.0/token")
                .then()
                .statusCode(status)
                .extract()
                .path("access_token");
    }

    /** The text of the first line that contains {@code text}; the line is written after the answer is sent. */
    private String awaitLine(String text) {
        await("a line with " + text, () -> log.stream().anyMatch(line -> line.contains(text)));
        return log.stream().filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    private static void awaitMetrics(String text) {
        await(text, () -> metrics().contains(text));
    }

    private static String metrics() {
        return given().get("/q/metrics").then().statusCode(200).extract().asString();
    }

    private static void await(String what, BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("Not in time: " + what);
            }
            Thread.onSpinWait();
        }
    }

    /** Sends bytes that no HTTP client would send. */
    private static String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
