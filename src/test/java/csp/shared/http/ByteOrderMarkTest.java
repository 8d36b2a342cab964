package csp.shared.http;

import static csp.testsupport.DemoPartner.CONTOSO;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers with a byte order mark, and which have none (W1). Every other test runs without the setting. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@TestProfile(ByteOrderMarkTest.WithByteOrderMark.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ByteOrderMarkTest {

    private static final String ALPINE = "/v1/customers/c0000000-0000-4000-8000-000000000001";
    private static final String MARK = "\uFEFF";

    public static class WithByteOrderMark implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("csp.wire.byte-order-mark", "true");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ALPINE + "/subscriptions", // an object, larger than a buffer
                ALPINE + "/transfers", // a bare array
                ALPINE,
                "/v1/countryvalidationrules/DE"
            })
    void W1_every_answer_begins_with_the_mark_and_the_length_counts_it(String path) throws IOException {
        assertMarked(200, contoso().get(path));
    }

    @Test
    void W1_so_does_the_answer_of_a_change_and_its_repeat() throws IOException {
        var id = "bom-" + System.nanoTime();
        for (var i = 0; i < 2; i++) {
            assertMarked(
                    200,
                    contoso()
                            .header("MS-RequestId", id)
                            .contentType("application/json")
                            .body("{\"friendlyName\":\"Defender\"}")
                            .patch(ALPINE + "/subscriptions/50000000-0000-4000-8000-000000000010"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404,/v1/nowhere",
        "400,/v1/customers/alpine",
        "404,/v1/countryvalidationrules/UK",
        "400,/v1/customers?size=x",
        "404,//v1//nowhere"
    })
    void W1_so_do_errors(int status, String path) throws IOException {
        assertMarked(status, contoso().get(path));
    }

    @Test
    void W1_so_does_what_is_refused_before_it_is_read() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /v1/customers/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            var body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            assertTrue(body.startsWith(MARK + "{\"code\":800002,"), answer);
            assertTrue(answer.toLowerCase(ROOT).contains("content-length: " + body.getBytes(UTF_8).length), answer);
        }
    }

    @Test
    void W1_so_does_a_refusal_for_want_of_a_token_and_of_a_method() throws IOException {
        assertMarked(401, given().get(ALPINE));
        assertMarked(405, contoso().put(ALPINE + "/subscriptions"));
    }

    @Test
    void W1_audit_and_token_answers_and_what_is_not_under_v1_have_none() {
        var audit = contoso().get("/v1/auditrecords");
        assertUnmarked(200, audit);
        assertUnmarked(400, contoso().get("/v1/auditrecords?size=x"));
        assertUnmarked(200, DemoPartner.operatorCalls().get("/sandbox/clock"));
        assertUnmarked(
                200,
                given().formParams(Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                CONTOSO.clientId,
                                "client_secret",
                                "contoso-secret",
                                "scope",
                                "https://api.partnercenter.microsoft.com/.default"))
                        .post("/contoso.example/oauth2/v2.0/token"));
    }

    private static RequestSpecification contoso() {
        return given().urlEncodingEnabled(false).auth().oauth2(CONTOSO.appToken(DemoPartner.serviceUnderTest()));
    }

    private static void assertMarked(int status, Response answer) throws IOException {
        var text = new String(answer.asByteArray(), UTF_8);
        assertEquals(status, answer.statusCode(), text);
        assertTrue(text.startsWith(MARK + "{") || text.startsWith(MARK + "["), text);
        assertEquals(text.getBytes(UTF_8).length, Integer.parseInt(answer.header("Content-Length")));
        assertTrue(answer.contentType().startsWith("application/json"), answer.contentType());
        new JsonMapper().readTree(text.substring(1));
    }

    private static void assertUnmarked(int status, Response answer) {
        assertEquals(status, answer.statusCode());
        assertFalse(new String(answer.asByteArray(), UTF_8).startsWith(MARK));
    }
}
