package csp.platform.audit;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import csp.platform.audit.AuditRecord.Position;
import csp.testsupport.DemoPartner;
import csp.testsupport.PartnerClient;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.TransactionalException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a record says inside and the wire does not show. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuditTrailTest {

    private static final UUID PARTNER = CONTOSO.tenantId;

    @Inject
    AuditTrail audit;

    @Inject
    EntityManager records;

    @Inject
    AgroalDataSource pool;

    @Test
    void whoever_writes_a_record_is_told_its_id_and_time() {
        var written = QuarkusTransaction.requiringNew().call(() -> audit.recordByService(PARTNER, change()));
        var record = records.find(AuditRecord.class, written.id());
        assertEquals(written, new Position(record.operationDate, record.id));
        assertEquals("test_it", record.event());
    }

    @Test
    void outside_a_transaction_nothing_is_written() {
        assertThrows(TransactionalException.class, () -> audit.recordByService(PARTNER, change()));
    }

    @Test
    void accepting_rejecting_and_withdrawing_are_events_of_their_own() {
        var customer = TestCustomer.readyToTransfer()
                .license("accepted", 1)
                .license("rejected", 1)
                .license("withdrawn", 1)
                .load();
        var source = PartnerClient.of(CONTOSO, DemoPartner.serviceUnderTest());
        var target = PartnerClient.of(FABRIKAM, DemoPartner.serviceUnderTest());
        var path = customer.transfersPath() + "/";
        assertEquals(
                "200",
                target.post(path + customer.openTransfer("accepted") + "/accept", null)
                        .outcome());
        assertEquals(
                "200",
                target.patch(path + customer.openTransfer("rejected"), Map.of("status", "reject"))
                        .outcome());
        assertEquals(
                "204", source.delete(path + customer.openTransfer("withdrawn")).outcome());
        try (var database = Sql.on(pool)) {
            assertEquals(
                    List.of(
                            "create_transfer create_transfer",
                            "update_transfer accept_transfer",
                            "create_transfer create_transfer",
                            "update_transfer reject_transfer",
                            "create_transfer create_transfer",
                            "update_transfer withdraw_transfer"),
                    database.column("""
                            select operation_type || ' ' || event from audit_record
                            where customer_id = ? and resource_type = 'transfer' order by id""", customer.id));
        }
    }

    private static AuditTrail.Change change() {
        return new AuditTrail.Change(null, "test", "1", "update_test", null, null).as("test_it");
    }
}
