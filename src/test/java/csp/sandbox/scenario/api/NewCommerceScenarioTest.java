package csp.sandbox.scenario.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.licence;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** New-commerce transfers of a scenario, in every state (design §3). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class NewCommerceScenarioTest {

    @Test
    void transfers_in_every_state_are_loaded_shown_and_exported_as_the_same_text() {
        var customer = customerWith("a", "b", "c", "d", "e");
        licence(customer, "new", Map.of("partner", FABRIKAM.tenantId, "movedFrom", customer.subscription("a")));
        var ids = new LinkedHashMap<String, UUID>();
        for (var status : List.of("Pending", "Cancel", "Reject", "Expired")) {
            ids.put(status, UUID.randomUUID());
            customer.newCommerceTransfer(ids.get(status), status);
        }
        for (var line :
                Map.of("Complete", "a", "Failed", "b", "InProgress", "c").entrySet()) {
            ids.put(line.getKey(), UUID.randomUUID());
            customer.newCommerceTransfer(ids.get(line.getKey()), line.getKey(), line.getValue());
        }
        customer.load();
        ids.forEach((status, id) -> CONTOSO.calls()
                .get(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(200)
                .body("status", is(status), "transferType", is(5), "customerEmailId", is("")));
        FABRIKAM.calls()
                .get(customer.transfersPath() + "/" + ids.get("Complete"))
                .then()
                .body(
                        "lineItems[0].subscriptionId",
                        is(customer.subscription("new").toString()));
        var export = Sandbox.export();
        Sandbox.load(export).then().statusCode(201).body("transfers", is(0), "subscriptions", is(0), "orders", is(0));
        assertEquals(export, Sandbox.export());
    }

    @Test
    void what_cannot_be_is_refused_with_its_path_800002() {
        var customer = customerWith("a", "b").license("legacy", 1).load();
        refused(customer, Map.of("status", "Active"), "status");
        refused(customer, Map.of("transferType", 4), "transferType");
        refused(customer, Map.of("targetProductTypes", List.of()), "targetProductTypes");
        refused(customer, Map.of("completedTime", "2026-01-01"), "completedTime");
        refused(customer, Map.of("lineItems", List.of(line(customer, "a", Map.of()))), "lineItems");
        refused(customer, Map.of("status", "InProgress"), "lineItems");
        refused(customer, Map.of("status", "InProgress", "expirationTime", "2026-01-01"), "expirationTime");
        for (var line : List.<Map<String, Object>>of(
                Map.of("quantity", 3),
                Map.of("status", "Complete"),
                Map.of("newSubscriptionId", UUID.randomUUID()),
                Map.of("orderId", "o-1"),
                Map.of("transferError", "no"))) {
            refused(
                    customer,
                    Map.of("status", "InProgress", "lineItems", List.of(line(customer, "a", line))),
                    "lineItems[0]." + line.keySet().iterator().next());
        }
        refused(
                customer,
                Map.of("status", "InProgress", "lineItems", List.of(line(customer, "legacy", Map.of()))),
                "lineItems[0].productType");
        refused(
                customer,
                Map.of(
                        "status",
                        "Complete",
                        "lineItems",
                        List.of(line(customer, "a", Map.of("newSubscriptionId", UUID.randomUUID())))),
                "lineItems[0].newSubscriptionId");
        refused(
                customer,
                Map.of("status", "PartiallyComplete", "lineItems", List.of(line(customer, "a", Map.of()))),
                "lineItems");
        refused(
                customer,
                Map.of(
                        "status",
                        "InProgress",
                        "lineItems",
                        List.of(line(customer, "a", Map.of()), line(customer, "a", Map.of()))),
                "lineItems[1]");
        CONTOSO.calls().get(customer.transfersPath()).then().body("size()", is(0));
    }

    private static Map<String, Object> line(TestCustomer customer, String name, Map<String, Object> more) {
        var line = new LinkedHashMap<String, Object>(Map.of("subscriptionId", customer.subscription(name)));
        line.putAll(more);
        return line;
    }

    private static void refused(TestCustomer customer, Map<String, Object> properties, String path) {
        var transfer = new LinkedHashMap<String, Object>(Map.of(
                "id",
                UUID.randomUUID(),
                "type",
                "newCommerce",
                "source",
                CONTOSO.tenantId,
                "target",
                FABRIKAM.tenantId));
        transfer.putAll(properties);
        Sandbox.load(Map.of(
                        "customers",
                        List.of(Map.of(
                                "tenantId",
                                customer.id,
                                "companyName",
                                "Customer " + customer.id,
                                "transfers",
                                List.of(transfer)))))
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString("customers[0].transfers[0]." + path));
    }
}
