package csp;

import static csp.testsupport.DemoPartner.CONTOSO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Times are UTC, wherever the database server believes to be. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoredTimeTest {

    @Inject
    AgroalDataSource pool;

    @Test
    void a_time_is_stored_as_the_instant_that_was_answered_though_the_server_is_in_auckland() throws SQLException {
        var customer = TestCustomer.readyToTransfer().license("E3", 5).load();
        var id = customer.openTransfer("E3");
        var answered = Instant.parse(CONTOSO.calls()
                .get(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .path("createdTime"));
        try (var database = new Sql(pool.getConnection())) {
            assertEquals(
                    answered.getEpochSecond() * 1_000_000 + answered.getNano() / 1_000,
                    database.number(
                            "select (extract(epoch from created_time) * 1000000)::bigint from transfer where id::text = ?",
                            id));
            assertEquals(0, database.number("""
                    select count(*) from audit_record join transfer on transfer.id::text = resource_id where resource_id = ?
                    and operation_date not between created_time and created_time + interval '1 minute'""", id));
        }
    }
}
