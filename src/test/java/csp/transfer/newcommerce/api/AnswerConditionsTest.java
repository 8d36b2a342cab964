package csp.transfer.newcommerce.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static csp.testsupport.NewCommerceWorld.acceptance;
import static csp.testsupport.NewCommerceWorld.ask;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.licence;
import static csp.testsupport.NewCommerceWorld.line;
import static csp.testsupport.NewCommerceWorld.patch;
import static csp.testsupport.NewCommerceWorld.requestWith;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.is;

import csp.testsupport.CustomerUser;
import csp.testsupport.OwnPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What must still hold when the source answers, and who may not even ask: the request stays pending. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswerConditionsTest {

    @Inject
    AgroalDataSource dataSource;

    @Test
    void the_target_must_still_be_a_partner_of_the_customer_20002() {
        var customer = licence(TestCustomer.unrelated().directlyWith(CONTOSO).agreedItself(), "basic", Map.of());
        refusedAndPending(customer, 403, 20002);
    }

    @Test
    void the_customer_agreement_must_still_be_accepted_13605() {
        var customer = TestCustomer.unrelated().directlyWith(CONTOSO).throughProvider(FABRIKAM, CONTOSO);
        refusedAndPending(licence(customer, "basic", Map.of()), 403, 13605);
    }

    @Test
    void the_programme_of_the_target_must_still_be_active_900149() {
        var target = OwnPartner.provider()
                .with("programs", Map.of("indirectProvider", "restricted"))
                .load();
        var customer = customerWith("basic");
        var id = UUID.randomUUID();
        customer.with(
                        "transfers",
                        List.of(Map.of(
                                "id",
                                id,
                                "type",
                                "newCommerce",
                                "source",
                                CONTOSO.tenantId,
                                "target",
                                target.tenantId)))
                .load();
        var path = customer.transfersPath() + "/" + id;
        patch(CONTOSO, path, acceptance(customer, "basic"))
                .then()
                .statusCode(403)
                .body("code", is(900149));
        CONTOSO.calls().get(path).then().body("status", is("Pending"));
    }

    private static void refusedAndPending(TestCustomer customer, int status, int code) {
        var id = UUID.randomUUID();
        customer.newCommerceTransfer(id, "Pending").load();
        var path = customer.transfersPath() + "/" + id;
        patch(CONTOSO, path, acceptance(customer, "basic"))
                .then()
                .statusCode(status)
                .body("code", is(code));
        CONTOSO.calls().get(path).then().body("status", is("Pending"));
    }

    @Test
    void azure_is_accepted_with_an_active_azure_plan_alone_900131_900132_900134() {
        azure(reserved().azure("old"), 900131);
        azure(
                reserved()
                        .subscription(
                                "plan",
                                Map.of(
                                        "partner",
                                        FABRIKAM.tenantId,
                                        "product",
                                        "azurePlan",
                                        "offerId",
                                        "P:1:2",
                                        "status",
                                        "suspended")),
                900132);
        try (var sql = Sql.on(dataSource)) {
            sql.update("insert into offer values ('P:0:0', 'Azure plan', 'AZURE_PLAN', true, null)");
            try {
                azure(reserved(), 900134);
                var customer = customerWith().load();
                FABRIKAM.calls()
                        .contentType(JSON)
                        .body(requestWith("targetProductTypes", List.of("AzureSubscription")))
                        .post(customer.transfersPath())
                        .then()
                        .statusCode(400)
                        .body("code", is(900134));
            } finally {
                sql.update("delete from offer where id = 'P:0:0'");
            }
        }
    }

    private static TestCustomer reserved() {
        return customerWith()
                .subscription(
                        "reserved",
                        Map.of("product", "azureReservation", "offerId", "R:1:2", "billingCycle", "one_time"));
    }

    private static void azure(TestCustomer customer, int code) {
        var path = ask(customer.load());
        patch(CONTOSO, path, acceptance(List.of(line(customer.subscription("reserved"), "AzureReservation"))))
                .then()
                .statusCode(400)
                .body("code", is(code));
        CONTOSO.calls().get(path).then().body("status", is("Pending"));
    }

    @Test
    void a_rejection_asks_first_who_and_what_as_every_operation_D5() {
        var customer = CustomerUser.addTo(customerWith());
        customer.load();
        var path = ask(customer);
        CONTOSO.sendsAnything()
                .post("/v1/customers/x/transfers/" + UUID.randomUUID() + "/reject")
                .then()
                .statusCode(400)
                .body("code", is(900118));
        CONTOSO.calls()
                .post(customer.transfersPath() + "/" + UUID.randomUUID() + "/reject")
                .then()
                .statusCode(404)
                .body("code", is(900100));
        NORTHWIND.calls().post(path + "/reject").then().statusCode(403).body("code", is(20002));
        CONTOSO.calls("help").post(path + "/reject").then().statusCode(403).body("code", is(900150));
        try (var sql = Sql.on(dataSource)) {
            sql.hold()
                    .column(
                            "select id from transfer where id = ?::uuid for update",
                            path.substring(path.lastIndexOf('/') + 1));
            CONTOSO.calls().post(path + "/reject").then().statusCode(409).body("code", is(900104));
            sql.letGo();
        }
        CONTOSO.calls().get(path).then().body("status", is("Pending"));
    }

    @Test
    void the_portal_answers_partners_alone_2032_and_wants_ids_900118() {
        var customer = CustomerUser.addTo(customerWith());
        customer.load();
        var path = ask(customer);
        var user = CustomerUser.globalAdminOf(customer);
        user.calls()
                .get("/portal/v1/transfers" + path.substring(path.lastIndexOf('/')) + "/statement")
                .then()
                .statusCode(403)
                .body("code", is(2032));
        user.calls().post(path + "/reject").then().statusCode(403).body("code", is(2032));
        CONTOSO.sendsAnything()
                .get("/portal/v1/customers/x/transferEligibility?type=newcommerce")
                .then()
                .statusCode(400)
                .body("code", is(900118));
    }
}
