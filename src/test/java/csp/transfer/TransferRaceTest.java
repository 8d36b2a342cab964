package csp.transfer;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.DemoPartner;
import csp.testsupport.PartnerClient;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Both requests reach the same copy of the service. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class TransferRaceTest extends TransferRaces {

    @Inject
    AgroalDataSource pool;

    @Override
    String oneCopy() {
        return DemoPartner.serviceUnderTest();
    }

    @Override
    String anotherCopy() {
        return DemoPartner.serviceUnderTest();
    }

    @Test
    void a_subscription_that_moves_while_a_transfer_of_it_is_being_created_is_not_claimed_900104() {
        var customer = customer();
        var source = PartnerClient.of(CONTOSO, oneCopy());
        try (var acceptance = connect()) {
            // The creation has read the subscription and now wants to know its open transfers; an acceptance ends right
            // then.
            acceptance.hold().update("lock table transfer_claim in access exclusive mode");
            var creating = Simultaneously.inBackground(
                    () -> source.post(customer.transfersPath(), customer.transferRequest(line(0))));
            database.awaitWaiting(1);
            acceptance.update(
                    "update subscription set moved_away = true, status = 'SUSPENDED' where id = any (?)",
                    (Object) members(customer, 0));
            acceptance.commit();
            assertEquals("409 900104", creating.join().outcome());
            assertEquals(0, database.number("select count(*) from transfer where customer_tenant_id = ?", customer.id));
        }
    }

    @Test
    void a_subscription_that_another_transfer_claimed_and_moved_meanwhile_is_not_claimed_900104() {
        var customer = customer();
        var rival = open(customer, 1);
        var source = PartnerClient.of(CONTOSO, oneCopy());
        try (var others = connect()) {
            others.hold().update("""
                    insert into transfer_claim (subscription_id, transfer_id)
                    select unnest(?::uuid[]), ?::uuid""", members(customer, 0), idOf(rival));
            var creating = Simultaneously.inBackground(
                    () -> source.post(customer.transfersPath(), customer.transferRequest(line(0))));
            database.awaitWaiting(1);
            others.update("update subscription set moved_away = true, status = 'SUSPENDED' where id = any (?)", (Object)
                    members(customer, 0));
            others.update("delete from transfer_claim where subscription_id = any (?)", (Object) members(customer, 0));
            others.commit();
            assertEquals("409 900104", creating.join().outcome());
            assertEquals(1, database.number("select count(*) from transfer where customer_tenant_id = ?", customer.id));
        }
    }

    @Test
    void an_add_on_bought_while_a_transfer_of_its_base_is_being_created_joins_it_at_the_next_try_900104() {
        var customer = customer();
        var source = PartnerClient.of(CONTOSO, oneCopy());
        try (var purchase = connect()) {
            purchase.hold().update("""
                    insert into subscription select (jsonb_populate_record(addon,
                    jsonb_build_object('id', gen_random_uuid()))).* from subscription addon where id = ?""", members(customer, 0)[1]);
            var creating = Simultaneously.inBackground(
                    () -> source.post(customer.transfersPath(), customer.transferRequest(line(0))));
            database.awaitWaiting(1);
            purchase.commit();
            assertEquals("409 900104", creating.join().outcome());
            assertEquals(0, database.number("select count(*) from transfer where customer_tenant_id = ?", customer.id));
        }
        open(customer, 0);
        assertEquals(3, database.number("""
                select count(*) from transfer_claim join subscription on id = subscription_id
                where customer_id = ?""", customer.id));
    }

    @Test
    void an_add_on_bought_while_a_transfer_takes_hold_of_its_base_is_refused_900278() {
        var customer = customer();
        var rival = open(customer, 1);
        try (var creation = connect()) {
            creation.hold().column("select id from subscription where id = ? for update", members(customer, 0)[0]);
            creation.update("insert into transfer_claim values (?, ?::uuid)", members(customer, 0)[0], idOf(rival));
            var buying = Simultaneously.inBackground(() -> buyAddon(PartnerClient.of(CONTOSO, oneCopy()), customer, 0));
            database.awaitWaiting(1);
            creation.commit();
            assertEquals("409 900278", buying.join().outcome());
            assertEquals(
                    1,
                    database.number(
                            "select count(*) from subscription where parent_subscription_id = ?",
                            members(customer, 0)[0]));
        }
    }

    @Test
    void whoever_may_not_accept_a_transfer_is_told_so_before_it_is_told_that_another_request_has_it_900150_900104() {
        var customer = customer();
        var path = open(customer, 0);
        var target = PartnerClient.of(FABRIKAM, oneCopy());
        try (var another = connect()) {
            another.hold().column("select id from transfer where id = ?::uuid for update", idOf(path));
            assertEquals(
                    "403 900150",
                    accept(PartnerClient.of(CONTOSO, oneCopy()), path).outcome());
            assertEquals(
                    "404 900100",
                    accept(target, customer.transfersPath() + "/" + UUID.randomUUID())
                            .outcome());
            assertEquals("409 900104", accept(target, path).outcome());
            another.commit();
        }
        assertEquals(200, accept(target, path).status());
        assertMoved(1, customer, 0);
    }

    private static String idOf(String transferPath) {
        return transferPath.substring(transferPath.lastIndexOf('/') + 1);
    }

    @Override
    Sql connect() {
        try {
            return new Sql(pool.getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
