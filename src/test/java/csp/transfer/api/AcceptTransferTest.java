package csp.transfer.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static csp.testsupport.TestCustomer.readyToTransfer;
import static csp.testsupport.TestCustomer.unrelated;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class AcceptTransferTest {

    @Test
    void the_target_accepts_and_gets_an_order_per_line_TR17() {
        var customer = readyToTransfer().license("e3", 25).license("visio", 3).load();
        var id = customer.openTransfer("e3", "visio");
        var accepted = accept(FABRIKAM, customer, id)
                .statusCode(200)
                .body(
                        "orders",
                        hasSize(2),
                        "transferErrors",
                        empty(),
                        "orders.status",
                        is(List.of("completed", "completed")),
                        "orders.referenceCustomerId",
                        hasItem(customer.id.toString()),
                        "orders.lineItems.flatten().quantity",
                        is(List.of(25, 3)),
                        "orders.lineItems.flatten().partnerIdOnRecord",
                        is(List.of("4800001", "4800001")))
                .extract();
        var transfer = read(CONTOSO, customer, id);
        assertEquals("Complete", transfer.getString("status"));
        assertEquals(accepted.<List<String>>path("orders.id"), transfer.getList("lineItems.orderId"));
        assertEquals(List.of("0", "1"), transfer.getList("lineItems.transferGroupId"));
        assertEquals(List.of("Complete", "Complete"), transfer.getList("lineItems.status"));
        FABRIKAM.calls()
                .get(customer.path() + "/orders")
                .then()
                .statusCode(200)
                .body(
                        "items.id",
                        hasItems(accepted.<List<String>>path("orders.id").toArray(String[]::new)));
    }

    @Test
    void the_subscriptions_appear_at_the_target_with_ids_of_their_own_TR17_TR19_D7() {
        var customer = readyToTransfer().license("e3", 25).load();
        accept(FABRIKAM, customer, customer.openTransfer("e3")).statusCode(200);
        var there = subscriptions(FABRIKAM, customer);
        assertEquals(List.of("e3"), there.getList("items.friendlyName"));
        assertEquals(List.of(25), there.getList("items.quantity"));
        assertEquals(List.of("active"), there.getList("items.status"));
        assertEquals(List.of("4800001"), there.getList("items.partnerId"));
        assertNotEquals(
                customer.subscription("e3").toString(),
                there.getString("items[0].id").toLowerCase());
    }

    @Test
    void a_licence_stays_listed_at_the_source_as_suspended_TR16() {
        var customer = readyToTransfer().license("e3", 25).license("kept", 1).load();
        accept(FABRIKAM, customer, customer.openTransfer("e3")).statusCode(200);
        var here = subscriptions(CONTOSO, customer);
        assertEquals("suspended", here.getString("items.find { it.friendlyName == 'e3' }.status"));
        assertEquals("active", here.getString("items.find { it.friendlyName == 'kept' }.status"));
    }

    @Test
    void an_azure_subscription_leaves_the_list_of_the_source_and_keeps_its_entitlement_TR16_TR18_D7() {
        var customer = readyToTransfer().azure("azure").license("kept", 1).load();
        var entitlement =
                subscriptions(CONTOSO, customer).getString("items.find { it.friendlyName == 'azure' }.entitlementId");
        accept(FABRIKAM, customer, customer.openTransfer("azure")).statusCode(200);
        assertEquals(List.of("kept"), subscriptions(CONTOSO, customer).getList("items.friendlyName"));
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("azure"))
                .then()
                .statusCode(404)
                .body("code", is(20003));
        var there = subscriptions(FABRIKAM, customer);
        assertEquals(List.of(entitlement), there.getList("items.entitlementId"));
        assertNotEquals(
                customer.subscription("azure").toString(),
                there.getString("items[0].id").toLowerCase());
        CONTOSO.calls().get(customer.eligibilityPath()).then().body("id", is(List.of(customer.upper("kept"))));
    }

    @Test
    void add_ons_move_with_their_base_into_one_order_and_hang_on_the_new_base_TR7() {
        var customer = readyToTransfer()
                .license("e3", 25)
                .addon("audio", "e3", 25)
                .addon("visio", "e3", 5)
                .load();
        var id = customer.openTransfer("e3");
        accept(FABRIKAM, customer, id)
                .statusCode(200)
                .body("orders", hasSize(1), "orders[0].lineItems.lineItemNumber", is(List.of(0, 1, 2)));
        var there = subscriptions(FABRIKAM, customer);
        var base = there.getString("items.find { it.friendlyName == 'e3' }.id");
        for (var addon : List.of("audio", "visio")) {
            assertEquals(
                    base.toLowerCase(),
                    there.getString("items.find { it.friendlyName == '%s' }.parentSubscriptionId".formatted(addon))
                            .toLowerCase());
        }
        FABRIKAM.calls()
                .get(customer.path() + "/subscriptions/" + base + "/addons")
                .then()
                .statusCode(200)
                .body("totalCount", is(2));
        var line = read(FABRIKAM, customer, id);
        assertEquals(List.of("Complete", "Complete"), line.getList("lineItems[0].addonItems.status"));
    }

    @Test
    void the_new_subscription_gets_the_quantity_of_the_day_of_the_request_TR9_TR10() {
        var customer = readyToTransfer().license("e3", 25).load();
        var id = customer.openTransfer("e3");
        CONTOSO.calls()
                .contentType(JSON)
                .body(Map.of("quantity", 40))
                .patch(customer.path() + "/subscriptions/" + customer.subscription("e3"))
                .then()
                .statusCode(200);
        assertEquals(List.of(25), read(CONTOSO, customer, id).getList("lineItems.quantity"));
        accept(FABRIKAM, customer, id).statusCode(200).body("orders[0].lineItems[0].quantity", is(25));
        assertEquals(List.of(25), subscriptions(FABRIKAM, customer).getList("items.quantity"));
    }

    @Test
    void a_line_that_fails_does_not_stop_its_siblings() {
        var customer = readyToTransfer()
                .license("good", 1)
                .subscription("unsynced", Map.of("syncState", "none"))
                .license("also good", 2);
        var id = UUID.randomUUID();
        customer.transfer(id, "Active", Map.of("partnerIdOnRecord", "4800001"), "good", "unsynced", "also good")
                .load();
        var text =
                "Subscription SyncState must be SyncComplete for the Subscription to be a source in a Subscription Ownership"
                        + " Transfer. Subscription: " + customer.subscription("unsynced") + ", current state: None";
        accept(FABRIKAM, customer, id.toString())
                .statusCode(200)
                .body(
                        "orders",
                        hasSize(2),
                        "transferErrors",
                        hasSize(1),
                        "transferErrors[0].transferGroupId",
                        is("1"),
                        "transferErrors[0].code",
                        is(900103),
                        "transferErrors[0].description",
                        is(text),
                        "transferErrors[0].lineItems[0].id",
                        is(1),
                        "transferErrors[0].lineItems[0].subscriptionId",
                        is(customer.upper("unsynced")),
                        "transferErrors[0].lineItems[0].sourceSubscriptionId",
                        is(customer.upper("unsynced")),
                        "transferErrors[0].lineItems[0].entitlementId",
                        is(customer.upper("unsynced")));
        var transfer = read(CONTOSO, customer, id.toString());
        assertEquals("PartiallyComplete", transfer.getString("status"));
        assertEquals(List.of("Complete", "Failed", "Complete"), transfer.getList("lineItems.status"));
        assertEquals(text, transfer.getString("lineItems[1].transferError"));
        assertEquals(
                List.of("also good", "good"), subscriptions(FABRIKAM, customer).getList("items.friendlyName.sort()"));
        assertEquals(
                "active",
                subscriptions(CONTOSO, customer).getString("items.find { it.friendlyName == 'unsynced' }.status"));
    }

    @Test
    void the_subscriptions_of_failed_lines_are_free_at_once_D2() {
        var customer = readyToTransfer().license("e3", 1);
        var id = UUID.randomUUID();
        customer.transfer(id, "Active", Map.of(), "e3").load();
        suspend(customer, "e3");
        accept(FABRIKAM, customer, id.toString()).statusCode(200);
        patch(customer, "e3", Map.of("status", "active", "autoRenewEnabled", true));
        customer.openTransfer("e3");
    }

    @Test
    void an_acceptance_in_which_every_line_fails_is_answered_with_200_and_ends_partially_complete_D2() {
        var customer = readyToTransfer().license("one", 1).license("two", 1).load();
        var id = customer.openTransfer("one", "two");
        suspend(customer, "one");
        suspend(customer, "two");
        accept(FABRIKAM, customer, id)
                .statusCode(200)
                .body(
                        "orders",
                        empty(),
                        "transferErrors",
                        hasSize(2),
                        "transferErrors[0].description",
                        is("Subscription: " + customer.subscription("one") + " is in state: Suspended"));
        assertEquals("PartiallyComplete", read(CONTOSO, customer, id).getString("status"));
        assertEquals(0, subscriptions(FABRIKAM, customer).getInt("totalCount"));
    }

    @Test
    void a_subscription_that_moved_meanwhile_fails_with_the_recorded_text_Q7_Q8() {
        var customer = readyToTransfer().license("moved", 1).license("good", 1);
        var id = UUID.randomUUID();
        customer.transfer(UUID.randomUUID(), "Complete", Map.of(), "moved")
                .transfer(id, "Active", Map.of(), "moved", "good")
                .load();
        accept(FABRIKAM, customer, id.toString())
                .statusCode(200)
                .body(
                        "orders",
                        hasSize(1),
                        "transferErrors[0].description",
                        is("Subscription has already been transfered. Subscription: "
                                + customer.subscription("moved")));
    }

    @Test
    void a_base_and_its_add_ons_fail_together_D11() {
        var customer =
                readyToTransfer().license("e3", 1).addon("audio", "e3", 1).load();
        var id = customer.openTransfer("e3");
        suspend(customer, "audio");
        accept(FABRIKAM, customer, id)
                .statusCode(200)
                .body(
                        "orders",
                        empty(),
                        "transferErrors[0].lineItems[0].addonItems",
                        hasSize(1),
                        "transferErrors[0].description",
                        containsString(customer.subscription("audio") + " is in state: Suspended"));
        assertEquals(
                "active", subscriptions(CONTOSO, customer).getString("items.find { it.friendlyName == 'e3' }.status"));
        assertEquals(List.of("Failed"), read(CONTOSO, customer, id).getList("lineItems[0].addonItems.status"));
    }

    @Test
    void the_whole_request_is_accepted_and_a_body_selects_nothing_TR22() {
        var customer = readyToTransfer().license("one", 1).license("two", 1).load();
        var id = customer.openTransfer("one", "two");
        FABRIKAM.sendsAnything()
                .contentType(JSON)
                .body(Map.of("lineItems", List.of(Map.of("subscriptionId", customer.upper("one")))))
                .post(customer.transfersPath() + "/" + id + "/accept")
                .then()
                .statusCode(200)
                .body("orders", hasSize(2));
    }

    @Test
    void the_order_is_spelled_as_recorded() {
        var customer = readyToTransfer().license("e3", 1).load();
        accept(FABRIKAM, customer, customer.openTransfer("e3"))
                .header("X-Locale", is("en-US"))
                .body(
                        "orders[0].creationDate",
                        matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,2}[1-9])?\\+00:00"),
                        "orders[0].transactionType",
                        is("UserPurchase"),
                        "orders[0].lineItems[0].links",
                        is(Map.of()),
                        "orders[0].lineItems[0].subscriptionId",
                        is((Object) null),
                        "attributes.objectType",
                        is("TransferSubmitResult"));
    }

    @Test
    void only_the_target_may_accept_900150_and_a_stranger_does_not_see_it_900100() {
        var customer = readyToTransfer()
                .throughProvider(NORTHWIND, CONTOSO)
                .license("e3", 1)
                .load();
        var id = customer.openTransfer("e3");
        refused(CONTOSO, customer, id, 403, 900150);
        refused(NORTHWIND, customer, id, 404, 900100);
        FABRIKAM.calls("help")
                .post(customer.transfersPath() + "/" + id + "/accept")
                .then()
                .statusCode(403)
                .body("code", is(900150));
        assertEquals("Active", read(CONTOSO, customer, id).getString("status"));
    }

    @Test
    void admin_and_sales_agents_of_the_target_may_accept_D4() {
        for (var user : List.of("admin", "sales")) {
            var customer = readyToTransfer().license("e3", 1).load();
            var id = customer.openTransfer("e3");
            FABRIKAM.calls(user)
                    .post(customer.transfersPath() + "/" + id + "/accept")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void a_closed_transfer_cannot_be_accepted_900102_and_stays_as_it_was() {
        var customer = readyToTransfer().license("e3", 1).license("other", 1).load();
        var rejected = customer.openTransfer("e3");
        FABRIKAM.calls()
                .contentType(JSON)
                .body(Map.of("status", "reject"))
                .patch(customer.transfersPath() + "/" + rejected)
                .then()
                .statusCode(200);
        refused(FABRIKAM, customer, rejected, 400, 900102);
        assertEquals("Reject", read(CONTOSO, customer, rejected).getString("status"));
        var accepted = customer.openTransfer("other");
        accept(FABRIKAM, customer, accepted).statusCode(200);
        refused(FABRIKAM, customer, accepted, 400, 900102);
        assertEquals(1, subscriptions(FABRIKAM, customer).getInt("totalCount"));
    }

    @Test
    void a_provider_whose_programme_is_not_active_cannot_accept_900149_and_the_transfer_stays_active() {
        assertRefusedAndActive(
                Map.of("programs", Map.of("indirectProvider", "restricted"), "partnerAgreementSigned", true),
                Map.of(
                        "programs",
                        Map.of("directBill", "active", "indirectReseller", "enrolled"),
                        "partnerAgreementSigned",
                        true),
                900149);
    }

    @Test
    void a_reseller_without_partner_agreement_cannot_hand_over_900123_and_the_transfer_stays_active() {
        assertRefusedAndActive(
                Map.of("programs", Map.of("indirectProvider", "active"), "partnerAgreementSigned", true),
                Map.of(
                        "programs",
                        Map.of("directBill", "active", "indirectReseller", "enrolled"),
                        "partnerAgreementSigned",
                        false),
                900123);
    }

    @Test
    void a_provider_without_partner_agreement_cannot_accept_900124_and_the_transfer_stays_active() {
        assertRefusedAndActive(
                Map.of("programs", Map.of("indirectProvider", "active"), "partnerAgreementSigned", false),
                Map.of(
                        "programs",
                        Map.of("directBill", "active", "indirectReseller", "enrolled"),
                        "partnerAgreementSigned",
                        true),
                900124);
    }

    @Test
    void without_customer_agreement_nothing_moves_13605_and_the_transfer_stays_active_TR3() {
        var customer = unrelated()
                .directlyWith(CONTOSO)
                .throughProvider(FABRIKAM, CONTOSO)
                .license("e3", 1);
        var id = UUID.randomUUID();
        customer.transfer(id, "Active", Map.of(), "e3").load();
        refused(FABRIKAM, customer, id.toString(), 403, 13605);
        assertEquals("Active", read(CONTOSO, customer, id.toString()).getString("status"));
    }

    /** Two partners of the test's own in a state that the demo world has not, with an active transfer between them. */
    private static void assertRefusedAndActive(Map<String, Object> target, Map<String, Object> source, int code) {
        var sourceId = UUID.randomUUID();
        var targetId = UUID.randomUUID();
        var clientId = UUID.randomUUID();
        var customerId = UUID.randomUUID();
        var subscriptionId = UUID.randomUUID();
        var transferId = UUID.randomUUID();
        var targetPartner = new HashMap<>(target);
        targetPartner.putAll(Map.of(
                "tenantId",
                targetId,
                "name",
                "Target",
                "applications",
                List.of(Map.of("clientId", clientId, "clientSecret", "target-secret"))));
        var sourcePartner = new HashMap<>(source);
        sourcePartner.putAll(Map.of("tenantId", sourceId, "name", "Source"));
        DemoPartner.operatorCalls()
                .body(Map.of(
                        "partners",
                        List.of(targetPartner, sourcePartner),
                        "customers",
                        List.of(Map.of(
                                "tenantId",
                                customerId,
                                "companyName",
                                "Customer",
                                "relationships",
                                List.of(
                                        Map.of("partner", sourceId, "kind", "directReseller"),
                                        Map.of("partner", targetId, "kind", "indirectProvider", "reseller", sourceId)),
                                "agreements",
                                List.of(Map.of("type", "MicrosoftCustomerAgreement")),
                                "subscriptions",
                                List.of(Map.of(
                                        "id",
                                        subscriptionId,
                                        "partner",
                                        sourceId,
                                        "product",
                                        "license",
                                        "offerId",
                                        "MS-0001")),
                                "transfers",
                                List.of(Map.of(
                                        "id",
                                        transferId,
                                        "source",
                                        sourceId,
                                        "target",
                                        targetId,
                                        "lineItems",
                                        List.of(Map.of("subscriptionId", subscriptionId))))))))
                .post("/sandbox/scenarios")
                .then()
                .statusCode(201);
        var token = DemoPartner.tokenOf(targetId, clientId, "target-secret");
        var path = "/v1/customers/" + customerId + "/transfers/" + transferId;
        DemoPartner.callsWith(token)
                .post(path + "/accept")
                .then()
                .statusCode(403)
                .body("code", is(code));
        DemoPartner.callsWith(token)
                .get(path)
                .then()
                .statusCode(200)
                .body("status", is("Active"), "lineItems[0].status", is((Object) null));
    }

    private static ValidatableResponse accept(DemoPartner caller, TestCustomer customer, String id) {
        return caller.calls()
                .post(customer.transfersPath() + "/" + id + "/accept")
                .then();
    }

    private static void refused(DemoPartner caller, TestCustomer customer, String id, int status, int code) {
        accept(caller, customer, id).statusCode(status).body("code", is(code), "description", not(""));
    }

    private static JsonPath read(DemoPartner viewer, TestCustomer customer, String id) {
        return viewer.calls()
                .get(customer.transfersPath() + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath subscriptions(DemoPartner viewer, TestCustomer customer) {
        return viewer.calls()
                .get(customer.path() + "/subscriptions")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void suspend(TestCustomer customer, String name) {
        patch(customer, name, Map.of("status", "suspended"));
    }

    private static void patch(TestCustomer customer, String name, Map<String, Object> change) {
        CONTOSO.calls()
                .contentType(JSON)
                .body(change)
                .patch(customer.path() + "/subscriptions/" + customer.subscription(name))
                .then()
                .statusCode(200);
    }
}
