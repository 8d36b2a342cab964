package csp.transfer.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static csp.testsupport.TestCustomer.readyToTransfer;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WithdrawTransferTest {

    @Inject
    AgroalDataSource database;

    @Test
    void a_withdrawn_transfer_is_gone_and_its_subscriptions_are_free_at_once_D1() {
        var customer =
                readyToTransfer().license("e3", 1).addon("audio", "e3", 1).load();
        var id = customer.openTransfer("e3");
        CONTOSO.calls()
                .delete(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(204)
                .header("X-Locale", is((Object) null))
                .body(is(""));
        for (var viewer : java.util.List.of(CONTOSO, FABRIKAM)) {
            viewer.calls()
                    .get(customer.transfersPath() + "/" + id)
                    .then()
                    .statusCode(404)
                    .body("code", is(900100));
            viewer.calls().get(customer.transfersPath()).then().statusCode(200).body("", empty());
        }
        CONTOSO.calls()
                .get(customer.eligibilityPath())
                .then()
                .body("find { it.id == '%s' }.isEligible".formatted(customer.upper("e3")), is(true));
        customer.openTransfer("e3");
    }

    @Test
    void the_audit_records_of_a_withdrawn_transfer_stay_D1() throws SQLException {
        var customer = readyToTransfer().license("e3", 1).load();
        var id = customer.openTransfer("e3");
        CONTOSO.calls().delete(customer.transfersPath() + "/" + id).then().statusCode(204);
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select string_agg(operation_type, ' ' order by id) from audit_record where resource_id = ?")) {
            query.setString(1, id);
            var rows = query.executeQuery();
            rows.next();
            assertEquals("create_transfer update_transfer", rows.getString(1));
        }
    }

    @Test
    void only_the_source_may_withdraw_900150() {
        var customer = readyToTransfer()
                .throughProvider(NORTHWIND, CONTOSO)
                .license("e3", 1)
                .load();
        var id = customer.openTransfer("e3");
        FABRIKAM.calls()
                .delete(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(403)
                .body("code", is(900150));
        NORTHWIND
                .calls()
                .delete(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(404)
                .body("code", is(900100));
        CONTOSO.calls("help")
                .delete(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(403)
                .body("code", is(900150));
        CONTOSO.calls().get(customer.transfersPath() + "/" + id).then().body("status", is("Active"));
    }

    @Test
    void a_closed_transfer_cannot_be_withdrawn_900102_and_stays_as_it_was() {
        var customer = readyToTransfer().license("e3", 1).load();
        var id = customer.openTransfer("e3");
        FABRIKAM.calls()
                .contentType(JSON)
                .body(Map.of("status", "reject"))
                .patch(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(200);
        CONTOSO.calls()
                .delete(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(400)
                .body(
                        "code",
                        is(900102),
                        "description",
                        is("Cannot process the request for the Reject transfer " + id + "."));
        CONTOSO.calls().get(customer.transfersPath() + "/" + id).then().body("status", is("Reject"));
    }

    @Test
    void what_is_withdrawn_cannot_be_withdrawn_accepted_or_rejected_900100() {
        var customer = readyToTransfer().license("e3", 1).load();
        var path = customer.transfersPath() + "/" + customer.openTransfer("e3");
        CONTOSO.calls().delete(path).then().statusCode(204);
        CONTOSO.calls().delete(path).then().statusCode(404).body("code", is(900100));
        FABRIKAM.calls().post(path + "/accept").then().statusCode(404).body("code", is(900100));
        FABRIKAM.calls()
                .contentType(JSON)
                .body(Map.of("status", "reject"))
                .patch(path)
                .then()
                .statusCode(404)
                .body("code", is(900100));
        CONTOSO.calls()
                .delete(customer.transfersPath() + "/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", is(900100));
    }
}
