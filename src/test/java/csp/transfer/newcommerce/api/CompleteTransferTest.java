package csp.transfer.newcommerce.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.NewCommerceWorld.acceptance;
import static csp.testsupport.NewCommerceWorld.ask;
import static csp.testsupport.NewCommerceWorld.await;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.licence;
import static csp.testsupport.NewCommerceWorld.line;
import static csp.testsupport.NewCommerceWorld.patch;
import static csp.testsupport.NewCommerceWorld.requestWith;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.SentMails;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
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

/** What moves in the background, and what becomes of what cannot (new-commerce-transfers.md §7, D23). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CompleteTransferTest {

    @Inject
    AgroalDataSource dataSource;

    @AfterEach
    void backToTheTimeOfTheMachine() {
        Sandbox.releaseClock();
    }

    @Test
    void licences_go_on_at_the_target_with_new_ids_for_the_rest_of_their_term() {
        var customer = customerWith();
        licence(
                customer,
                "basic",
                Map.of(
                        "quantity",
                        7,
                        "creationDate",
                        "2026-01-10T08:00:00Z",
                        "commitmentEndDate",
                        "2027-01-10T00:00:00Z",
                        "billingCycle",
                        "annual"));
        licence(customer, "add-on", Map.of("parentSubscriptionId", customer.subscription("basic"), "quantity", 3));
        customer.load();
        var path = ask(customer);
        patch(CONTOSO, path, acceptance(customer, "basic")).then().statusCode(200);
        await(path, "Complete");

        var seen = FABRIKAM.calls().get(path).then().statusCode(200);
        seen.body(
                "completedTime",
                not(nullValue()),
                "expirationTime",
                nullValue(),
                "lineItems.sourceSubscriptionId",
                is(List.of(
                        customer.subscription("basic").toString(),
                        customer.subscription("add-on").toString())),
                "lineItems.status",
                is(List.of("Complete", "Complete")));
        String base = seen.extract().path("lineItems[0].subscriptionId");
        String order = seen.extract().path("lineItems[0].orderId");
        seen.body("lineItems[1].orderId", is(order));
        FABRIKAM.calls()
                .get(customer.path() + "/subscriptions/" + base)
                .then()
                .statusCode(200)
                .body(
                        "quantity",
                        is(7),
                        "commitmentEndDate",
                        is("2027-01-10T00:00:00Z"),
                        "orderId",
                        is(order),
                        "partnerId",
                        is(CONTOSO.mpnId),
                        "status",
                        is("active"));
        FABRIKAM.calls()
                .get(customer.path() + "/subscriptions/" + base + "/addons")
                .then()
                .body("items", hasSize(1), "items[0].quantity", is(3));
        FABRIKAM.calls()
                .get(customer.path() + "/orders/" + order)
                .then()
                .statusCode(200)
                .body("lineItems", hasSize(2), "lineItems[0].subscriptionId", is(base));
        CONTOSO.calls().get(customer.path() + "/subscriptions").then().body("items", empty());
        CONTOSO.calls()
                .get(path)
                .then()
                .body(
                        "lineItems[0].subscriptionId",
                        is(customer.subscription("basic").toString()),
                        "lineItems[0].sourceSubscriptionId",
                        nullValue());
    }

    @Test
    void azure_keeps_its_entitlement_and_joins_the_plan_of_the_target() {
        var entitlement = UUID.randomUUID();
        var customer = customerWith()
                .subscription(
                        "old",
                        Map.of("product", "azurePayg", "offerId", "MS-AZR-0145P", "azureSubscriptionId", entitlement))
                .subscription("plan", Map.of("partner", FABRIKAM.tenantId, "product", "azurePlan", "offerId", "P:1:2"))
                .load();
        var path = ask(customer);
        patch(CONTOSO, path, acceptance(List.of(line(customer.subscription("old"), "AzureSubscription"))))
                .then()
                .statusCode(200);
        await(path, "Complete");
        var id = FABRIKAM.calls().get(path).then().extract().<String>path("lineItems[0].subscriptionId");
        FABRIKAM.calls()
                .get(customer.path() + "/subscriptions/" + id)
                .then()
                .statusCode(200)
                .body("entitlementId", is(entitlement.toString()), "offerId", is("P:1:2"));
        CONTOSO.calls().get(customer.path() + "/subscriptions").then().body("items", empty());
    }

    @Test
    void a_line_that_cannot_move_any_more_fails_alone_and_all_of_them_fail_the_transfer() {
        var customer = customerWith("one");
        licence(customer, "asleep", Map.of("status", "suspended"));
        licence(customer, "alone", Map.of("status", "suspended"));
        var partly = UUID.randomUUID();
        var wholly = UUID.randomUUID();
        customer.newCommerceTransfer(partly, "InProgress", "one", "asleep")
                .newCommerceTransfer(wholly, "InProgress", "alone")
                .load();
        completeNow(customer);
        var path = customer.transfersPath() + "/";
        await(path + partly, "PartiallyComplete");
        await(path + wholly, "Failed");
        FABRIKAM.calls()
                .get(path + partly)
                .then()
                .body(
                        "lineItems.status",
                        is(List.of("Complete", "Failed")),
                        "lineItems[1].subscriptionId",
                        nullValue(),
                        "lineItems[1].transferError",
                        containsString(customer.subscription("asleep") + " is in state: Suspended"));
        CONTOSO.calls()
                .get(path + wholly)
                .then()
                .body("lineItems[0].status", is("Failed"), "completedTime", not(nullValue()));
        try (var sql = Sql.on(dataSource)) {
            assertEquals(
                    List.of("completetransfer", "failtransfer"),
                    sql.column(
                            "select event from audit_record where resource_id in (?, ?) order by event",
                            partly.toString(),
                            wholly.toString()));
            assertEquals(0, sql.number("select count(*) from transfer_claim where transfer_id = ?", partly));
        }
    }

    @Test
    void a_target_that_left_the_customer_gets_nothing_and_the_transfer_fails() {
        var customer = TestCustomer.unrelated().directlyWith(CONTOSO).agreedItself();
        licence(customer, "basic", Map.of());
        var id = UUID.randomUUID();
        customer.newCommerceTransfer(id, "InProgress", "basic").load();
        completeNow(customer);
        await(customer.transfersPath() + "/" + id, "Failed");
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("basic"))
                .then()
                .statusCode(200)
                .body("status", is("active"));
        CONTOSO.calls()
                .get(customer.transfersPath() + "/" + id)
                .then()
                .body("lineItems[0].transferError", containsString("no commerce relationship"));
    }

    @Test
    void what_fails_otherwise_is_tried_again_and_given_up_after_three_days_of_the_services_clock() {
        var customer = customerWith("basic").load();
        var path = ask(customer);
        try (var sql = Sql.on(dataSource)) {
            sql.update("alter table customer_order add constraint sabotage check (customer_id <> '%s') not valid"
                    .formatted(customer.id));
            try {
                patch(CONTOSO, path, acceptance(customer, "basic")).then().statusCode(200);
                sql.await(
                        "a failed try",
                        "select count(*) from scheduled_job where task_instance = ? and consecutive_failures > 0",
                        1,
                        path.substring(path.lastIndexOf('/') + 1));
                CONTOSO.calls().get(path).then().body("status", is("InProgress"));
                Sandbox.advanceClock("P3D");
                await(path, "Failed");
            } finally {
                sql.update("alter table customer_order drop constraint sabotage");
            }
            CONTOSO.calls()
                    .get(path)
                    .then()
                    .body(
                            "lineItems[0].transferError",
                            containsString("three days"),
                            "lineItems[0].status",
                            is("Failed"));
            assertEquals(
                    List.of("createtransfer", "updatetransfer", "failtransfer"),
                    sql.column(
                            "select event from audit_record where resource_id = ? order by id",
                            path.substring(path.lastIndexOf('/') + 1)));
        }
        CONTOSO.calls()
                .contentType(JSON)
                .body(Map.of("quantity", 4))
                .patch(customer.path() + "/subscriptions/" + customer.subscription("basic"))
                .then()
                .statusCode(200);
    }

    @Test
    void both_partners_and_the_customer_are_told_of_the_acceptance() {
        var customer = customerWith("basic").load();
        var address = customer.id + "@customer.example";
        var path = ask(customer, requestWith("customerEmailId", address));
        patch(CONTOSO, path, acceptance(customer, "basic")).then().statusCode(200);
        var id = path.substring(path.lastIndexOf('/') + 1);
        for (var to : List.of(address, "admin@contoso.example", "admin@fabrikam.example")) {
            assertEquals(
                    1,
                    SentMails.to(to).stream()
                            .filter(mail -> mail.get("subject").contains("was accepted")
                                    && mail.get("text").contains(id))
                            .count(),
                    to);
        }
    }

    @Test
    void a_moved_subscription_cannot_be_named_again_800078() {
        var customer = customerWith("basic").load();
        var path = ask(customer);
        var second = ask(customer);
        patch(CONTOSO, path, acceptance(customer, "basic")).then().statusCode(200);
        await(path, "Complete");
        patch(CONTOSO, second, acceptance(customer, "basic"))
                .then()
                .statusCode(400)
                .body("code", is(800078));
    }

    /** The jobs of a scenario's transfers are due when the clock comes to their acceptance. */
    private void completeNow(TestCustomer customer) {
        try (var sql = Sql.on(dataSource)) {
            sql.update(
                    "update transfer set last_modified_time = created_time where customer_tenant_id = ?", customer.id);
            sql.update(
                    "update scheduled_job set execution_time = now() where task_instance in"
                            + " (select cast(id as text) from transfer where customer_tenant_id = ?)",
                    customer.id);
        }
    }
}
