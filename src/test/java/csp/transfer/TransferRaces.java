package csp.transfer;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PartnerClient;
import csp.testsupport.PartnerClient.Answer;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Two requests at once, of which one wins (D9). Run against one copy of the service and against two. */
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class TransferRaces {

    private static final int ROUNDS = 30;
    private static final Set<String> LATE = Set.of("409 900104", "400 900102");
    private static final Set<String> LATE_FOR_A_WITHDRAWN_ONE = Set.of("409 900104", "404 900100");

    private PartnerClient source;
    private PartnerClient sourceElsewhere;
    private PartnerClient target;
    private PartnerClient targetElsewhere;
    Sql database;

    /** Where one half of the requests goes. */
    abstract String oneCopy();

    /** Where the other half goes. */
    abstract String anotherCopy();

    abstract Sql connect();

    @BeforeEach
    void connectBoth() {
        source = PartnerClient.of(CONTOSO, oneCopy());
        sourceElsewhere = PartnerClient.of(CONTOSO, anotherCopy());
        target = PartnerClient.of(FABRIKAM, oneCopy());
        targetElsewhere = PartnerClient.of(FABRIKAM, anotherCopy());
        database = connect();
    }

    @AfterEach
    void disconnect() {
        database.close();
    }

    @Test
    void of_two_acceptances_one_moves_the_subscriptions() {
        race(path -> accept(target, path), path -> accept(targetElsewhere, path));
    }

    @Test
    void of_an_acceptance_and_a_rejection_one_counts() {
        race(path -> accept(target, path), path -> reject(targetElsewhere, path));
    }

    @Test
    void of_an_acceptance_and_a_withdrawal_one_counts() {
        race(path -> accept(target, path), path -> sourceElsewhere.delete(path));
    }

    @Test
    void of_a_rejection_and_a_withdrawal_one_counts() {
        race(path -> reject(target, path), path -> sourceElsewhere.delete(path));
    }

    @Test
    void of_two_transfers_of_one_subscription_one_is_created_and_the_other_refused_with_900101() {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var body = customer.transferRequest(line(round));
            var answers = Simultaneously.run(
                    () -> source.post(customer.transfersPath(), body),
                    () -> sourceElsewhere.post(customer.transfersPath(), body));
            var winner = winnerOf(answers);
            assertTrue(
                    Set.of("409 900101", "409 900104").contains(loserOf(answers).outcome()),
                    () -> "Answers " + answers);
            assertEquals(
                    List.of(winner.json().path("id").asText()),
                    database.column(
                            "select distinct transfer_id from transfer_claim where subscription_id = any (?)",
                            (Object) members(customer, round)));
        }
        assertEquals(
                ROUNDS, database.number("select count(*) from transfer where customer_tenant_id = ?", customer.id));
    }

    @Test
    void a_transfer_created_while_another_of_the_subscription_is_accepted_holds_nothing_that_has_moved() {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var open = open(customer, round);
            var body = customer.transferRequest(line(round));
            var answers = Simultaneously.run(
                    () -> accept(target, open), () -> sourceElsewhere.post(customer.transfersPath(), body));
            assertTrue(
                    Set.of("409 900101", "409 900104", "400 800078")
                            .contains(answers.get(1).outcome()),
                    () -> "Answers " + answers);
        }
        assertEquals(
                0,
                database.number(
                        "select count(*) from transfer_claim join subscription on id = subscription_id"
                                + " where customer_id = ?",
                        customer.id));
    }

    @Test
    void an_add_on_bought_while_its_base_gets_into_a_transfer_is_part_of_it_or_refused() {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var line = round;
            var body = customer.transferRequest(line(round));
            var answers = Simultaneously.run(
                    () -> source.post(customer.transfersPath(), body), () -> buyAddon(sourceElsewhere, customer, line));
            assertTrue(
                    Set.of("201", "409 900104").contains(answers.get(0).outcome())
                            && Set.of("201", "409 900278")
                                    .contains(answers.get(1).outcome()),
                    () -> "Answers " + answers);
        }
        assertEquals(0, database.number("""
                select count(*) from transfer_claim base join subscription addon
                on addon.parent_subscription_id = base.subscription_id and addon.customer_id = ?
                where not exists (select from transfer_claim where subscription_id = addon.id)""", customer.id));
    }

    @Test
    void one_request_sent_twice_at_once_has_one_effect_and_one_answer() {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var requestId = UUID.randomUUID();
            var body = customer.transferRequest(line(round));
            var created = Simultaneously.run(
                    () -> source.send("POST", customer.transfersPath(), requestId, body),
                    () -> sourceElsewhere.send("POST", customer.transfersPath(), requestId, body));
            assertEquals(201, created.get(0).status(), created.get(0).body());
            assertEquals(created.get(0), created.get(1));
            var accept = customer.transfersPath() + "/"
                    + created.get(0).json().path("id").asText() + "/accept";
            var accepted = Simultaneously.run(
                    () -> target.send("POST", accept, requestId, null),
                    () -> targetElsewhere.send("POST", accept, requestId, null));
            assertEquals(200, accepted.get(0).status(), accepted.get(0).body());
            assertEquals(accepted.get(0), accepted.get(1));
        }
        assertEquals(
                ROUNDS, database.number("select count(*) from transfer where customer_tenant_id = ?", customer.id));
        assertEquals(
                ROUNDS,
                database.number(
                        "select count(*) from customer_order where transfer_id is not null and customer_id = ?",
                        customer.id));
    }

    private interface Move {
        Answer on(String transferPath);
    }

    private void race(Move one, Move another) {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var path = open(customer, round);
            var answers = Simultaneously.run(() -> one.on(path), () -> another.on(path));
            var allowed = winnerOf(answers).status() == 204 ? LATE_FOR_A_WITHDRAWN_ONE : LATE;
            assertTrue(allowed.contains(loserOf(answers).outcome()), () -> "Answers " + answers);
            var moved = winnerOf(answers).body().contains("TransferSubmitResult") ? 1 : 0;
            assertMoved(moved, customer, round);
        }
    }

    /** @param times 1 when the base and its add-on moved, 0 when they stayed */
    void assertMoved(int times, TestCustomer customer, int round) {
        Object members = members(customer, round);
        assertEquals(
                2 * times, database.number("select count(*) from subscription where moved_from = any (?)", members));
        assertEquals(
                2 * times,
                database.number("select count(*) from subscription where moved_away and id = any (?)", members));
        assertEquals(times, database.number("""
                select count(*) from customer_order join subscription on subscription.order_id = customer_order.id
                where moved_from = ?""", customer.subscription(line(round))));
        assertEquals(
                0, database.number("select count(*) from transfer_claim where subscription_id = any (?)", members));
    }

    TestCustomer customer() {
        var customer = TestCustomer.readyToTransfer();
        for (var round = 0; round < ROUNDS; round++) {
            customer.license(line(round), 7).addon(line(round) + " add-on", line(round), 3);
        }
        assertEquals(
                201,
                PartnerClient.operator(oneCopy())
                        .post("/sandbox/scenarios", customer.document())
                        .status());
        return customer;
    }

    /** The path of a new transfer of the subscription of this round. */
    String open(TestCustomer customer, int round) {
        var created = source.post(customer.transfersPath(), customer.transferRequest(line(round)));
        assertEquals(201, created.status(), created.body());
        return customer.transfersPath() + "/" + created.json().path("id").asText();
    }

    static String line(int round) {
        return "licence " + round;
    }

    static UUID[] members(TestCustomer customer, int round) {
        return new UUID[] {customer.subscription(line(round)), customer.subscription(line(round) + " add-on")};
    }

    static Answer accept(PartnerClient partner, String path) {
        return partner.post(path + "/accept", null);
    }

    static Answer buyAddon(PartnerClient partner, TestCustomer customer, int round) {
        return partner.post(
                customer.path() + "/orders",
                Map.of(
                        "lineItems",
                        List.of(Map.of(
                                "offerId",
                                "5C1A7D62-8B3E-4F0A-9D27-6E4B1C80F3A1",
                                "quantity",
                                1,
                                "parentSubscriptionId",
                                customer.subscription(line(round))))));
    }

    private static Answer reject(PartnerClient partner, String path) {
        return partner.patch(path, Map.of("status", "reject"));
    }

    private static Answer winnerOf(List<Answer> answers) {
        var winners = answers.stream().filter(Answer::succeeded).toList();
        assertEquals(1, winners.size(), () -> "Answers " + answers);
        return winners.get(0);
    }

    private static Answer loserOf(List<Answer> answers) {
        return answers.stream()
                .filter(answer -> !answer.succeeded())
                .findFirst()
                .orElseThrow();
    }
}
