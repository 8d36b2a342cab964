package csp.sandbox.journal;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import csp.platform.database.EmbeddedDatabase;
import csp.testsupport.DemoPartner;
import csp.testsupport.PackagedService;
import csp.testsupport.PartnerClient;
import csp.testsupport.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of the packaged service that share nothing but the database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JournalCopiesIT {

    private static final int KEPT = 30;
    private static final int REQUESTS_PER_MINUTE = 40;

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Map<String, String> settings;
    private static PackagedService one;
    private static PackagedService another;
    private static String operator;

    @BeforeAll
    static void start() {
        server = TestDatabase.startWithSchema(directory.resolve("database"));
        settings = TestDatabase.settingsFor(
                server,
                Map.of(
                        "csp.sandbox",
                        "true",
                        "csp.scenario",
                        "demo",
                        "csp.journal.entries-per-partner",
                        Integer.toString(KEPT),
                        "csp.throttling.requests-per-minute",
                        Integer.toString(REQUESTS_PER_MINUTE)));
        one = PackagedService.start(directory.resolve("one"), settings);
        another = PackagedService.start(directory.resolve("another"), settings);
        operator = DemoPartner.operatorToken(one.baseUrl());
    }

    @AfterAll
    static void stop() {
        for (var copy : new PackagedService[] {one, another}) {
            if (copy != null) {
                copy.close();
            }
        }
        server.close();
    }

    @Test
    void a_copy_has_what_it_answered_in_the_journal_at_once_what_another_answered_soon_and_a_reset_forgets_both() {
        var ofOne = UUID.randomUUID();
        var ofAnother = UUID.randomUUID();
        PartnerClient.of(DemoPartner.ADATUM, one.baseUrl()).send("GET", "/v1/customers", ofOne, null);
        PartnerClient.of(DemoPartner.ADATUM, another.baseUrl()).send("GET", "/v1/customers", ofAnother, null);

        assertTrue(requestIds(one).contains(ofOne.toString()));
        assertTrue(requestIds(another).contains(ofAnother.toString()));
        one.await("what the other one answered", () -> requestIds(one).contains(ofAnother.toString()));

        PartnerClient.of(DemoPartner.ADATUM, another.baseUrl()).get("/v1/customers");
        PartnerClient.operator(one.baseUrl()).post("/sandbox/reset", null);
        assertEquals(List.of(), requestIds(another));
        assertEquals(List.of(), requestIds(one));
    }

    @Test
    void a_client_that_does_not_wait_is_told_by_every_copy_and_the_journal_keeps_so_many_and_no_more() {
        setClock("2041-01-01T00:00:00Z"); // the minute that is counted begins anew
        var client = PartnerClient.of(DemoPartner.NORTHWIND, one.baseUrl());
        var path = "/v1/customers/c0000000-0000-4000-8000-000000000001/transfers";
        for (var i = 0; i < REQUESTS_PER_MINUTE; i++) {
            client.get("/v1/customers");
        }
        assertEquals(429, client.post(path, Map.of()).status());
        assertEquals(429, client.post(path, Map.of()).status());
        var listed = journal(one, "?size=500&partner=" + DemoPartner.NORTHWIND.tenantId);
        assertTrue(listed.size() >= KEPT && listed.size() < KEPT + KEPT / 5, () -> listed.size() + " are kept");
        assertEquals("ST6", listed.get(0).path("rule").asText());

        for (var copy : List.of(one, another)) {
            var found = PartnerClient.operator(copy.baseUrl())
                    .get("/sandbox/report?severity=error&partner=" + DemoPartner.NORTHWIND.tenantId)
                    .json()
                    .path("items");
            assertEquals(
                    List.of("ST5-retry-with-new-request-id", "ST6-retry-before-retry-after"),
                    found.findValuesAsText("rule"));
            assertTrue(found.toString().contains("that Retry-After told to wait"), found::toString);
        }
        given().auth()
                .oauth2(operator)
                .delete(one.baseUrl() + "/sandbox/clock")
                .then()
                .statusCode(204);
    }

    private static void setClock(String now) {
        given().auth()
                .oauth2(operator)
                .contentType("application/json")
                .body(Map.of("now", now))
                .put(one.baseUrl() + "/sandbox/clock")
                .then()
                .statusCode(200);
    }

    private static List<String> requestIds(PackagedService copy) {
        return journal(copy, "?partner=" + DemoPartner.ADATUM.tenantId + "&operation=listCustomers")
                .findValuesAsText("requestId");
    }

    private static JsonNode journal(PackagedService copy, String query) {
        return PartnerClient.operator(copy.baseUrl())
                .get("/sandbox/journal" + query)
                .json()
                .path("items");
    }
}
