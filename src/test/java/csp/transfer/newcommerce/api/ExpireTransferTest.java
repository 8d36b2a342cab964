package csp.transfer.newcommerce.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.NewCommerceWorld.acceptance;
import static csp.testsupport.NewCommerceWorld.ask;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.patch;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What nobody answers (D22). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExpireTransferTest {

    @Inject
    AgroalDataSource dataSource;

    @AfterEach
    void backToTheTimeOfTheMachine() {
        Sandbox.releaseClock();
    }

    @Test
    void it_is_pending_after_30_days_and_expired_after_31_with_one_audit_record() {
        var customer = customerWith("basic").load();
        var path = ask(customer);
        Sandbox.advanceClock("P30D");
        CONTOSO.calls().get(path).then().body("status", is("Pending"));
        Sandbox.advanceClock("P1D");
        var expiration = CONTOSO.calls().get(path).then().extract().<String>path("expirationTime");
        for (var partner : List.of(CONTOSO, FABRIKAM)) {
            partner.calls()
                    .get(path)
                    .then()
                    .body(
                            "status",
                            is("Expired"),
                            "lastModifiedTime",
                            is(expiration),
                            "expirationTime",
                            is(expiration));
        }
        try (var sql = Sql.on(dataSource)) {
            var id = path.substring(path.lastIndexOf('/') + 1);
            sql.await("the job", "select count(*) from transfer where id = ?::uuid and status = 'EXPIRED'", 1, id);
            assertEquals(
                    List.of("createtransfer", "expiretransfer"),
                    sql.column("select event from audit_record where resource_id = ? order by id", id));
            assertEquals(
                    2,
                    sql.number(
                            "select count(*) from audit_participant p join audit_record r on r.id = p.record_id"
                                    + " where resource_id = ? and event = 'expiretransfer'",
                            id));
        }
    }

    @Test
    void every_reader_and_writer_sees_it_expired_before_any_job_has_run() {
        var customer = customerWith("basic");
        var id = UUID.randomUUID();
        customer.newCommerceTransfer(id, "Pending").load();
        var path = customer.transfersPath() + "/" + id;
        try (var sql = Sql.on(dataSource)) {
            sql.update("delete from scheduled_job where task_instance = ?", id.toString());
            sql.update("update transfer set expiration_time = now() - interval '1 second' where id = ?", id);
            CONTOSO.calls().get(path).then().body("status", is("Expired"));
            FABRIKAM.calls().get(customer.transfersPath()).then().body("[0].status", is("Expired"));
            for (var attempt : List.of(
                    patch(CONTOSO, path, acceptance(customer, "basic")),
                    patch(CONTOSO, path, Map.of("status", "Reject")),
                    patch(FABRIKAM, path, Map.of("status", "Cancel")),
                    FABRIKAM.calls().delete(path))) {
                attempt.then().statusCode(400).body("code", is(900102), "description", containsString("Expired"));
            }
            assertEquals(1, sql.number("select count(*) from transfer where id = ? and status = 'PENDING'", id));
        }
    }
}
