package csp.transfer.newcommerce;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static csp.testsupport.NewCommerceWorld.acceptance;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.DemoPartner;
import csp.testsupport.PartnerClient;
import csp.testsupport.PartnerClient.Answer;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import csp.testsupport.TwoCopies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Two at once, of which one wins (D9, D21 to D23), at two copies of the packaged service, which share nothing but the database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NewCommerceRaceIT {

    private static final int ROUNDS = 10;
    private static final int ROUNDS_OF_A_MONTH = 6;
    private static final Set<String> LATE = Set.of("409 900104", "400 900102");
    private static final Duration TO_COMPLETE = Duration.ofHours(1);

    private static TwoCopies copies;

    private PartnerClient source;
    private PartnerClient target;
    private PartnerClient operator;
    private Sql database;

    @BeforeAll
    static void start() {
        copies = TwoCopies.start(Map.of(
                "csp.scenario",
                "demo",
                "csp.sandbox",
                "true",
                "csp.transfer.completion-delay",
                TO_COMPLETE.toString(),
                // What a killed copy had begun is soon for the other one.
                "csp.jobs.heartbeat",
                "1s"));
        var secondProvider =
                Map.of("partnerships", List.of(Map.of("provider", NORTHWIND.tenantId, "reseller", CONTOSO.tenantId)));
        assertEquals(
                201,
                PartnerClient.operator(copies.steady())
                        .post("/sandbox/scenarios", secondProvider)
                        .status());
    }

    @AfterAll
    static void stop() {
        if (copies != null) {
            copies.close();
        }
    }

    @BeforeEach
    void connect() {
        source = PartnerClient.of(CONTOSO, copies.steady());
        target = PartnerClient.of(FABRIKAM, copies.mortal());
        operator = PartnerClient.operator(copies.mortal());
        database = copies.connect();
    }

    @AfterEach
    void disconnect() {
        database.close();
    }

    @Test
    void of_a_cancellation_at_one_copy_and_an_acceptance_at_the_other_one_counts() {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var path = ask(FABRIKAM, customer);
            var body = acceptance(customer, name(round));
            var byDelete = round % 2 == 0;
            var answers = Simultaneously.run(
                    () -> byDelete ? target.delete(path) : target.patch(path, Map.of("status", "Cancel")),
                    () -> source.patch(path, body));
            requireOneWinner(answers, LATE);
            var accepted = answers.get(1).succeeded();
            requireStatus(accepted ? "InProgress" : "Cancel", path);
            requireHolds(accepted ? 1 : 0, path);
            requireRecords(List.of("createtransfer", "updatetransfer"), path);
        }
    }

    @Test
    void of_two_acceptances_at_two_copies_one_counts() {
        var customer = customer();
        var elsewhere = PartnerClient.of(CONTOSO, copies.mortal());
        var paths = new ArrayList<String>();
        for (var round = 0; round < ROUNDS; round++) {
            var path = ask(FABRIKAM, customer);
            var body = acceptance(customer, name(round));
            requireOneWinner(
                    Simultaneously.run(() -> source.patch(path, body), () -> elsewhere.patch(path, body)), LATE);
            requireHolds(1, path);
            requireRecords(List.of("createtransfer", "updatetransfer"), path);
            paths.add(path);
        }
        advance(TO_COMPLETE);
        for (var round = 0; round < ROUNDS; round++) {
            requireMovedOnce(customer, round, paths.get(round));
        }
    }

    @Test
    void of_two_targets_that_ask_for_one_subscription_one_gets_it_and_the_other_may_still_be_answered() {
        var customer = customer();
        var elsewhere = PartnerClient.of(CONTOSO, copies.mortal());
        for (var round = 0; round < ROUNDS; round++) {
            var one = ask(FABRIKAM, customer);
            var other = ask(NORTHWIND, customer);
            var body = acceptance(customer, name(round));
            var answers = Simultaneously.run(() -> source.patch(one, body), () -> elsewhere.patch(other, body));
            requireOneWinner(answers, Set.of("409 900101", "409 900104"));
            var first = answers.get(0).succeeded();
            requireStatus("InProgress", first ? one : other);
            requireStatus("Pending", first ? other : one);
            requireHolds(1, first ? one : other);
            requireHolds(0, first ? other : one);
        }
    }

    @Test
    void of_an_acceptance_and_the_deadline_one_counts() {
        var customer = customer();
        for (var round = 0; round < ROUNDS_OF_A_MONTH; round++) {
            var path = ask(FABRIKAM, customer);
            var deadline =
                    Instant.parse(source.get(path).json().path("expirationTime").asText());
            var body = acceptance(customer, name(round));
            put(deadline.minusSeconds(30));
            requireStatus("Pending", path);
            var answers = Simultaneously.run(
                    () -> source.patch(path, body),
                    () -> operator.post("/sandbox/clock/advance", Map.of("by", "PT30S")));
            assertEquals("200", answers.get(1).outcome());
            var accepted = answers.get(0).succeeded();
            assertTrue(accepted || LATE.contains(answers.get(0).outcome()), () -> "Answers " + answers);
            requireStatus(accepted ? "InProgress" : "Expired", path);
            requireHolds(accepted ? 1 : 0, path);
            var end = accepted ? "updatetransfer" : "expiretransfer";
            database.await(
                    "the record of " + end,
                    "select count(*) from audit_record where resource_id = ? and event = ?",
                    1,
                    idOf(path),
                    end);
            requireRecords(List.of("createtransfer", end), path);
        }
    }

    @Test
    void what_a_killed_copy_was_completing_the_other_one_completes_once() {
        var customer = customer();
        var path = ask(FABRIKAM, customer);
        assertEquals("200", source.patch(path, acceptance(customer, name(0))).outcome());
        killWhileCompleting(customer.subscription(name(0)));
        database.await(
                "the completion by the other copy",
                "select count(*) from transfer where id = ?::uuid and status = 'COMPLETE'",
                1,
                idOf(path));
        requireMovedOnce(customer, 0, path);
    }

    /** The completion stops at the subscription, which is ours for the moment, and the copy dies there. */
    private void killWhileCompleting(UUID subscription) {
        copies.freezeSteady();
        try (var obstacle = copies.connect()) {
            obstacle.hold().column("select id from subscription where id = ? for update", subscription);
            var mortal = PartnerClient.operator(copies.mortal());
            var advancing = Simultaneously.inBackground(
                    () -> mortal.post("/sandbox/clock/advance", Map.of("by", TO_COMPLETE.toString())));
            database.awaitWaiting(1);
            assertEquals(
                    List.of(TwoCopies.MORTAL),
                    database.column(
                            "select application_name from pg_stat_activity where wait_event_type = 'Lock' and state = 'active'"));
            copies.killProcess();
            assertThrows(CompletionException.class, advancing::join);
        } finally {
            copies.thawSteady();
        }
        copies.comeBack();
    }

    private void requireMovedOnce(TestCustomer customer, int round, String path) {
        var moved = customer.subscription(name(round));
        requireStatus("Complete", path);
        requireHolds(0, path);
        requireRecords(List.of("createtransfer", "updatetransfer", "completetransfer"), path);
        assertEquals(1, database.number("select count(*) from subscription where moved_from = ?", moved));
        assertEquals(1, database.number("select count(*) from customer_order where transfer_id = ?::uuid", idOf(path)));
    }

    private static void requireOneWinner(List<Answer> answers, Set<String> late) {
        var losers = answers.stream().filter(answer -> !answer.succeeded()).toList();
        assertEquals(1, losers.size(), () -> "Answers " + answers);
        assertTrue(late.contains(losers.get(0).outcome()), () -> "Answers " + answers);
    }

    /** At both copies. */
    private static void requireStatus(String status, String path) {
        for (var copy : List.of(copies.steady(), copies.mortal())) {
            var seen = PartnerClient.of(CONTOSO, copy).get(path);
            assertEquals(status, seen.json().path("status").asText(), seen::body);
        }
    }

    private void requireHolds(int subscriptions, String path) {
        assertEquals(
                subscriptions,
                database.number("select count(*) from transfer_claim where transfer_id = ?::uuid", idOf(path)));
    }

    private void requireRecords(List<String> events, String path) {
        assertEquals(
                events,
                database.column("select event from audit_record where resource_id = ? order by id", idOf(path)));
    }

    private void advance(Duration by) {
        assertEquals(
                "200",
                operator.post("/sandbox/clock/advance", Map.of("by", by.toString()))
                        .outcome());
    }

    private void put(Instant now) {
        assertEquals(
                "200",
                operator.send("PUT", "/sandbox/clock", UUID.randomUUID(), Map.of("now", now.toString()))
                        .outcome());
    }

    private static String ask(DemoPartner target, TestCustomer customer) {
        var created = PartnerClient.of(target, copies.steady()).post(customer.transfersPath(), request());
        assertEquals(201, created.status(), created.body());
        return customer.transfersPath() + "/" + created.json().path("id").asText();
    }

    private static String idOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static TestCustomer customer() {
        var names = IntStream.range(0, ROUNDS).mapToObj(NewCommerceRaceIT::name).toArray(String[]::new);
        var customer = customerWith(names).throughProvider(NORTHWIND, CONTOSO);
        assertEquals(
                201,
                PartnerClient.operator(copies.steady())
                        .post("/sandbox/scenarios", customer.document())
                        .status());
        return customer;
    }

    private static String name(int round) {
        return "licence " + round;
    }
}
