package csp.transfer.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.TestCustomer.readyToTransfer;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.is;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The recorded exchanges about transfers and eligibility (transfers.md §1). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class TransferContractTest {

    private static final String WITH_CHARSET = "application/json; charset=utf-8";
    private static final Map<String, Object> ON_RECORD = Map.of("partnerIdOnRecord", CONTOSO.mpnId);

    @Test
    void the_answer_to_create_has_the_recorded_shape() {
        var customer = readyToTransfer()
                .license("sales", 1)
                .addon("instance", "sales", 4)
                .license("plan", 8)
                .load();
        fits(
                "create-a-transfer",
                CONTOSO.calls()
                        .contentType(JSON)
                        .body(customer.transferRequest("sales", "plan"))
                        .post(customer.transfersPath())
                        .then()
                        .statusCode(201)
                        .header("Content-Type", is(WITH_CHARSET))
                        .header("X-Locale", is("en-US,en-US")));
    }

    @Test
    void an_active_transfer_read_by_its_target_has_the_recorded_shape() {
        var customer = readyToTransfer()
                .license("one", 1)
                .license("two", 1)
                .license("three", 1)
                .load();
        var id = customer.openTransfer("one", "two", "three");
        fits(
                "get-transfer-by-id",
                FABRIKAM.calls()
                        .get(customer.transfersPath() + "/" + id)
                        .then()
                        .statusCode(200)
                        .header("Content-Type", is(WITH_CHARSET))
                        .header("X-Locale", is("en-US")));
    }

    @Test
    void the_answer_to_reject_has_the_recorded_shape() {
        var customer = readyToTransfer().license("one", 20).load();
        var id = customer.openTransfer("one");
        fits(
                "reject-a-transfer",
                FABRIKAM.calls()
                        .contentType(JSON)
                        .body(Map.of("id", id, "status", "reject"))
                        .patch(customer.transfersPath() + "/" + id)
                        .then()
                        .statusCode(200)
                        .header("Content-Type", is(WITH_CHARSET))
                        .header("X-Locale", is("en-US")));
    }

    @Test
    void the_answer_to_accept_with_a_failed_line_between_two_completed_ones_has_the_recorded_shape() {
        var customer = readyToTransfer()
                .license("one", 1)
                .subscription("unsynced", Map.of("syncState", "none"))
                .license("three", 1);
        var id = UUID.randomUUID();
        customer.transfer(id, "Active", ON_RECORD, "one", "unsynced", "three").load();
        fits(
                "accept-a-transfer",
                FABRIKAM.calls()
                        .post(customer.transfersPath() + "/" + id + "/accept")
                        .then()
                        .statusCode(200)
                        .header("Content-Type", is(WITH_CHARSET))
                        .header("X-Locale", is("en-US")));
    }

    @Test
    void a_list_with_a_rejected_a_complete_and_a_partly_complete_transfer_has_the_recorded_shape() {
        var customer = readyToTransfer()
                .license("visio", 1)
                .license("supply", 20)
                .license("apps", 1)
                .license("e1", 1)
                .azure("azure")
                .license("retail", 20)
                .load();
        FABRIKAM.calls()
                .contentType(JSON)
                .body(Map.of("status", "reject"))
                .patch(customer.transfersPath() + "/" + customer.openTransfer("visio", "supply"))
                .then()
                .statusCode(200);
        accept(customer, customer.openTransfer("apps", "e1", "azure"));
        var partial = UUID.randomUUID();
        // As if it had been requested before the first of its subscriptions moved.
        customer.later()
                .transfer(partial, "Active", ON_RECORD, "apps", "retail")
                .load();
        accept(customer, partial.toString());
        fits(
                "get-all-of-a-customer-s-transfers",
                FABRIKAM.calls()
                        .get(customer.transfersPath())
                        .then()
                        .statusCode(200)
                        .header("Content-Type", is("application/json"))
                        .header("X-Locale", is((Object) null)));
    }

    private static void accept(TestCustomer customer, String id) {
        FABRIKAM.calls()
                .post(customer.transfersPath() + "/" + id + "/accept")
                .then()
                .statusCode(200);
    }

    @Test
    void an_eligibility_list_has_the_recorded_shape() {
        var customer = readyToTransfer()
                .subscription("deleted", Map.of("status", "deleted", "creationDate", "2025-01-01"))
                .subscription("suspended", Map.of("status", "suspended", "creationDate", "2025-01-02"))
                .subscription("open", Map.of("creationDate", "2025-01-03"))
                .subscription("one", Map.of("creationDate", "2025-01-04"))
                .subscription("two", Map.of("creationDate", "2025-01-05"))
                .load();
        customer.openTransfer("open");
        fits(
                "get-customer-s-subscriptions-transfer-eligibility",
                CONTOSO.calls()
                        .get(customer.eligibilityPath())
                        .then()
                        .statusCode(200)
                        .header("Content-Type", is("application/json")));
    }

    private static void fits(String recorded, ValidatableResponse answer) {
        RecordedShape.file(recorded + ".json").assertFits(answer.extract().asString());
    }
}
