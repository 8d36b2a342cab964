package csp.sandbox.journal.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.LITWARE;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.RawConnection;
import csp.testsupport.Sandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class JournalTest {

    private static final String ALPINE = "c0000000-0000-4000-8000-000000000001";
    private static final String CORRELATION = "MS-CorrelationId";

    private final String correlation = UUID.randomUUID().toString();

    @Test
    void who_has_an_answer_finds_the_request_with_what_became_of_it() {
        var requestId = UUID.randomUUID();
        CONTOSO.calls()
                .header(CORRELATION, correlation)
                .header("MS-RequestId", requestId)
                .get("/v1/customers/{customer}", ALPINE)
                .then()
                .statusCode(200);

        list("?partner=" + CONTOSO.tenantId + "&operation=getCustomer")
                .body(
                        "items[0].correlationId", is(correlation),
                        "items[0].requestId", is(requestId.toString()),
                        "items[0].partner", is(CONTOSO.tenantId.toString()),
                        "items[0].method", is("GET"),
                        "items[0].path", is("/v1/customers/" + ALPINE),
                        "items[0].operation", is("getCustomer"),
                        "items[0].status", is(200),
                        "items[0].code", nullValue(),
                        "items[0].rule", nullValue(),
                        "items[0].milliseconds", greaterThanOrEqualTo(0),
                        "items[0].request", nullValue());
    }

    @Test
    void a_refusal_names_its_code_and_the_rule_behind_it() {
        FABRIKAM.calls("help")
                .header(CORRELATION, correlation)
                .get("/v1/customers/{customer}/transfers", ALPINE)
                .then()
                .statusCode(403);

        var entry = entry();
        assertEquals(403, entry.getInt("status"));
        assertEquals(900150, entry.getInt("code"));
        assertEquals("D4", entry.getString("rule"));
        assertEquals(FABRIKAM.tenantId.toString(), entry.getString("partner"));
    }

    @Test
    void a_request_that_no_operation_matches_is_there_without_an_operation_and_with_its_partner() {
        LITWARE.sendsAnything()
                .header(CORRELATION, correlation)
                .get("/v1/no/such/thing?x=1")
                .then()
                .statusCode(404);

        var entry = entry();
        assertNull(entry.get("operation"));
        assertEquals("/v1/no/such/thing?x=1", entry.getString("path"));
        assertEquals(404, entry.getInt("status"));
        assertEquals(1000, entry.getInt("code"));
        assertEquals(LITWARE.tenantId.toString(), entry.getString("partner"));
    }

    @Test
    void a_request_without_a_valid_token_is_there_without_a_partner() {
        given().header(CORRELATION, correlation)
                .auth()
                .oauth2("nonsense")
                .get("/v1/customers")
                .then()
                .statusCode(401);

        var entry = entry();
        assertNull(entry.get("partner"));
        assertEquals(401, entry.getInt("status"));
        assertEquals(400, entry.getInt("code"));
        assertEquals("D17", entry.getString("rule"));
    }

    @Test
    void a_token_that_was_given_out_counts_as_a_request_of_its_partner_and_one_that_was_not_says_why() {
        signIn("fabrikam-secret").statusCode(200);
        var issued = entry();
        assertEquals("requestTokenV2", issued.getString("operation"));
        assertEquals(FABRIKAM.tenantId.toString(), issued.getString("partner"));

        var refused = UUID.randomUUID().toString();
        given().header(CORRELATION, refused)
                .formParams(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", FABRIKAM.clientId.toString(),
                        "client_secret", "wrong",
                        "scope", "https://api.partnercenter.microsoft.com/.default"))
                .post("/fabrikam.example/oauth2/v2.0/token")
                .then()
                .statusCode(401);
        var refusal = entryOf(refused);
        assertEquals(7000215, refusal.getInt("code"));
        assertEquals("W44", refusal.getString("rule"));
    }

    @Test
    void what_is_refused_before_any_operation_is_there_too() {
        try (var connection = new RawConnection(RestAssured.port)) {
            connection.send("GET /v1/customers/%zz HTTP/1.1\r\nHost: localhost\r\nMS-CorrelationId: " + correlation
                    + "\r\n\r\n");
            assertTrue(connection.untilClosed().startsWith("HTTP/1.1 400"));
        }

        var entry = entry();
        assertEquals("/v1/customers/%zz", entry.getString("path"));
        assertEquals(800002, entry.getInt("code"));
        assertEquals("ST1", entry.getString("rule"));
    }

    @Test
    void an_address_with_doubled_slashes_is_there_once_and_as_it_was_sent() {
        try (var connection = new RawConnection(RestAssured.port)) {
            connection.send(
                    "GET /v1//customers//%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s: %s\r\n\r\n"
                            .formatted(
                                    ALPINE,
                                    CONTOSO.appToken(DemoPartner.serviceUnderTest()),
                                    CORRELATION,
                                    correlation));
            assertTrue(connection.answer().startsWith("HTTP/1.1 200"));
        }

        list("?size=500").body("items.findAll { it.correlationId == '%s' }".formatted(correlation), hasSize(1));
        assertEquals("/v1//customers//" + ALPINE, entry().getString("path"));
    }

    @Test
    void the_whole_entry_has_headers_and_bodies_to_repeat_it_with() {
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .header(CORRELATION, correlation)
                .header("X-Locale", "de-DE")
                .body("{\"status\" : \"nonsense\"}")
                .patch("/v1/customers/{customer}/transfers/{transfer}", ALPINE, UUID.randomUUID())
                .then()
                .statusCode(404);

        var whole = whole(entry());
        whole.body(
                "request.headers.'X-Locale'", is("de-DE"),
                "request.headers.Authorization", is("Bearer ***"),
                "request.body", is("{\"status\" : \"nonsense\"}"),
                "request.bytes", is(23),
                "response.headers.'content-type'", is("application/json; charset=utf-8"),
                "response.body", containsString("\"code\":900100"),
                "response.bytes", greaterThanOrEqualTo(50),
                "rule", is("D5"));
    }

    @Test
    void no_secret_gets_into_the_journal_wherever_it_was_sent() {
        var secret = "s3cr3t-" + UUID.randomUUID().toString().replace("-", "");
        var domain = "d" + secret.substring(7, 20) + ".example";
        signIn("fabrikam-secret").statusCode(200);
        given().header(CORRELATION, correlation)
                .formParams(Map.of("grant_type", "password", "username", "x@y.example", "password", secret))
                .post("/fabrikam.example/oauth2/token");
        given().header(CORRELATION, correlation)
                .contentType("application/x-www-form-urlencoded")
                .body("grant_type=refresh_token&refresh%5Ftoken=" + secret + "&client%5Fsecret=" + secret
                        + "&assertion=" + secret + "&code=" + secret)
                .post("/fabrikam.example/oauth2/v2.0/token");
        given().header(CORRELATION, correlation)
                .header("Authorization", "Basic " + secret)
                .header("Cookie", "session=" + secret)
                .get("/v1/customers?access_token=" + secret);
        for (var body : List.of(
                "{\"PassWord\":\"%s\"}",
                "{\"userCredentials\":{\"password\":\"%s\"},\"client_secret\":[\"%1$s\"],\"client-assertion\":{\"a\":\"%1$s\"}}",
                "{\"pass\\u0077ord\":\"%s\"}",
                "{\"password\":\"%s",
                "{\"clientSecret\":\"a\\\"%s\", nonsense")) {
            CONTOSO.sendsAnything()
                    .contentType("application/json")
                    .header(CORRELATION, correlation)
                    .body(body.formatted(secret))
                    .post("/v1/customers");
        }
        var created = CONTOSO.sendsAnything()
                .contentType("application/json")
                .header(CORRELATION, correlation)
                .body(Map.of(
                        "companyProfile", Map.of("domain", domain),
                        "billingProfile",
                                Map.of(
                                        "email", "a@" + domain,
                                        "culture", "en-US",
                                        "language", "en",
                                        "companyName", "Secret",
                                        "defaultAddress",
                                                Map.of(
                                                        "country", "US",
                                                        "city", "Redmond",
                                                        "state", "WA",
                                                        "addressLine1", "1 Way",
                                                        "postalCode", "98052",
                                                        "firstName", "A",
                                                        "lastName", "B"))))
                .post("/v1/customers")
                .then()
                .statusCode(201)
                .extract();
        String password = created.path("userCredentials.password");

        var entries = list("?size=500").extract().jsonPath().getList("items.id", Long.class);
        for (var id : entries) {
            var text = Sandbox.operator().get("/sandbox/journal/{id}", id).asString();
            assertFalse(text.contains(secret), text);
            assertFalse(text.contains(password), text);
            assertFalse(text.contains("fabrikam-secret"), text);
            assertFalse(text.contains(CONTOSO.appToken(DemoPartner.serviceUnderTest())), text);
            assertFalse(text.matches("(?s).*eyJ[\\w-]+\\.eyJ.*"), text);
        }
        assertTrue(entries.size() >= 10);
    }

    @Test
    void the_list_is_newest_first_and_can_be_narrowed_down() {
        withoutOthers();
        var since = Sandbox.now();
        CONTOSO.calls()
                .header(CORRELATION, correlation)
                .get("/v1/customers")
                .then()
                .statusCode(200);
        LITWARE.sendsAnything()
                .header(CORRELATION, correlation)
                .get("/v1/customers/nonsense")
                .then()
                .statusCode(400);

        list("?since=" + since)
                .body("items.correlationId", is(List.of(correlation, correlation)))
                .body("items.status", is(List.of(400, 200)));
        list("?since=" + since + "&status=400").body("items.operation", is(List.of("getCustomer")));
        list("?since=" + since + "&status=4xx").body("items.rule", is(List.of("D6")));
        list("?since=" + since + "&status=409").body("items", hasSize(0));
        list("?since=" + since + "&operation=LISTcustomers").body("items.status", is(List.of(200)));
        list("?since=" + since + "&partner=" + LITWARE.tenantId).body("items.status", is(List.of(400)));
        list("?since=" + since + "&size=1").body("items.status", is(List.of(400)));
        list("?since=2999-01-01T00:00:00Z").body("items", hasSize(0));
        list("?partner=&operation=&status=&since=&size=").body("items.correlationId", hasItem(correlation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partner=contoso",
                "status=refused",
                "status=600",
                "since=yesterday",
                "size=0",
                "size=501",
                "size=many"
            })
    void a_question_that_cannot_be_read_is_refused_800002_naming_the_parameter(String question) {
        DemoPartner.operatorCalls()
                .get("/sandbox/journal?" + question)
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString(question.split("=")[0] + " must be"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "nonsense", "99999999999999999999"})
    void an_entry_that_is_not_there_is_404_code_1000(String id) {
        DemoPartner.operatorCalls()
                .get("/sandbox/journal/{id}", id)
                .then()
                .statusCode(404)
                .body("code", is(1000));
    }

    @Test
    void the_looks_of_the_operator_and_the_pages_are_not_recorded() {
        Sandbox.now();
        given().get("/q/health/live");

        list("?size=500").body("items.path", everyItem(not(containsString("/sandbox"))));
        list("?size=500").body("items.path", everyItem(not(containsString("/q/"))));
    }

    @Test
    void a_reset_forgets_the_journal_and_an_export_never_has_it() {
        CONTOSO.calls()
                .header(CORRELATION, correlation)
                .get("/v1/customers")
                .then()
                .statusCode(200);
        assertFalse(Sandbox.export().contains(correlation));
        Sandbox.reset();

        list("").body("items.correlationId", not(hasItem(correlation)));
    }

    @Test
    void time_is_that_of_the_service_and_order_that_of_arrival() {
        try {
            withoutOthers();
            Sandbox.advanceClock("PT1H");
            var later = Sandbox.now();
            CONTOSO.calls()
                    .header(CORRELATION, correlation)
                    .get("/v1/customers")
                    .then()
                    .statusCode(200);
            list("?since=" + later).body("items[0].correlationId", is(correlation));
            Sandbox.releaseClock();
            CONTOSO.calls().get("/v1/profiles/legalbusiness").then().statusCode(200);
            list("?partner=" + CONTOSO.tenantId)
                    .body(
                            "items[0].operation",
                            is("getLegalBusinessProfile"),
                            "items[1].correlationId",
                            is(correlation));
        } finally {
            Sandbox.releaseClock();
        }
    }

    /** What other tests did at whatever time of theirs is forgotten, and no request for a token comes in between. */
    private static void withoutOthers() {
        CONTOSO.appToken(DemoPartner.serviceUnderTest());
        LITWARE.appToken(DemoPartner.serviceUnderTest());
        Sandbox.reset();
    }

    private ValidatableResponse signIn(String secret) {
        return given().header(CORRELATION, correlation)
                .formParams(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        FABRIKAM.clientId.toString(),
                        "client_secret",
                        secret,
                        "scope",
                        "https://api.partnercenter.microsoft.com/.default"))
                .post("/fabrikam.example/oauth2/v2.0/token")
                .then();
    }

    private JsonPath entry() {
        return entryOf(correlation);
    }

    private static JsonPath entryOf(String correlation) {
        var found = list("?size=500")
                .body("items.correlationId", hasItem(correlation))
                .extract()
                .jsonPath();
        return found.setRootPath("items.find { it.correlationId == '%s' }".formatted(correlation));
    }

    private static ValidatableResponse whole(JsonPath entry) {
        return DemoPartner.operatorCalls()
                .get("/sandbox/journal/{id}", entry.getLong("id"))
                .then()
                .statusCode(200)
                .body("id", notNullValue());
    }

    private static ValidatableResponse list(String query) {
        return DemoPartner.operatorCalls()
                .get("/sandbox/journal" + query)
                .then()
                .statusCode(200);
    }
}
