package csp.shared.repeat;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a second request with the MS-RequestId of a first one gets (D8). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RepeatedRequestTest {

    private static final String EXPIRED_ONES =
            "select count(*) from stored_answer where created <= now() - interval '1 day'";

    @Inject
    AgroalDataSource pool;

    @Inject
    StoredAnswerRepository answers;

    private final UUID requestId = UUID.randomUUID();
    private final TestCustomer customer = TestCustomer.readyToTransfer().license("E3", 5);
    private PartnerClient contoso;
    private PartnerClient fabrikam;
    private Sql database;

    @BeforeEach
    void connect() throws SQLException {
        customer.load();
        contoso = PartnerClient.of(CONTOSO, DemoPartner.serviceUnderTest());
        fabrikam = PartnerClient.of(FABRIKAM, DemoPartner.serviceUnderTest());
        database = new Sql(pool.getConnection());
    }

    @AfterEach
    void disconnect() {
        database.close();
    }

    @Test
    void a_repeat_gets_the_answer_of_the_first_request() {
        var first = create(contoso);
        assertEquals("201", first.outcome());
        assertEquals(first, create(contoso));
        assertEquals(
                first,
                contoso.send(
                        "POST",
                        customer.transfersPath()
                                .replace(
                                        customer.id.toString(),
                                        customer.id.toString().toUpperCase()),
                        requestId,
                        customer.transferRequest("E3")));
    }

    @Test
    void a_repeat_with_another_body_is_refused_with_800002_and_changes_nothing() {
        create(contoso);
        var other = contoso.send("POST", customer.transfersPath(), requestId, Map.of("lineItems", List.of()));
        assertEquals("409 800002", other.outcome());
        assertEquals(1, transfers());
    }

    @Test
    void the_same_id_from_another_partner_or_another_user_is_another_request() {
        create(contoso);
        assertEquals("403 900150", create(fabrikam).outcome());
        assertEquals(
                "409 900101",
                create(PartnerClient.of(CONTOSO, "admin", DemoPartner.serviceUnderTest()))
                        .outcome());
    }

    @Test
    void a_refusal_is_not_kept_and_the_repeat_succeeds_once_its_cause_is_gone() {
        database.update("update subscription set status = 'SUSPENDED' where id = ?", customer.subscription("E3"));
        assertEquals("400 800078", create(contoso).outcome());
        database.update("update subscription set status = 'ACTIVE' where id = ?", customer.subscription("E3"));
        assertEquals("201", create(contoso).outcome());
    }

    @Test
    void a_repeat_that_arrives_while_the_first_still_runs_waits_and_gets_its_answer() throws SQLException {
        var accept = customer.transfersPath() + "/"
                + create(contoso).json().path("id").asText() + "/accept";
        try (var obstacle = new Sql(pool.getConnection())) {
            obstacle.hold().column("select id from subscription where id = ? for update", customer.subscription("E3"));
            var first = Simultaneously.inBackground(() -> fabrikam.send("POST", accept, requestId, null));
            database.awaitWaiting(1);
            var repeat = Simultaneously.inBackground(() -> fabrikam.send("POST", accept, requestId, null));
            database.awaitWaiting(2);
            assertFalse(first.isDone() || repeat.isDone());
            obstacle.letGo();
            assertEquals("200", first.join().outcome());
            assertEquals(first.join(), repeat.join());
        }
        assertEquals(
                1,
                database.number(
                        "select count(*) from customer_order where transfer_id is not null and customer_id = ?",
                        customer.id));
    }

    @Test
    void of_many_repeats_two_wait_for_the_first_and_the_others_are_refused_at_once_900104() throws SQLException {
        var accept = customer.transfersPath() + "/"
                + create(contoso).json().path("id").asText() + "/accept";
        try (var obstacle = new Sql(pool.getConnection())) {
            obstacle.hold().column("select id from subscription where id = ? for update", customer.subscription("E3"));
            var waiting = new ArrayList<CompletableFuture<Answer>>();
            for (var i = 1; i <= 3; i++) {
                waiting.add(Simultaneously.inBackground(() -> fabrikam.send("POST", accept, requestId, null)));
                database.awaitWaiting(i);
            }
            for (var i = 0; i < 5; i++) {
                assertEquals(
                        "409 900104",
                        fabrikam.send("POST", accept, requestId, null).outcome());
            }
            assertTrue(waiting.stream().noneMatch(CompletableFuture::isDone));
            obstacle.letGo();
            waiting.forEach(answer -> assertEquals("200", answer.join().outcome()));
            assertEquals("200", fabrikam.send("POST", accept, requestId, null).outcome());
        }
    }

    @Test
    void a_request_without_an_id_waits_for_a_lock_no_longer_than_ten_seconds_900104() throws SQLException {
        try (var obstacle = new Sql(pool.getConnection())) {
            obstacle.hold().update("lock table transfer in access exclusive mode");
            var begin = System.nanoTime();
            CONTOSO.sendsAnything()
                    .contentType("application/json")
                    .body(customer.transferRequest("E3"))
                    .post(customer.transfersPath())
                    .then()
                    .statusCode(409)
                    .body("code", is(900104));
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(20).toNanos());
            obstacle.letGo();
        }
        assertEquals(0, transfers());
    }

    @Test
    void another_request_for_the_transfer_does_not_wait_for_the_first_900104() throws SQLException {
        var transfer = customer.transfersPath() + "/"
                + create(contoso).json().path("id").asText();
        try (var obstacle = new Sql(pool.getConnection())) {
            obstacle.hold().column("select id from subscription where id = ? for update", customer.subscription("E3"));
            var first = Simultaneously.inBackground(() -> fabrikam.send("POST", transfer + "/accept", requestId, null));
            database.awaitWaiting(1);
            assertEquals("409 900104", fabrikam.post(transfer + "/accept", null).outcome());
            assertEquals(
                    "409 900104",
                    fabrikam.patch(transfer, Map.of("status", "reject")).outcome());
            assertEquals("409 900104", contoso.delete(transfer).outcome());
            assertFalse(first.isDone());
            obstacle.letGo();
            assertEquals("200", first.join().outcome());
        }
    }

    @Test
    void a_repeat_waits_ten_seconds_and_no_longer_900104() throws SQLException {
        try (var firstRequest = new Sql(pool.getConnection())) {
            firstRequest
                    .hold()
                    .update(
                            """
                    insert into stored_answer (partner_id, caller_id, request_id, method, path, body_digest, created)
                    values (?, ?, ?, 'POST', ?, '', now())""",
                            CONTOSO.tenantId,
                            CONTOSO.clientId,
                            AnswerSeal.storedId(requestId.toString()),
                            customer.transfersPath());
            var begin = System.nanoTime();
            assertEquals("409 900104", create(contoso).outcome());
            var waited = Duration.ofNanos(System.nanoTime() - begin);
            assertTrue(
                    waited.compareTo(Duration.ofSeconds(10)) >= 0 && waited.compareTo(Duration.ofSeconds(20)) < 0,
                    () -> "Waited " + waited);
            firstRequest.letGo();
        }
        assertEquals("201", create(contoso).outcome());
    }

    @Test
    void a_repeat_is_recognised_for_24_hours_and_then_is_a_request_of_its_own() {
        var first = create(contoso);
        age("23 hours 59 minutes");
        assertEquals(first, create(contoso));
        age("24 hours 1 second");
        assertEquals("409 900101", create(contoso).outcome());
        assertEquals(1, transfers());
        assertEquals(
                "204",
                contoso.delete(customer.transfersPath() + "/"
                                + first.json().path("id").asText())
                        .outcome());
        var anew = create(contoso);
        assertEquals("201", anew.outcome());
        assertEquals(anew, create(contoso));
    }

    @Test
    void a_kept_answer_can_be_read_by_nobody_but_a_repeat() {
        var first = create(contoso);
        var stored = String.join(
                " ",
                database.column(
                        "select stored_answer::text from stored_answer where partner_id = ? order by created desc limit 1",
                        CONTOSO.tenantId));
        assertFalse(stored.contains("createdTime") || stored.contains(requestId.toString()), stored);
        assertEquals(first, create(contoso));
    }

    @Test
    void each_kept_answer_makes_room_by_dropping_expired_ones_ten_at_a_time() {
        database.update("delete from stored_answer");
        keepExpired(25);
        assertEquals("201", create(contoso).outcome());
        assertEquals(15, database.number(EXPIRED_ONES));
        assertEquals(
                "409 900101",
                contoso.post(customer.transfersPath(), customer.transferRequest("E3"))
                        .outcome());
        assertEquals(15, database.number(EXPIRED_ONES));
    }

    @Test
    void the_start_drops_every_expired_answer_and_keeps_the_others() {
        var first = create(contoso);
        keepExpired(25);
        answers.forgetExpired(null);
        assertEquals(0, database.number(EXPIRED_ONES));
        assertEquals(first, create(contoso));
    }

    private Answer create(PartnerClient partner) {
        return partner.send("POST", customer.transfersPath(), requestId, customer.transferRequest("E3"));
    }

    private long transfers() {
        return database.number("select count(*) from transfer where customer_tenant_id = ?", customer.id);
    }

    private void age(String age) {
        assertEquals(
                1,
                database.update(
                        "update stored_answer set created = now() - cast(? as interval) where request_id = ?",
                        age,
                        AnswerSeal.storedId(requestId.toString())));
    }

    private void keepExpired(int count) {
        database.update("""
                insert into stored_answer select gen_random_uuid(), gen_random_uuid(), n::text, 'POST', '/', '', 200, '{}',
                now() - interval '25 hours' from generate_series(1, ?) as n""", count);
    }
}
