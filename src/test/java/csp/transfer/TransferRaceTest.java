package csp.transfer;

import static csp.testsupport.DemoPartner.CONTOSO;
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

    @Override
    Sql connect() {
        try {
            return new Sql(pool.getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
