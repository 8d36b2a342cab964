package csp.transfer.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static csp.testsupport.TestCustomer.readyToTransfer;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadTransfersTest {

    @Test
    void both_parties_read_it_and_each_sees_itself_as_the_viewing_partner_Q6() {
        var customer = readyToTransfer().license("e3", 25).license("other", 1).load();
        var id = customer.openTransfer("e3", "other");
        for (var viewer : List.of(CONTOSO, FABRIKAM)) {
            viewer.calls()
                    .get(customer.transfersPath() + "/" + id)
                    .then()
                    .statusCode(200)
                    .header("X-Locale", is("en-US"))
                    .header("Content-Type", is("application/json; charset=utf-8"))
                    .body(
                            "partnertenantid",
                            is(viewer.tenantId.toString()),
                            "sourcePartnerName",
                            is("Contoso Direct"),
                            "targetPartnerName",
                            is("Fabrikam Distribution"),
                            "lineItems.id",
                            is(List.of(0, 1)),
                            "lineItems.partnerIdOnRecord",
                            is(List.of("4800001", "4800001")),
                            "lineItems[0].status",
                            is((Object) null));
        }
    }

    @Test
    void the_list_is_a_bare_array_oldest_first_with_closed_ones_Q4() {
        var customer = readyToTransfer()
                .license("one", 1)
                .license("two", 1)
                .license("three", 1)
                .load();
        var first = customer.openTransfer("one");
        var second = customer.openTransfer("two");
        var third = customer.openTransfer("three");
        FABRIKAM.calls()
                .contentType(JSON)
                .body(Map.of("status", "reject"))
                .patch(customer.transfersPath() + "/" + second)
                .then()
                .statusCode(200);
        for (var viewer : List.of(CONTOSO, FABRIKAM)) {
            viewer.calls()
                    .get(customer.transfersPath())
                    .then()
                    .statusCode(200)
                    .header("Content-Type", is("application/json"))
                    .header("X-Locale", is((Object) null))
                    .body("id", is(List.of(first, second, third)), "status", is(List.of("Active", "Reject", "Active")));
        }
    }

    @Test
    void without_transfers_the_list_is_empty() {
        var customer = readyToTransfer().load();
        CONTOSO.calls().get(customer.transfersPath()).then().statusCode(200).body("", empty());
    }

    @Test
    void another_partner_of_the_customer_sees_no_transfer_900100() {
        var customer = readyToTransfer()
                .throughProvider(NORTHWIND, CONTOSO)
                .license("e3", 1)
                .load();
        var id = customer.openTransfer("e3");
        NORTHWIND
                .calls()
                .get(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(404)
                .body("code", is(900100), "description", containsString(id));
        NORTHWIND.calls().get(customer.transfersPath()).then().statusCode(200).body("", hasSize(0));
    }

    @Test
    void a_partner_without_relationship_is_refused_20002_before_anything_else() {
        var customer = readyToTransfer().license("e3", 1).load();
        var id = customer.openTransfer("e3");
        NORTHWIND
                .calls()
                .get(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(403)
                .body("code", is(20002));
        NORTHWIND.calls().get(customer.transfersPath()).then().statusCode(403).body("code", is(20002));
        NORTHWIND
                .calls("help")
                .get(customer.transfersPath())
                .then()
                .statusCode(403)
                .body("code", is(20002));
    }

    @Test
    void the_transfer_of_another_customer_is_not_found_900100() {
        var customer = readyToTransfer().license("e3", 1).load();
        var other = readyToTransfer().load();
        var id = customer.openTransfer("e3");
        CONTOSO.calls()
                .get(other.transfersPath() + "/" + id)
                .then()
                .statusCode(404)
                .body("code", is(900100));
        CONTOSO.calls()
                .get(other.transfersPath() + "/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", is(900100));
    }

    @Test
    void helpdesk_agents_may_not_read_transfers_and_agents_may_900150_D4() {
        var customer = readyToTransfer().license("e3", 1).load();
        var id = customer.openTransfer("e3");
        for (var path : List.of(customer.transfersPath(), customer.transfersPath() + "/" + id)) {
            CONTOSO.calls("help").get(path).then().statusCode(403).body("code", is(900150));
            CONTOSO.calls("sales").get(path).then().statusCode(200);
            FABRIKAM.calls("admin").get(path).then().statusCode(200);
        }
    }

    @Test
    void a_malformed_customer_id_is_refused_900118_and_a_malformed_transfer_id_is_not_found_900100_D6() {
        var customer = readyToTransfer().load();
        for (var bad : List.of("x", "c0000000-0000-4000-8000-00000000000", "1-1-1-1-1")) {
            CONTOSO.sendsAnything()
                    .get("/v1/customers/{id}/transfers", bad)
                    .then()
                    .statusCode(400)
                    .body("code", is(900118), "description", containsString(bad));
            CONTOSO.sendsAnything()
                    .get(customer.transfersPath() + "/{id}", bad)
                    .then()
                    .statusCode(404)
                    .body("code", is(900100), "description", containsString(bad));
        }
    }

    @Test
    void ids_in_paths_come_in_any_letter_case() {
        var customer = readyToTransfer().license("e3", 1).load();
        var id = customer.openTransfer("e3");
        CONTOSO.sendsAnything()
                .get("/v1/customers/{c}/transfers/{t}", customer.id.toString().toUpperCase(), id.toUpperCase())
                .then()
                .statusCode(200)
                .body("id", is(id));
    }
}
