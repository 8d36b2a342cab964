package csp.platform.webhook.api;

import static csp.testsupport.TestCustomer.unrelated;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.CustomerUser;
import csp.testsupport.DemoPartner;
import csp.testsupport.OwnPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import csp.testsupport.WebhookReceiver;
import csp.testsupport.WebhookReceiver.Manner;
import csp.testsupport.WebhookReceiver.Received;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a notification, whatever the receiver does, and how the partner sees it. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookDeliveryTest {

    private static final String DELIVERIES = "/portal/v1/webhookDeliveries";

    @Inject
    AgroalDataSource database;

    private final OwnPartner partner = OwnPartner.directBill();
    private final WebhookReceiver receiver = WebhookReceiver.start();
    private TestCustomer customer;

    @BeforeEach
    void load() {
        partner.with("webhook", webhook(receiver, "subscription-updated", "test-created"))
                .load();
        customer = customerOf(partner);
    }

    @AfterEach
    void close() {
        Sandbox.releaseClock();
        receiver.close();
    }

    @Test
    void a_change_of_a_subscription_is_told_in_the_recorded_form_with_the_address_of_its_audit_record() {
        change(partner, customer, 6);
        var body = new String(receiver.await(1).get(0).body());
        var form = "\\{\"EventName\":\"subscription-updated\","
                + "\"ResourceUri\":\"http://[^_\"]+/webhooks/v1/customers/" + customer.id + "/subscriptions/"
                + customer.subscription("e3") + "\",\"ResourceName\":\"subscription\","
                + "\"AuditUri\":\"http://[^_\"]+/auditactivity/v1/auditrecords/" + partner.tenantId + "_" + customer.id
                + "_"
                + customer.subscription("e3") + "_subscriptionupdated_\\d{18}\","
                + "\"ResourceChangeUtcDate\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,6}[1-9])?\\+00:00\"}";
        assertTrue(body.matches(form), body);
        var audit = URI.create(receiver.received().get(0).json().get("AuditUri").textValue())
                .getPath();
        partner.calls("help")
                .get("/auditactivity/v1/auditrecords/{id}", audit.substring(audit.lastIndexOf('/') + 1))
                .then()
                .statusCode(200)
                .body("operationType", is("update_subscription"), "customerId", is(customer.id.toString()));
        assertEquals(
                "null",
                DemoPartner.CONTOSO
                        .calls()
                        .get("/auditactivity/v1/auditrecords/{id}", audit.substring(audit.lastIndexOf('/') + 1))
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    @Test
    void a_change_that_is_refused_is_told_to_nobody() {
        partner.sendsAnythingAs("admin")
                .contentType("application/json")
                .body(Map.of("quantity", -1))
                .patch(customer.path() + "/subscriptions/" + customer.subscription("e3"))
                .then()
                .statusCode(400);
        deliveries("").body("totalCount", is(0));
    }

    @Test
    void a_receiver_verifies_the_signature_as_the_vendor_says() throws Exception {
        change(partner, customer, 6);
        var received = receiver.await(1).get(0);
        SignatureVerifier.verify(received, "Authorization", DemoPartner.serviceUnderTest());
        assertNull(received.headers().get("x-ms-signature"));
        assertEquals("application/json", received.headers().get("Content-Type"));
        partner.calls("admin")
                .contentType("application/json")
                .body(Map.of(
                        "WebhookUrl",
                        receiver.url(),
                        "WebhookEvents",
                        List.of("subscription-updated"),
                        "SignatureTokenToMsSignatureHeader",
                        true))
                .put("/webhooks/v1/registration")
                .then()
                .statusCode(200);
        change(partner, customer, 7);
        var other = receiver.await(2).get(1);
        SignatureVerifier.verify(other, "x-ms-signature", DemoPartner.serviceUnderTest());
        assertNull(other.headers().get("Authorization"));
    }

    @Test
    void a_certificate_that_is_none_is_not_found_1000() {
        for (var name : List.of("x", "da39a3ee5e6b4b0d3255bfef95601890afd80709")) {
            partner.sendsAnythingAs("admin")
                    .get("/webhooks/v1/certificates/" + name + ".cer")
                    .then()
                    .statusCode(404)
                    .body("code", is(1000));
        }
    }

    @Test
    void a_notification_is_attempted_ten_times_with_the_same_bytes_then_parked_and_sent_again_by_hand_D25() {
        receiver.answers(409, "not incoming");
        change(partner, customer, 6);
        receiver.await(1);
        Sandbox.advanceClock("PT0S");
        var attempts = 1;
        for (var pause : List.of("PT30S", "PT1M", "PT2M", "PT5M", "PT10M", "PT30M", "PT1H", "PT6H", "P1D")) {
            deliveries("")
                    .body("items[0].state", is("waiting"), "items[0].attempts", hasSize(attempts))
                    .body("items[0].nextAttempt", notNullValue());
            Sandbox.advanceClock(pause);
            attempts++;
            assertEquals(attempts, receiver.received().size());
        }
        Sandbox.advanceClock("P30D");
        assertEquals(10, receiver.received().size());
        for (var again : receiver.received()) {
            assertArrayEquals(receiver.received().get(0).body(), again.body());
            assertEquals(
                    receiver.received().get(0).headers().get("Authorization"),
                    again.headers().get("Authorization"));
        }
        var id = deliveries("")
                .body(
                        "items[0].state",
                        is("parked"),
                        "items[0].attempts",
                        hasSize(10),
                        "items[0].nextAttempt",
                        nullValue())
                .body("items[0].attempts[9].status", is(409), "items[0].attempts[9].answer", is("not incoming"))
                .body(
                        "refusals",
                        is(List.of(Map.of("eventName", "subscription-updated", "attempts", 10, "notDelivered", 10))))
                .extract()
                .<String>path("items[0].id");
        receiver.answers(202, "");
        redeliver(id).statusCode(202).body("id", is(id), "state", is("waiting"));
        receiver.await(11);
        Sandbox.advanceClock("PT0S");
        deliveries("").body("items[0].state", is("delivered"), "items[0].attempts", hasSize(11));
        redeliver(id).statusCode(202);
        assertArrayEquals(
                receiver.received().get(0).body(), receiver.await(12).get(11).body());
    }

    @Test
    void a_parked_one_that_fails_again_is_parked_again() {
        receiver.answers(500, "");
        change(partner, customer, 6);
        receiver.await(1);
        Sandbox.advanceClock("PT0S");
        try (var sql = Sql.on(database)) {
            sql.update(
                    "update webhook_delivery set state = 'PARKED', due = null, tries = 10 where partner_id = ?",
                    partner.tenantId);
        }
        redeliver(deliveries("").extract().path("items[0].id")).statusCode(202);
        receiver.await(2);
        Sandbox.advanceClock("PT0S");
        deliveries("").body("items[0].state", is("parked"), "items[0].attempts", hasSize(2));
    }

    @Test
    void what_was_delivered_is_forgotten_after_thirty_days_and_what_is_parked_is_not() {
        change(partner, customer, 6);
        change(partner, customer, 7);
        change(partner, customer, 8);
        receiver.await(3);
        Sandbox.advanceClock("PT0S");
        var newestFirst = deliveries("").extract().<List<String>>path("items.id");
        try (var sql = Sql.on(database)) {
            sql.update("update webhook_delivery set state = 'PARKED' where id = ?::uuid", newestFirst.get(1));
        }
        Sandbox.advanceClock("P29D");
        redeliver(newestFirst.get(0)).statusCode(202);
        receiver.await(4);
        Sandbox.advanceClock("P1D");
        change(partner, customer, 9);
        receiver.await(5);
        Sandbox.advanceClock("PT0S");
        deliveries("")
                .body("totalCount", is(3), "items.state", is(List.of("delivered", "delivered", "parked")))
                .body("items[1].id", is(newestFirst.get(0)), "items[2].id", is(newestFirst.get(1)));
        deliveries("").body("refusals[0].attempts", is(4));
    }

    @Test
    void nobody_sends_the_notification_of_another_partner_again_1000() {
        change(partner, customer, 6);
        receiver.await(1);
        String id = deliveries("").extract().path("items[0].id");
        var stranger = OwnPartner.directBill().load();
        for (var unknown : List.of(id, UUID.randomUUID().toString(), "x")) {
            stranger.calls("admin")
                    .post(DELIVERIES + "/" + unknown + "/redeliver")
                    .then()
                    .statusCode(404)
                    .body("code", is(1000));
        }
        stranger.calls("admin").get(DELIVERIES).then().body("totalCount", is(0));
    }

    @Test
    void what_a_receiver_says_is_shown_by_its_beginning_and_a_redirect_is_not_followed() {
        try (var elsewhere = WebhookReceiver.start()) {
            receiver.redirectsTo(elsewhere.url());
            change(partner, customer, 6);
            receiver.await(1);
            Sandbox.advanceClock("PT0S");
            receiver.answers(500, "x".repeat(5000));
            Sandbox.advanceClock("PT30S");
            deliveries("")
                    .body("items[0].attempts[0].status", is(302), "items[0].attempts[1].status", is(500))
                    .body("items[0].attempts[1].answer", is("x".repeat(256)));
            assertEquals(0, elsewhere.connections());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Manner.class,
            names = {"HANGS", "CLOSES", "GOES_ON_FOR_EVER"})
    void a_receiver_that_misbehaves_delays_nobody_else(Manner manner) {
        receiver.behaves(manner);
        try (var other = WebhookReceiver.start()) {
            var neighbour = OwnPartner.directBill()
                    .with("webhook", webhook(other, "subscription-updated"))
                    .load();
            var customerOfNeighbour = customerOf(neighbour);
            for (var quantity = 6; quantity < 26; quantity++) {
                change(partner, customer, quantity);
            }
            receiver.await(1);
            change(neighbour, customerOfNeighbour, 6);
            other.await(1);
        }
        receiver.close();
    }

    @Test
    void an_answer_without_end_counts_by_its_status() {
        receiver.behaves(Manner.GOES_ON_FOR_EVER);
        change(partner, customer, 6);
        receiver.await(1);
        Sandbox.advanceClock("PT0S");
        deliveries("").body("items[0].state", is("delivered"), "items[0].attempts[0].status", is(200));
    }

    @Test
    void a_healthy_receiver_keeps_its_connections() {
        for (var quantity = 6; quantity < 36; quantity++) {
            change(partner, customer, quantity);
        }
        receiver.await(30);
        assertTrue(receiver.connections() <= 8, () -> receiver.connections() + " connections");
    }

    @Test
    void attempts_are_counted_and_no_measurement_names_a_receiver() {
        change(partner, customer, 6);
        receiver.await(1);
        Sandbox.advanceClock("PT0S");
        var metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertTrue(metrics.contains("csp_webhooks_attempts_total{outcome=\"delivered\"}"), metrics);
        assertFalse(metrics.contains(URI.create(receiver.url()).getAuthority()), metrics);
        assertFalse(metrics.contains(":" + URI.create(receiver.url()).getPort()), metrics);
    }

    @Test
    void the_list_goes_from_the_newest_to_the_oldest_page_by_page_and_by_event_and_state() {
        for (var quantity = 6; quantity < 11; quantity++) {
            change(partner, customer, quantity);
        }
        receiver.await(5);
        Sandbox.advanceClock("PT0S");
        receiver.answers(500, "");
        partner.calls("admin")
                .post("/webhooks/v1/registration/validationEvents")
                .then()
                .statusCode(200);
        receiver.await(6);
        Sandbox.advanceClock("PT0S");
        var all = deliveries("")
                .body("totalCount", is(6), "items[0].eventName", is("test-created"))
                .extract()
                .<List<String>>path("items.id");
        var seen = new ArrayList<String>();
        var page = deliveries("?size=4").extract();
        seen.addAll(page.path("items.id"));
        var next = partner.calls("help")
                .header("MS-ContinuationToken", page.<String>path("continuationToken"))
                .get(DELIVERIES + "?seekOperation=Next")
                .then()
                .statusCode(200)
                .extract();
        seen.addAll(next.path("items.id"));
        assertEquals(all, seen);
        deliveries("?event=test-created").body("totalCount", is(1), "items[0].state", is("waiting"));
        deliveries("?state=delivered").body("totalCount", is(5));
        deliveries("?state=Parked&event=").body("totalCount", is(0));
        deliveries("")
                .body("refusals.size()", is(2), "refusals[0].notDelivered", is(0), "refusals[1].notDelivered", is(1));
        for (var query : List.of("?state=lost", "?event=lost")) {
            partner.calls("help").get(DELIVERIES + query).then().statusCode(400).body("code", is(900126));
        }
        partner.sendsAnythingAs("help")
                .get(DELIVERIES + "?size=x")
                .then()
                .statusCode(400)
                .body("code", is(800002));
        partner.sendsAnythingAs("help")
                .header("MS-ContinuationToken", page.<String>path("continuationToken"))
                .get(DELIVERIES + "?seekOperation=Next&state=parked")
                .then()
                .statusCode(400)
                .body("code", is(800002));
    }

    @Test
    void a_customer_that_accepts_its_partners_and_removes_one_raises_the_events_of_relationships() {
        var provider = OwnPartner.provider();
        var reseller = OwnPartner.reseller();
        try (var ofProvider = WebhookReceiver.start();
                var ofReseller = WebhookReceiver.start()) {
            var events = new String[] {
                "reseller-relationship-accepted-by-customer",
                "indirect-reseller-relationship-accepted-by-customer",
                "dap-admin-relationship-approved",
                "dap-admin-relationship-terminated"
            };
            provider.with("webhook", webhook(ofProvider, events)).load();
            reseller.with("webhook", webhook(ofReseller, events))
                    .partneredWith(provider.tenantId)
                    .load();
            var newcomer = CustomerUser.addTo(unrelated()).load();
            var owner = CustomerUser.globalAdminOf(newcomer);
            invite(reseller, owner, Map.of("kind", "indirectReseller", "indirectProviderId", provider.tenantId));
            for (var each : Map.of(ofProvider, provider, ofReseller, reseller).entrySet()) {
                var told = each.getKey().await(2);
                var accepted = told.stream()
                        .filter(one -> one.event().equals(events[1]))
                        .findFirst()
                        .orElseThrow()
                        .json();
                assertEquals("Customer", accepted.get("ResourceName").textValue());
                assertTrue(accepted.get("ResourceUri").textValue().endsWith("/v1/customers/" + newcomer.id));
                var audit = accepted.get("AuditUri").textValue();
                assertTrue(audit.matches(".*/" + each.getValue().tenantId + "_" + newcomer.id
                        + "_indirectresellerrelationshipacceptedbycustomer_\\d{18}"));
                each.getValue()
                        .calls("admin")
                        .get(URI.create(audit).getPath())
                        .then()
                        .statusCode(200)
                        .body("customerId", is(newcomer.id.toString()));
                var delegated = told.stream()
                        .filter(one -> one.event().equals(events[2]))
                        .findFirst()
                        .orElseThrow()
                        .json();
                assertEquals("PartnerCustomerDap", delegated.get("ResourceName").textValue());
                assertTrue(delegated.get("ResourceUri").isNull()
                        && delegated.get("AuditUri").isNull());
            }
            owner.calls()
                    .delete("/portal/v1/customers/" + newcomer.id + "/partnerRelationships/" + provider.tenantId)
                    .then()
                    .statusCode(204);
            assertEquals(events[3], ofProvider.await(3).get(2).event());
        }
    }

    @Test
    void a_direct_invitation_raises_its_own_event() {
        partner.calls("admin")
                .contentType("application/json")
                .body(Map.of(
                        "WebhookUrl",
                        receiver.url(),
                        "WebhookEvents",
                        List.of("reseller-relationship-accepted-by-customer")))
                .put("/webhooks/v1/registration")
                .then()
                .statusCode(200);
        var newcomer = CustomerUser.addTo(unrelated()).load();
        invite(partner, CustomerUser.globalAdminOf(newcomer), Map.of("kind", "reseller"));
        assertEquals(
                "reseller-relationship-accepted-by-customer",
                receiver.await(1).get(0).event());
    }

    @Test
    void a_registration_of_the_document_and_what_waits_round_trips_to_the_same_text_and_a_reset_clears_it() {
        receiver.answers(500, "");
        change(partner, customer, 6);
        receiver.await(1);
        Sandbox.advanceClock("PT0S");
        var waiting = new LinkedHashMap<String, Object>();
        waiting.put("id", UUID.randomUUID());
        waiting.put("eventName", "create-transfer");
        waiting.put("transferId", UUID.randomUUID());
        waiting.put("body", "{\"EventName\":\"create-transfer\"}");
        waiting.put("createdTime", "2026-01-01T00:00:00Z");
        var behind = new LinkedHashMap<String, Object>(waiting);
        behind.put("id", UUID.randomUUID());
        behind.put("body", "{\"EventName\":\"update-transfer\"}");
        behind.put("eventName", "update-transfer");
        behind.put("createdTime", "2026-01-01T00:00:01Z");
        try (var other = WebhookReceiver.start()) {
            var loaded = OwnPartner.directBill()
                    .with("webhook", webhook(other, "create-transfer"))
                    .with("notifications", List.of(behind, waiting))
                    .load();
            assertEquals(
                    List.of("create-transfer", "update-transfer"),
                    other.await(2).stream().map(Received::event).toList());
            loaded.calls("admin").get(DELIVERIES + "?state=parked").then().body("totalCount", is(0));
        }
        receiver.close();
        Sandbox.advanceClock("PT0S");
        var world = Sandbox.export();
        assertTrue(world.contains("\"webhook\":{\"url\":\"" + receiver.url()), () -> world);
        assertNotNull(deliveries("").extract().path("items[0].id"));
        Sandbox.reset();
        assertTrue(!Sandbox.export().contains(receiver.url()));
        Sandbox.operator()
                .contentType("application/json")
                .body(world)
                .post("/sandbox/scenarios")
                .then()
                .statusCode(201);
        assertEquals(world, Sandbox.export());
        Sandbox.reset();
    }

    private void invite(OwnPartner inviter, CustomerUser owner, Map<String, Object> invitation) {
        String token = inviter.calls("admin")
                .contentType("application/json")
                .body(invitation)
                .post("/portal/v1/customerInvitations")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        owner.calls()
                .post("/portal/v1/customerInvitations/" + token + "/accept")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse deliveries(String query) {
        return partner.calls("help").get(DELIVERIES + query).then().statusCode(200);
    }

    private ValidatableResponse redeliver(String id) {
        return partner.calls("help").post(DELIVERIES + "/" + id + "/redeliver").then();
    }

    private static void change(OwnPartner partner, TestCustomer customer, int quantity) {
        partner.sendsAnythingAs("admin")
                .contentType("application/json")
                .body(Map.of("quantity", quantity))
                .patch(customer.path() + "/subscriptions/" + customer.subscription("e3"))
                .then()
                .statusCode(200);
    }

    private static TestCustomer customerOf(OwnPartner partner) {
        return unrelated()
                .related(Map.of("partner", partner.tenantId, "kind", "directReseller"))
                .agreedItself()
                .subscription("e3", Map.of("partner", partner.tenantId, "quantity", 5))
                .load();
    }

    private static Map<String, Object> webhook(WebhookReceiver receiver, String... events) {
        return Map.of("url", receiver.url(), "events", List.of(events));
    }
}
