package csp.platform.webhook.api;

import static csp.testsupport.TestCustomer.unrelated;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.CustomerUser;
import csp.testsupport.OwnPartner;
import csp.testsupport.PortalPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.WebhookReceiver;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a partner registers for events, and tests its registration. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookRegistrationTest {

    private static final String PATH = "/webhooks/v1/registration";
    private static final String TESTS = PATH + "/validationEvents";

    @Inject
    AgroalDataSource database;

    private final OwnPartner partner = OwnPartner.directBill();
    private final WebhookReceiver receiver = WebhookReceiver.start();

    @BeforeEach
    void load() {
        partner.load();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void the_events_are_a_bare_array_in_the_order_of_the_alphabet() {
        var answer = partner.calls("help").get(PATH + "/events").then().statusCode(200);
        answer.contentType(equalTo("application/json"))
                .body("$", hasItems("subscription-updated", "test-created", "usagerecords-thresholdExceeded"))
                .body("$", hasItems("create-transfer", "update-transfer", "complete-transfer", "fail-transfer"))
                .body("$", hasItems("expire-transfer", "indirect-reseller-relationship-accepted-by-customer"));
        List<String> names = answer.extract().path("$");
        assertEquals(names.stream().sorted().toList(), names);
    }

    @Test
    void a_partner_registers_reads_and_replaces_its_registration() {
        var created = register(partner.calls("sales"), receiver.url(), "subscription-updated", "test-created");
        assertEquals(
                "{\"SubscriberId\":\"%s\",\"WebhookUrl\":\"%s\",\"WebhookEvents\":[\"subscription-updated\",\"test-created\"]}"
                        .formatted(partner.tenantId, receiver.url()),
                created.then().statusCode(200).extract().asString());
        assertEquals(
                "{\"WebhookUrl\":\"%s\",\"WebhookEvents\":[\"subscription-updated\",\"test-created\"]}"
                        .formatted(receiver.url()),
                read().then().statusCode(200).extract().asString());
        var changed = json(partner.calls("admin"))
                .body(Map.of(
                        "WebhookUrl",
                        receiver.url() + "?a=b",
                        "WebhookEvents",
                        List.of("test-created"),
                        "SignatureTokenToMsSignatureHeader",
                        true))
                .put(PATH);
        assertEquals(
                "{\"SubscriberId\":\"%s\",\"WebhookUrl\":\"%s?a=b\",\"WebhookEvents\":[\"test-created\"],\"SignatureTokenToMsSignatureHeader\":true}"
                        .formatted(partner.tenantId, receiver.url()),
                changed.then().statusCode(200).extract().asString());
    }

    @Test
    void properties_and_events_are_read_in_any_letter_case_and_each_event_counts_once() {
        json(partner.applicationSends())
                .body(
                        "{\"webhookurl\":\"%s\",\"WEBHOOKEVENTS\":[\"Test-Created\",\"test-created\"],\"signatureTokenToMsSignatureHeader\":null}"
                                .formatted(receiver.url()))
                .post(PATH)
                .then()
                .statusCode(200)
                .body("WebhookEvents", is(List.of("test-created")));
    }

    @Test
    void a_second_registration_is_refused_also_in_a_race_409() {
        var answers = Simultaneously.run(
                () -> register(partner.applicationSends(), receiver.url(), "test-created")
                        .statusCode(),
                () -> register(partner.applicationSends(), receiver.url() + "/2", "test-created")
                        .statusCode());
        assertEquals(List.of(200, 409), answers.stream().sorted().toList());
        register(partner.calls("admin"), receiver.url(), "test-created")
                .then()
                .statusCode(409)
                .body("code", is(800002), "description", containsString("PUT"));
    }

    @Test
    void without_a_registration_there_is_nothing_to_read_and_nothing_to_change_1000() {
        read().then().statusCode(404).body("code", is(1000));
        json(partner.calls("admin"))
                .body(Map.of("WebhookUrl", receiver.url(), "WebhookEvents", List.of("test-created")))
                .put(PATH)
                .then()
                .statusCode(404)
                .body("code", is(1000));
        read().then().statusCode(404);
    }

    @Test
    void an_unknown_event_is_refused_by_its_name_800002() {
        register(partner.calls("admin"), receiver.url(), "test-created", "no-such-event")
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString("'no-such-event'"));
        read().then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events",
                "/events",
                "ftp://localhost/x",
                "http:///x",
                "http://user@localhost/x",
                "http://user:p@localhost/x",
                "http://localhost/x#part",
                "http://localhost:0/x",
                "http://localhost:70000/x",
                "http://a b/x",
                "javascript:1",
                "http://no-such-host.invalid/x",
                "https://no-such-host.invalid/x",
                "http://_/x"
            })
    void a_url_that_leads_nowhere_is_refused_800002(String url) {
        register(partner.sendsAnythingAs("admin"), url, "test-created")
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString("WebhookUrl"));
        read().then().statusCode(404);
    }

    @Test
    void a_url_of_more_than_2048_characters_is_refused_800002() {
        register(partner.sendsAnythingAs("admin"), receiver.url() + "/" + "x".repeat(2048), "test-created")
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString("2048"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"WebhookUrl\":\"http://localhost/x\"}",
                "{\"WebhookEvents\":[\"test-created\"]}",
                "{\"WebhookUrl\":7,\"WebhookEvents\":[\"test-created\"]}",
                "{\"WebhookUrl\":\"http://localhost/x\",\"WebhookEvents\":\"test-created\"}",
                "{\"WebhookUrl\":\"http://localhost/x\",\"WebhookEvents\":[]}",
                "{\"WebhookUrl\":\"http://localhost/x\",\"WebhookEvents\":[null]}",
                "{\"WebhookUrl\":\"http://localhost/x\",\"WebhookEvents\":[\"\"]}",
                "{\"WebhookUrl\":\"http://localhost/x\",\"WebhookEvents\":[\"test-created\"],\"SignatureTokenToMsSignatureHeader\":\"perhaps\"}"
            })
    void a_body_that_says_no_registration_is_refused_800002(String body) {
        json(partner.sendsAnythingAs("admin"))
                .body(body)
                .post(PATH)
                .then()
                .statusCode(400)
                .body("code", is(800002));
        json(partner.sendsAnythingAs("admin"))
                .body(body)
                .put(PATH)
                .then()
                .statusCode(400)
                .body("code", is(800002));
    }

    @Test
    void a_user_without_a_role_and_a_customers_user_are_refused_900150_2032() {
        var customer = CustomerUser.addTo(unrelated()).load();
        var stranger = PortalPartner.directBill().load();
        try (var sql = Sql.on(database)) {
            sql.update(
                    "update user_account set roles = '{}' where user_principal_name = ?", stranger.upn("SalesAgent"));
        }
        var calls = Stream.<Function<RequestSpecification, Response>>of(
                caller -> caller.get(PATH + "/events"),
                caller -> caller.get(PATH),
                caller -> register(caller, receiver.url(), "test-created"),
                caller -> json(caller)
                        .body(Map.of("WebhookUrl", receiver.url(), "WebhookEvents", List.of("test-created")))
                        .put(PATH),
                caller -> caller.post(TESTS),
                caller -> caller.get(TESTS + "/" + UUID.randomUUID()),
                caller -> caller.get("/portal/v1/webhookDeliveries"),
                caller -> caller.post("/portal/v1/webhookDeliveries/" + UUID.randomUUID() + "/redeliver"));
        calls.forEach(call -> {
            call.apply(stranger.sendsAnythingAs("SalesAgent"))
                    .then()
                    .statusCode(403)
                    .body("code", is(900150));
            call.apply(CustomerUser.globalAdminOf(customer).calls())
                    .then()
                    .statusCode(403)
                    .body("code", is(2032));
        });
    }

    @Test
    void a_test_event_is_delivered_and_its_state_tells_so() {
        register(partner.calls("admin"), receiver.url(), "test-created");
        var correlationId = UUID.randomUUID().toString();
        var started =
                partner.calls("help").header("MS-CorrelationId", correlationId).post(TESTS);
        assertEquals(
                "{\"correlationId\":\"" + correlationId + "\"}",
                started.then().statusCode(200).extract().asString());
        assertEquals(correlationId, started.header("MS-CorrelationId"));
        var delivered = receiver.await(1).get(0).json();
        assertEquals("test-created", delivered.get("EventName").textValue());
        assertTrue(delivered.get("ResourceUri").textValue().endsWith(TESTS + "/" + correlationId));
        assertEquals("test", delivered.get("ResourceName").textValue());
        assertTrue(delivered.get("AuditUri").isNull());
        Sandbox.advanceClock("PT0S"); // has what is under way put down
        var state = partner.calls("help").get(TESTS + "/" + correlationId.toUpperCase());
        state.then()
                .statusCode(200)
                .body("partnerId", is(partner.tenantId.toString()), "status", is("completed"))
                .body("callbackUrl", is(receiver.url()), "results", org.hamcrest.Matchers.hasSize(1))
                .body("results[0].responseCode", is("OK"), "results[0].responseMessage", is(""))
                .body("results[0].systemError", is(false));
        partner.calls("help")
                .get(TESTS + "/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", is(1000));
        OwnPartner.directBill()
                .load()
                .calls("help")
                .get(TESTS + "/" + correlationId)
                .then()
                .statusCode(404);
    }

    @Test
    void the_state_of_a_test_event_that_is_refused_is_pending_with_a_result_for_each_attempt() {
        receiver.answers(500, "not today");
        register(partner.calls("admin"), receiver.url(), "test-created");
        String correlationId = partner.calls("admin")
                .post(TESTS)
                .then()
                .statusCode(200)
                .extract()
                .path("correlationId");
        receiver.await(1);
        try {
            Sandbox.advanceClock("PT30S");
            receiver.await(2);
            Sandbox.advanceClock("PT0S");
            partner.calls("admin")
                    .get(TESTS + "/" + correlationId)
                    .then()
                    .body("status", is("pending"), "results", org.hamcrest.Matchers.hasSize(2))
                    .body("results[1].responseCode", is("InternalServerError"))
                    .body("results[1].responseMessage", is("not today"));
            Sandbox.advanceClock("P7D");
            partner.calls("admin").get(TESTS + "/" + correlationId).then().statusCode(404);
        } finally {
            Sandbox.releaseClock();
        }
    }

    @Test
    void a_third_test_event_within_a_minute_is_refused_429() {
        register(partner.calls("admin"), receiver.url(), "test-created");
        partner.calls("admin").post(TESTS).then().statusCode(200);
        partner.calls("admin").post(TESTS).then().statusCode(200);
        var refused = partner.calls("admin").post(TESTS).then().statusCode(429);
        refused.body("statusCode", is(429)).header("Retry-After", Integer::parseInt, anyOf(is(59), is(60)));
        try {
            Sandbox.advanceClock("PT1M");
            partner.calls("admin").post(TESTS).then().statusCode(200);
            receiver.await(3);
        } finally {
            Sandbox.releaseClock();
        }
    }

    @Test
    void a_test_event_takes_a_registration_that_names_it_800002() {
        partner.calls("admin").post(TESTS).then().statusCode(400).body("code", is(800002));
        register(partner.calls("admin"), receiver.url(), "subscription-updated");
        partner.calls("admin").post(TESTS).then().statusCode(400).body("code", is(800002));
        assertEquals(List.of(), receiver.received());
    }

    private Response read() {
        return partner.calls("help").get(PATH);
    }

    private static Response register(RequestSpecification caller, String url, String... events) {
        return json(caller)
                .body(Map.of("WebhookUrl", url, "WebhookEvents", List.of(events)))
                .post(PATH);
    }

    private static RequestSpecification json(RequestSpecification request) {
        return request.contentType("application/json");
    }
}
