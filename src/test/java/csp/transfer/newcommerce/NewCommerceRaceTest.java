package csp.transfer.newcommerce;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.NewCommerceWorld.acceptance;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.DemoPartner;
import csp.testsupport.PartnerClient;
import csp.testsupport.PartnerClient.Answer;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Two at once, of which one wins (D9, D23). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class NewCommerceRaceTest {

    private static final int ROUNDS = 10;
    private static final Set<String> LATE = Set.of("409 900104", "400 900102");

    @Inject
    AgroalDataSource dataSource;

    @Inject
    NewCommerceCompletion completion;

    private PartnerClient source;
    private PartnerClient target;
    private Sql database;

    @BeforeEach
    void connect() {
        source = PartnerClient.of(CONTOSO, DemoPartner.serviceUnderTest());
        target = PartnerClient.of(FABRIKAM, DemoPartner.serviceUnderTest());
        database = Sql.on(dataSource);
    }

    @AfterEach
    void disconnect() {
        database.close();
    }

    @Test
    void of_a_cancellation_and_an_acceptance_one_counts() {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var path = ask(customer);
            var body = acceptance(customer, name(round));
            oneWins(Simultaneously.run(
                    () -> target.patch(path, Map.of("status", "Cancel")), () -> source.patch(path, body)));
            assertOneWasRecorded(path);
        }
    }

    @Test
    void of_two_acceptances_one_counts_and_what_it_names_moves_once() {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var path = ask(customer);
            var body = acceptance(customer, name(round));
            oneWins(Simultaneously.run(() -> source.patch(path, body), () -> source.patch(path, body)));
            var moved = customer.subscription(name(round));
            database.await("the move", "select count(*) from subscription where moved_from = ?", 1, moved);
            assertOneWasRecorded(path);
        }
    }

    @Test
    void of_two_requests_for_one_subscription_one_gets_it_and_the_other_is_refused() {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var one = ask(customer);
            var other = ask(customer);
            var body = acceptance(customer, name(round));
            var answers = Simultaneously.run(() -> source.patch(one, body), () -> source.patch(other, body));
            assertEquals(1, answers.stream().filter(Answer::succeeded).count(), () -> "Answers " + answers);
            // The first may have moved it already.
            assertTrue(
                    Set.of("409 900101", "409 900104", "400 800078")
                            .contains(loserOf(answers).outcome()),
                    () -> "Answers " + answers);
            var moved = customer.subscription(name(round));
            database.await("the move", "select count(*) from subscription where moved_from = ?", 1, moved);
        }
    }

    @Test
    void of_an_expiry_and_an_acceptance_one_counts() {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var path = ask(customer);
            var id = idOf(path);
            var body = acceptance(customer, name(round));
            database.update(
                    "update transfer set expiration_time = now() + interval '20 milliseconds' where id = ?::uuid", id);
            database.update("update scheduled_job set execution_time = now() where task_instance = ?", id);
            var accepted = source.patch(path, body);
            if (!accepted.succeeded()) {
                assertTrue(LATE.contains(accepted.outcome()), accepted::body);
                database.await(
                        "the expiry", "select count(*) from transfer where id = ?::uuid and status = 'EXPIRED'", 1, id);
            }
            assertEquals(
                    List.of("createtransfer", accepted.succeeded() ? "updatetransfer" : "expiretransfer"),
                    database.column(
                            "select event from audit_record where resource_id = ? and event <> 'completetransfer' order by id",
                            id));
        }
    }

    @Test
    void completed_by_whatever_number_of_copies_it_is_applied_once() {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var id = UUID.randomUUID();
            customer.later().newCommerceTransfer(id, "InProgress", name(round)).load();
            database.update("update transfer set last_modified_time = created_time where id = ?", id);
            Supplier<Boolean> run = () -> completion.run(id.toString()).isEmpty();
            assertEquals(List.of(true, true, true), Simultaneously.run(run, run, run));
            var moved = customer.subscription(name(round));
            assertEquals(1, database.number("select count(*) from subscription where moved_from = ?", moved));
            assertEquals(1, database.number("select count(*) from customer_order where transfer_id = ?", id));
            assertEquals(
                    List.of("completetransfer"),
                    database.column("select event from audit_record where resource_id = ?", id.toString()));
            assertEquals(0, database.number("select count(*) from transfer_claim where transfer_id = ?", id));
        }
    }

    @Test
    void a_completion_under_way_keeps_the_target_with_the_customer() {
        var customer = customer();
        var id = UUID.randomUUID();
        customer.later().newCommerceTransfer(id, "InProgress", name(0)).load();
        database.update("update transfer set last_modified_time = created_time where id = ?", id);
        var administrator = PartnerClient.of(FABRIKAM, "admin", DemoPartner.serviceUnderTest());
        CompletableFuture<Optional<Instant>> completing;
        CompletableFuture<Answer> leaving;
        try (var gate = Sql.on(dataSource).hold()) {
            gate.update("lock table audit_record in share mode");
            completing = Simultaneously.inBackground(() -> completion.run(id.toString()));
            database.awaitWaiting(1);
            leaving = Simultaneously.inBackground(
                    () -> administrator.patch(customer.path(), Map.of("relationshipToPartner", "none")));
            database.awaitWaiting(2);
            gate.letGo();
        }
        assertEquals(Optional.empty(), completing.join());
        assertEquals("400 800002", leaving.join().outcome());
        assertEquals(1, database.number("select count(*) from transfer where id = ? and status = 'COMPLETE'", id));
    }

    @Test
    void a_change_of_a_subscription_and_an_acceptance_of_it_do_not_pass_each_other_W71() {
        var customer = customer();
        for (var round = 0; round < ROUNDS; round++) {
            var path = ask(customer);
            var body = acceptance(customer, name(round));
            var subscription = customer.path() + "/subscriptions/" + customer.subscription(name(round));
            var answers = Simultaneously.run(
                    () -> source.patch(path, body), () -> source.patch(subscription, Map.of("status", "suspended")));
            var outcomes = answers.stream().map(Answer::outcome).toList();
            assertTrue(
                    Set.of(
                                    List.of("200", "409 900278"),
                                    List.of("200", "404 20003"),
                                    List.of("200", "409 900104"),
                                    List.of("400 800078", "200"))
                            .contains(outcomes),
                    () -> "Answers " + answers);
        }
    }

    private static void oneWins(List<Answer> answers) {
        assertEquals(1, answers.stream().filter(Answer::succeeded).count(), () -> "Answers " + answers);
        assertTrue(LATE.contains(loserOf(answers).outcome()), () -> "Answers " + answers);
    }

    private static Answer loserOf(List<Answer> answers) {
        return answers.stream()
                .filter(answer -> !answer.succeeded())
                .findFirst()
                .orElseThrow();
    }

    private void assertOneWasRecorded(String path) {
        assertEquals(
                1,
                database.number(
                        "select count(*) from audit_record where resource_id = ? and event = 'updatetransfer'",
                        idOf(path)));
    }

    private String ask(TestCustomer customer) {
        var created = target.post(customer.transfersPath(), request());
        assertEquals(201, created.status(), created.body());
        return customer.transfersPath() + "/" + created.json().path("id").asText();
    }

    private static String idOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static TestCustomer customer() {
        return customerWith(IntStream.range(0, ROUNDS)
                        .mapToObj(NewCommerceRaceTest::name)
                        .toArray(String[]::new))
                .load();
    }

    private static String name(int round) {
        return "licence " + round;
    }
}
