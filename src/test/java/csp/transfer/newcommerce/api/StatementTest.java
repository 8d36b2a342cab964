package csp.transfer.newcommerce.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static csp.testsupport.NewCommerceWorld.ask;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.licence;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import csp.testsupport.CustomerUser;
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

/** Who pays which days, and what a source may hand over, on the portal. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class StatementTest {

    @Test
    void both_parties_read_which_days_each_pays_as_in_the_vendors_example_W73() {
        var customer = customerWith();
        licence(
                customer,
                "basic",
                Map.of(
                        "quantity", 14,
                        "billingCycle", "annual",
                        "creationDate", "2024-04-10T09:00:00Z",
                        "commitmentEndDate", "2025-04-10T00:00:00Z"));
        licence(customer, "new", Map.of("partner", FABRIKAM.tenantId, "movedFrom", customer.subscription("basic")));
        var id = completed(customer, "basic", "new");
        for (var partner : List.of(CONTOSO, FABRIKAM)) {
            partner.calls()
                    .get("/portal/v1/transfers/" + id + "/statement")
                    .then()
                    .statusCode(200)
                    .body(
                            "transferDate",
                            is("2024-06-15"),
                            "sourcePartnerId",
                            is(CONTOSO.tenantId.toString()),
                            "targetPartnerId",
                            is(FABRIKAM.tenantId.toString()),
                            "lines",
                            hasSize(1))
                    .rootPath("lines[0]")
                    .body(
                            "subscriptionId",
                            is(customer.subscription("basic").toString()),
                            "newSubscriptionId",
                            is(customer.subscription("new").toString()),
                            "orderId",
                            is("0bbbbbbb-0000-4000-8000-000000000001"),
                            "quantity",
                            is(14),
                            "source.from",
                            is("2024-04-10"),
                            "source.to",
                            is("2024-06-14"),
                            "source.days",
                            is(66),
                            "target.from",
                            is("2024-06-15"),
                            "target.to",
                            is("2025-04-09"),
                            "target.days",
                            is(299),
                            "refund.days",
                            is(299),
                            "refund.share",
                            is(0.8192f));
        }
        NORTHWIND
                .calls()
                .get("/portal/v1/transfers/" + id + "/statement")
                .then()
                .statusCode(404)
                .body("code", is(900100));
        CONTOSO.calls("help")
                .get("/portal/v1/transfers/" + id + "/statement")
                .then()
                .statusCode(403)
                .body("code", is(900150));
    }

    private static UUID completed(TestCustomer customer, String name, String moved) {
        var id = UUID.randomUUID();
        customer.load();
        var transfer = new LinkedHashMap<String, Object>(Map.of(
                "id", id,
                "type", "newCommerce",
                "source", CONTOSO.tenantId,
                "target", FABRIKAM.tenantId,
                "status", "Complete",
                "createdTime", "2024-06-01T09:00:00Z",
                "lastModifiedTime", "2024-06-15T12:30:00Z",
                "completedTime", "2024-06-15T12:30:00Z",
                "lineItems",
                        List.of(Map.of(
                                "subscriptionId",
                                customer.subscription(name),
                                "productType",
                                "OnlineServicesNCE",
                                "newSubscriptionId",
                                customer.subscription(moved),
                                "orderId",
                                "0bbbbbbb-0000-4000-8000-000000000001"))));
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
                .statusCode(201);
        return id;
    }

    @Test
    void while_it_is_in_progress_the_days_are_not_known_and_before_there_is_no_statement_900102() {
        var customer = customerWith("basic");
        var id = UUID.randomUUID();
        customer.newCommerceTransfer(id, "InProgress", "basic").load();
        FABRIKAM.calls()
                .get("/portal/v1/transfers/" + id + "/statement")
                .then()
                .statusCode(200)
                .body("transferDate", nullValue(), "lines[0].status", is("InProgress"), "lines[0].target", nullValue());
        var pending = ask(customer);
        FABRIKAM.calls()
                .get("/portal/v1/transfers" + pending.substring(pending.lastIndexOf('/')) + "/statement")
                .then()
                .statusCode(400)
                .body("code", is(900102));
    }

    @Test
    void a_legacy_transfer_has_none_900141() {
        var customer = TestCustomer.readyToTransfer().license("e3", 1).load();
        CONTOSO.calls()
                .get("/portal/v1/transfers/" + customer.openTransfer("e3") + "/statement")
                .then()
                .statusCode(400)
                .body("code", is(900141));
        CONTOSO.sendsAnything()
                .get("/portal/v1/transfers/x/statement")
                .then()
                .statusCode(404)
                .body("code", is(900100));
    }

    @Test
    void the_source_reads_what_it_may_hand_over_and_why_not() {
        var customer = CustomerUser.addTo(customerWith("basic", "held"));
        licence(customer, "asleep", Map.of("status", "suspended"));
        licence(customer, "add-on", Map.of("parentSubscriptionId", customer.subscription("basic")));
        customer.license("legacy", 1)
                .newCommerceTransfer(UUID.randomUUID(), "InProgress", "held")
                .load();
        var path = "/portal/v1/customers/" + customer.id + "/transferEligibility";
        var seen = CONTOSO.sendsAnything()
                .get(path + "?type=NewCommerce")
                .then()
                .statusCode(200)
                .body("totalCount", is(5));
        for (var expected : Map.of("basic", true, "held", false, "asleep", false, "add-on", false, "legacy", false)
                .entrySet()) {
            seen.body(
                    "items.find { it.id == '%s' }.isEligible".formatted(customer.subscription(expected.getKey())),
                    is(expected.getValue()));
        }
        seen.body(
                "items.find { it.id == '%s' }.productType".formatted(customer.subscription("basic")),
                is("OnlineServicesNCE"));
        CONTOSO.sendsAnything().get(path).then().statusCode(400).body("code", is(800002));
        CONTOSO.sendsAnything()
                .get(path + "?type=sideways")
                .then()
                .statusCode(400)
                .body("code", is(900126));
        NORTHWIND.calls().get(path + "?type=newcommerce").then().statusCode(403).body("code", is(20002));
        CONTOSO.calls("help")
                .get(path + "?type=newcommerce")
                .then()
                .statusCode(403)
                .body("code", is(900150));
        CustomerUser.globalAdminOf(customer)
                .calls()
                .get(path + "?type=newcommerce")
                .then()
                .statusCode(403)
                .body("code", is(2032));
    }
}
