package csp.transfer.legacy.eligibility.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.LITWARE;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static csp.testsupport.TestCustomer.readyToTransfer;
import static csp.testsupport.TestCustomer.unrelated;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
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

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class TransferEligibilityTest {

    @Test
    void every_subscription_of_the_customer_has_an_entry_and_each_ineligible_one_a_reason_TR13_D12() {
        var customer =
                readyToTransfer().license("e3", 1).addon("audio", "e3", 1).azure("azure");
        var states = Map.of(
                "suspended",
                "Suspended",
                "deleted",
                "Deleted",
                "expired",
                "Expired",
                "pending",
                "Pending",
                "disabled",
                "Disabled");
        states.keySet().forEach(state -> customer.subscription(state, Map.of("status", state)));
        customer.subscription("unsynced", Map.of("syncState", "none"))
                .subscription("plan", Map.of("product", "azurePlan"))
                .subscription("reservation", Map.of("product", "azureReservation"))
                .subscription("term", Map.of("product", "termBased"))
                .subscription("saas", Map.of("product", "marketplaceSaas"))
                .subscription("nce", Map.of("product", "newCommerceLicense"))
                .license("open", 1)
                .load();
        var transfer = customer.openTransfer("open");
        var expected = new LinkedHashMap<String, String>();
        expected.put("e3", null);
        expected.put("azure", null);
        expected.put("audio", "Subscription: %s is an add-on of: " + customer.upper("e3"));
        states.forEach((name, state) -> expected.put(name, "Subscription: %s is in state: " + state));
        expected.put("unsynced", "Subscription: %s is in sync state: None");
        expected.put("plan", "Subscription: %s is of type: AzurePlan");
        expected.put("reservation", "Subscription: %s is of type: AzureReservation");
        expected.put("term", "Subscription: %s is of type: TermBased");
        expected.put("saas", "Subscription: %s is of type: SaaS");
        expected.put("nce", "Subscription: %s is of type: OnlineServicesNCE");
        expected.put("open", "subscription is already part of another transfer request id : " + transfer);
        var entries = reasons(customer);
        expected.forEach((name, reason) -> assertEquals(
                reason == null ? "eligible" : reason.formatted(customer.upper(name)),
                entries.get(customer.upper(name)),
                name));
        assertEquals(expected.size(), entries.size());
    }

    @Test
    void a_base_with_an_ineligible_add_on_is_not_eligible_and_says_which_D11() {
        var customer = readyToTransfer().license("held", 1).license("kept", 1);
        customer.subscription(
                "suspended", Map.of("parentSubscriptionId", customer.subscription("held"), "status", "suspended"));
        customer.subscription(
                        "deleted", Map.of("parentSubscriptionId", customer.subscription("kept"), "status", "deleted"))
                .load();
        var entries = reasons(customer);
        assertEquals("eligible", entries.get(customer.upper("kept")));
        assertEquals(
                "Subscription: %s has an add-on that is not eligible. Subscription: %s is in state: Suspended"
                        .formatted(customer.upper("held"), customer.upper("suspended")),
                entries.get(customer.upper("held")));
    }

    @Test
    void a_reason_of_the_customer_comes_before_one_of_the_partner_and_after_one_of_the_subscription_D11() {
        var customer = unrelated().directlyWith(LITWARE);
        customer.subscription("e3", Map.of("partner", LITWARE.tenantId))
                .subscription("suspended", Map.of("partner", LITWARE.tenantId, "status", "suspended"))
                .load();
        assertReason(customer, "e3", "Customer: " + customer.id + " has no relationship with an indirect provider");
        assertReason(customer, "suspended", "Subscription: " + customer.upper("suspended") + " is in state: Suspended");
        add(
                customer.id,
                Map.of("relationships", List.of(Map.of("partner", FABRIKAM.tenantId, "kind", "indirectProvider"))));
        assertReason(customer, "e3", "Customer: " + customer.id + " has not accepted the Microsoft Customer Agreement");
        add(customer.id, Map.of("agreements", List.of(Map.of("type", "MicrosoftCustomerAgreement"))));
        assertReason(customer, "e3", "Partner: " + LITWARE.tenantId + " is not enrolled as an indirect reseller");
    }

    @Test
    void the_type_comes_before_the_state_and_the_state_before_the_sync_state_D11() {
        var customer = readyToTransfer()
                .subscription("plan", Map.of("product", "azurePlan", "status", "deleted", "syncState", "none"))
                .subscription("licence", Map.of("status", "deleted", "syncState", "none"))
                .load();
        var entries = reasons(customer);
        assertEquals(
                "Subscription: %s is of type: AzurePlan".formatted(customer.upper("plan")),
                entries.get(customer.upper("plan")));
        assertEquals(
                "Subscription: %s is in state: Deleted".formatted(customer.upper("licence")),
                entries.get(customer.upper("licence")));
    }

    @Test
    void a_moved_subscription_says_so() {
        var customer = readyToTransfer().license("e3", 1).load();
        FABRIKAM.calls()
                .post(customer.transfersPath() + "/" + customer.openTransfer("e3") + "/accept")
                .then()
                .statusCode(200);
        assertEquals(
                Map.of(customer.upper("e3"), "Subscription: " + customer.upper("e3") + " has already been transfered"),
                reasons(customer));
    }

    @Test
    void the_answer_is_a_bare_array_with_ids_in_upper_case_Q2_Q4() {
        var customer = readyToTransfer().license("e3", 1).load();
        CONTOSO.calls()
                .get(customer.eligibilityPath())
                .then()
                .statusCode(200)
                .header("Content-Type", is("application/json"))
                .header("X-Locale", is((Object) null))
                .body("id", is(List.of(customer.upper("e3"))), "isEligible", everyItem(is(true)), "[0].size()", is(2));
    }

    @Test
    void a_customer_without_subscriptions_has_no_entries() {
        CONTOSO.calls()
                .get(readyToTransfer().load().eligibilityPath())
                .then()
                .statusCode(200)
                .body("", empty());
    }

    @Test
    void each_partner_sees_only_what_it_holds() {
        var customer = readyToTransfer().license("ours", 1);
        customer.subscription("theirs", Map.of("partner", FABRIKAM.tenantId)).load();
        CONTOSO.calls().get(customer.eligibilityPath()).then().body("id", is(List.of(customer.upper("ours"))));
        FABRIKAM.calls().get(customer.eligibilityPath()).then().body("id", is(List.of(customer.upper("theirs"))));
    }

    @Test
    void the_transfer_type_is_required_800002_known_900126_and_compared_ignoring_case() {
        var customer = readyToTransfer().load();
        var path = customer.path() + "/transferseligibility";
        CONTOSO.sendsAnything()
                .get(path)
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", containsString("transferType"));
        CONTOSO.sendsAnything()
                .get(path + "?transferType=")
                .then()
                .statusCode(400)
                .body("code", is(800002));
        CONTOSO.sendsAnything()
                .get(path + "?transferType=indirecttodirect")
                .then()
                .statusCode(400)
                .body("code", is(900126), "description", containsString("indirecttodirect"));
        CONTOSO.sendsAnything()
                .get(path + "?transferType=DirectToIndirect")
                .then()
                .statusCode(200);
    }

    @Test
    void strangers_and_helpdesk_agents_are_refused_20002_900150() {
        var customer = readyToTransfer().load();
        NORTHWIND.calls().get(customer.eligibilityPath()).then().statusCode(403).body("code", is(20002));
        CONTOSO.calls("help")
                .get(customer.eligibilityPath())
                .then()
                .statusCode(403)
                .body("code", is(900150));
        CONTOSO.sendsAnything()
                .get("/v1/customers/x/transferseligibility")
                .then()
                .statusCode(400)
                .body("code", is(900118));
    }

    private static Map<String, String> reasons(TestCustomer customer) {
        var reasons = new LinkedHashMap<String, String>();
        List<Map<String, Object>> entries = CONTOSO.calls()
                .get(customer.eligibilityPath())
                .then()
                .statusCode(200)
                .extract()
                .path("");
        entries.forEach(entry -> reasons.put(
                (String) entry.get("id"),
                Boolean.TRUE.equals(entry.get("isEligible")) ? "eligible" : (String) entry.get("reason")));
        return reasons;
    }

    private static void assertReason(TestCustomer customer, String name, String reason) {
        LITWARE.calls()
                .get(customer.eligibilityPath())
                .then()
                .statusCode(200)
                .body("find { it.id == '%s' }.reason".formatted(customer.upper(name)), is(reason));
    }

    private static void add(UUID customerId, Map<String, Object> additions) {
        var customer = new LinkedHashMap<String, Object>(additions);
        customer.put("tenantId", customerId);
        customer.put("companyName", "Customer " + customerId);
        DemoPartner.operatorCalls()
                .body(Map.of("customers", List.of(customer)))
                .post("/sandbox/scenarios")
                .then()
                .statusCode(201);
    }
}
