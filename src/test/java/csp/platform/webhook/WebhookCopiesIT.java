package csp.platform.webhook;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.platform.database.EmbeddedDatabase;
import csp.testsupport.DemoPartner;
import csp.testsupport.PackagedService;
import csp.testsupport.PartnerClient;
import csp.testsupport.Sql;
import csp.testsupport.TestDatabase;
import csp.testsupport.WebhookReceiver;
import csp.testsupport.WebhookReceiver.Manner;
import csp.testsupport.WebhookReceiver.Received;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two copies of the packaged service notify the same partners, also of legacy transfers, each with another form of addresses. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookCopiesIT {

    private static final String REGISTRATION = "/webhooks/v1/registration";
    private static final List<String> EVENTS =
            List.of("create-transfer", "update-transfer", "complete-transfer", "subscription-updated");

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static PackagedService observing;
    private static PackagedService documented;

    private final WebhookReceiver ofContoso = WebhookReceiver.start();
    private final WebhookReceiver ofFabrikam = WebhookReceiver.start();

    @BeforeAll
    static void start() {
        server = TestDatabase.startWithSchema(directory.resolve("database"));
        observing = PackagedService.start(directory.resolve("one"), settings(Map.of()));
        documented = PackagedService.start(
                directory.resolve("another"), settings(Map.of("csp.webhooks.resource-uri", "documented")));
    }

    @AfterAll
    static void stop() {
        Stream.of(observing, documented).filter(copy -> copy != null).forEach(PackagedService::close);
        server.close();
    }

    @BeforeEach
    void register() {
        PartnerClient.operator(observing.baseUrl()).post("/sandbox/reset", null);
        for (var each : Map.of(CONTOSO, ofContoso, FABRIKAM, ofFabrikam).entrySet()) {
            var answer = PartnerClient.of(each.getKey(), observing.baseUrl())
                    .post(REGISTRATION, Map.of("WebhookUrl", each.getValue().url(), "WebhookEvents", EVENTS));
            assertEquals(200, answer.status(), answer::body);
        }
    }

    @AfterEach
    void close() {
        ofContoso.close();
        ofFabrikam.close();
    }

    @Test
    void from_each_notification_its_receiver_finds_the_transfer_and_the_record_by_both_ways() {
        for (var copy : List.of(observing, documented)) {
            var customer = customer(copy, 1);
            var before = ofContoso.received().size();
            var transfer = create(copy, customer, 0);
            accept(copy, customer, transfer);
            for (var each : Map.of(CONTOSO, ofContoso, FABRIKAM, ofFabrikam).entrySet()) {
                var told = each.getValue().await(before + 2).subList(before, before + 2);
                assertEquals(
                        List.of("create-transfer", "complete-transfer"),
                        told.stream().map(Received::event).toList());
                told.forEach(one -> requireFindable(copy, each.getKey(), one, customer, transfer));
            }
        }
    }

    private static void requireFindable(
            PackagedService copy, DemoPartner receiver, Received one, UUID customer, String transfer) {
        var caller = PartnerClient.of(receiver, copy.baseUrl());
        assertEquals("Transfer", one.json().get("ResourceName").textValue());
        var auditUri = one.json().get("AuditUri").textValue();
        var parts = auditUri.split("_");
        assertEquals(5, parts.length);
        assertTrue(parts[0].endsWith("/" + receiver.tenantId));
        assertEquals(
                List.of(customer.toString(), transfer, one.event().replace("-", "")),
                List.of(parts).subList(1, 4));
        assertTrue(auditUri.startsWith(copy.baseUrl() + "/auditactivity/v1/auditrecords/"));
        var record = caller.get(URI.create(auditUri).getPath());
        assertEquals(200, record.status(), record::body);
        assertTrue(record.json().get("resourceNewValue").textValue().contains(transfer), record::body);

        var resource = URI.create(one.json().get("ResourceUri").textValue()).getPath();
        if (copy == documented) {
            assertEquals(transfer, caller.get(resource).json().get("id").textValue());
        } else {
            assertEquals("/v1/customers/" + customer, resource);
            assertTrue(caller.get(resource + "/transfers")
                    .json()
                    .findValuesAsText("id")
                    .contains(transfer));
        }
    }

    @Test
    void the_notifications_of_a_transfer_keep_their_order_while_the_first_is_refused_and_those_of_others_do_not_wait() {
        var customer = customer(observing, 2);
        ofContoso.answers(500, "");
        var first = create(observing, customer, 0);
        ofContoso.await(1);
        ofFabrikam.await(1);
        accept(documented, customer, first);
        ofFabrikam.await(2);
        advance("PT0S");
        ofContoso.answers(200, "");
        var second = create(observing, customer, 1);
        assertEquals(List.of("create-transfer " + first, "create-transfer " + second), told(ofContoso.await(2)));
        advance("PT30S");
        assertEquals(
                List.of(
                        "create-transfer " + first,
                        "create-transfer " + second,
                        "create-transfer " + first,
                        "complete-transfer " + first),
                told(ofContoso.await(4)));
    }

    @Test
    void two_copies_share_the_notifications_and_none_is_sent_twice() {
        var customer = customer(observing, 60);
        var created = new HashSet<String>();
        for (var line = 0; line < 60; line++) {
            created.add(create(line % 2 == 0 ? observing : documented, customer, line));
        }
        var told = new ArrayList<String>();
        for (var receiver : List.of(ofContoso, ofFabrikam)) {
            receiver.await(60);
            advance("PT0S");
            told.addAll(told(receiver.received()));
        }
        assertEquals(120, told.size());
        assertEquals(created.size(), new HashSet<>(told).size());
    }

    @Test
    void what_a_killed_copy_was_sending_another_one_sends_once_the_time_of_the_first_is_over() {
        var customer = customer(observing, 1);
        var doomed = PackagedService.start(
                directory.resolve("doomed"), settings(Map.of("csp.webhooks.answer-timeout", "5s")));
        try (var sql = connect()) {
            ofContoso.behaves(Manner.HANGS);
            create(doomed, customer, 0);
            ofContoso.await(1);
            doomed.kill();
            ofContoso.answers(200, "");
            ofContoso.await(2);
            sql.await(
                    "the delivery",
                    "select count(*) from webhook_delivery where partner_id = ? and state = 'DELIVERED'",
                    1,
                    CONTOSO.tenantId);
            assertEquals(2, ofContoso.received().size());
        }
    }

    private static List<String> told(List<Received> received) {
        return received.stream()
                .map(one -> one.event() + " "
                        + one.json().get("AuditUri").textValue().split("_")[2])
                .toList();
    }

    private static void advance(String by) {
        assertEquals(
                200,
                PartnerClient.operator(documented.baseUrl())
                        .post("/sandbox/clock/advance", Map.of("by", by))
                        .status());
    }

    /** Contoso's, moved to Fabrikam, with so many licences. */
    private static UUID customer(PackagedService copy, int licences) {
        var id = UUID.randomUUID();
        var subscriptions = new ArrayList<Map<String, Object>>();
        for (var line = 0; line < licences; line++) {
            subscriptions.add(Map.of(
                    "id",
                    licence(id, line),
                    "partner",
                    CONTOSO.tenantId,
                    "product",
                    "license",
                    "offerId",
                    "OFFER-" + line));
        }
        var customer = new LinkedHashMap<String, Object>();
        customer.put("tenantId", id);
        customer.put("companyName", "Customer " + id);
        customer.put(
                "relationships",
                List.of(
                        Map.of("partner", CONTOSO.tenantId, "kind", "directReseller"),
                        Map.of(
                                "partner",
                                FABRIKAM.tenantId,
                                "kind",
                                "indirectProvider",
                                "reseller",
                                CONTOSO.tenantId)));
        customer.put("agreements", List.of(Map.of("type", "MicrosoftCustomerAgreement", "method", "direct")));
        customer.put("subscriptions", subscriptions);
        var loaded = PartnerClient.operator(copy.baseUrl())
                .post("/sandbox/scenarios", Map.of("customers", List.of(customer)));
        assertEquals(201, loaded.status(), loaded::body);
        return id;
    }

    private static UUID licence(UUID customer, int line) {
        return new UUID(customer.getMostSignificantBits(), customer.getLeastSignificantBits() ^ (line + 1));
    }

    private static String create(PackagedService copy, UUID customer, int line) {
        var created = PartnerClient.of(CONTOSO, copy.baseUrl())
                .post(
                        "/v1/customers/" + customer + "/transfers",
                        Map.of(
                                "sourcePartnerTenantId",
                                CONTOSO.tenantId,
                                "targetPartnerTenantId",
                                FABRIKAM.tenantId,
                                "lineItems",
                                List.of(Map.of("subscriptionId", licence(customer, line)))));
        assertEquals(201, created.status(), created::body);
        return created.json().get("id").textValue();
    }

    private static void accept(PackagedService copy, UUID customer, String transfer) {
        var accepted = PartnerClient.of(FABRIKAM, copy.baseUrl())
                .post("/v1/customers/" + customer + "/transfers/" + transfer + "/accept", null);
        assertEquals(200, accepted.status(), accepted::body);
    }

    private static Map<String, String> settings(Map<String, String> own) {
        var settings = new HashMap<>(Map.of(
                "csp.scenario",
                "demo",
                "csp.sandbox",
                "true",
                "csp.webhooks.legacy-transfers",
                "true",
                // So that a copy sends what it wrote itself before the others look.
                "csp.webhooks.poll-interval",
                "3s"));
        settings.putAll(own);
        return TestDatabase.settingsFor(server, settings);
    }

    private static Sql connect() {
        try {
            return new Sql(DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
