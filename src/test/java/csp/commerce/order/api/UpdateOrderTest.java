package csp.commerce.order.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import csp.testsupport.TestPartner;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of an order that is there: add-ons and billing cycles (wire-sessions.md W20, W21). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class UpdateOrderTest {

    private static final String ADD_ON = "5C1A7D62-8B3E-4F0A-9D27-6E4B1C80F3A1";
    private static final String DISCONTINUED = "C5E92B07-1D8F-4A36-9E40-86B7F3D2A15C";

    @Inject
    AgroalDataSource pool;

    @Test
    void W20_an_add_on_is_bought_by_a_patch_of_the_order_of_its_base() {
        var customer = withBase();
        var before = CONTOSO.calls().get(order(customer, "base")).then().extract();
        assertEquals(
                "PATCH", before.path("links.patchOperation.method"), "the link is what this operation is called for");
        var after = patch(CONTOSO.calls(), customer, Map.of("lineItems", List.of(addon(customer, "base"))))
                .statusCode(200)
                .body(
                        "lineItems",
                        hasSize(2),
                        "lineItems.lineItemNumber",
                        is(List.of(0, 1)),
                        "lineItems[1].offerId",
                        is(ADD_ON),
                        "lineItems[1].quantity",
                        is(2),
                        "lineItems[1].parentSubscriptionId",
                        is(customer.upper("base")))
                .extract();
        assertNotEquals(before.<String>path("attributes.etag"), after.<String>path("attributes.etag"));
        assertEquals(
                after.asString(), CONTOSO.calls().get(order(customer, "base")).asString());
        String bought = after.path("lineItems[1].subscriptionId");
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + bought)
                .then()
                .statusCode(200)
                .body(
                        "status",
                        is("active"),
                        "orderId",
                        is(after.<String>path("id").toUpperCase()));
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("base") + "/addons")
                .then()
                .body("totalCount", is(1));
    }

    @Test
    void W20_the_body_of_the_dotnet_sdk_with_all_its_nulls_is_understood() {
        var customer = withBase();
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body("""
                        {"Id":null,"ReferenceCustomerId":null,"BillingCycle":"none","CurrencyCode":null,"LineItems":[
                        {"LineItemNumber":0,"OfferId":"%s","SubscriptionId":null,"ParentSubscriptionId":"%s","FriendlyName":"Some friendly name",
                        "Quantity":2,"PartnerIdOnRecord":null,"Attributes":{"ObjectType":"OrderLineItem"}}],
                        "CreationDate":null,"Status":"","Attributes":{"Etag":null,"ObjectType":"Order"}}""".formatted(ADD_ON, customer.subscription("base")))
                .patch(order(customer, "base")
                        .toUpperCase()
                        .replaceFirst("/V1/CUSTOMERS", "/v1/customers")
                        .replace("ORDERS", "orders"))
                .then()
                .statusCode(200)
                .body("lineItems[1].friendlyName", is("Some friendly name"), "billingCycle", is("annual"));
    }

    @Test
    void W20_an_order_sent_back_with_a_line_more_buys_that_line_alone() {
        var customer = withBase();
        var read = new HashMap<String, Object>(
                CONTOSO.calls().get(order(customer, "base")).jsonPath().getMap("$"));
        var lines = new ArrayList<Object>((List<?>) read.get("lineItems"));
        lines.add(addon(customer, "base"));
        read.put("lineItems", lines);
        patch(CONTOSO.sendsAnything(), customer, read).statusCode(200).body("lineItems", hasSize(2));
        CONTOSO.calls().get(customer.path() + "/subscriptions").then().body("totalCount", is(2));
        patch(CONTOSO.sendsAnything(), customer, read).statusCode(400).body("code", is(2055));
        CONTOSO.calls().get(customer.path() + "/subscriptions").then().body("totalCount", is(2));
    }

    @Test
    void W20_a_stale_etag_is_refused_2055_from_the_header_too() {
        var customer = withBase();
        String etag = CONTOSO.calls().get(order(customer, "base")).path("attributes.etag");
        patch(CONTOSO.calls().header("If-Match", "\"" + etag + "\""), customer, addonOf(customer))
                .statusCode(200);
        refused(CONTOSO.calls().header("If-Match", etag), customer, 400, 2055, addonOf(customer));
        patch(CONTOSO.calls().header("If-Match", "*"), customer, addonOf(customer))
                .statusCode(200);
    }

    @Test
    void W20_a_repeat_buys_once_and_a_repeat_of_a_refusal_is_refused_again_W30() {
        var customer = withBase();
        var id = UUID.randomUUID().toString();
        var first = patch(CONTOSO.calls().header("MS-RequestId", id), customer, addonOf(customer))
                .statusCode(200)
                .extract()
                .asString();
        assertEquals(
                first,
                patch(CONTOSO.calls().header("MS-RequestId", id), customer, addonOf(customer))
                        .statusCode(200)
                        .extract()
                        .asString());
        CONTOSO.calls().get(customer.path() + "/subscriptions").then().body("totalCount", is(2));
        var other = UUID.randomUUID().toString();
        var wrong = Map.<String, Object>of(
                "lineItems",
                List.of(Map.of("offerId", "X", "parentSubscriptionId", customer.upper("base"), "quantity", 1)));
        var refusal = patch(CONTOSO.calls().header("MS-RequestId", other), customer, wrong)
                .statusCode(400)
                .body("code", is(800004))
                .extract()
                .asString();
        for (var i = 0; i < 3; i++) {
            assertEquals(
                    refusal,
                    patch(CONTOSO.calls().header("MS-RequestId", other), customer, wrong)
                            .statusCode(400)
                            .extract()
                            .asString());
        }
    }

    @Test
    void W20_no_add_on_is_bought_for_a_base_in_an_open_transfer_900278_D15() {
        var customer = withBase();
        var transfer = customer.openTransfer("base");
        refused(CONTOSO.calls(), customer, 409, 900278, addonOf(customer));
        CONTOSO.calls().delete(customer.transfersPath() + "/" + transfer).then().statusCode(204);
        patch(CONTOSO.calls(), customer, addonOf(customer)).statusCode(200);
    }

    @Test
    void W20_the_base_is_an_active_one_of_this_order() {
        var customer = TestCustomer.readyToTransfer()
                .license("base", 5)
                .license("other", 5)
                .load();
        refused(CONTOSO.calls(), customer, 400, 800021, Map.of("lineItems", List.of(addon(customer, "other"))));
        refused(
                CONTOSO.calls(),
                customer,
                400,
                800002,
                Map.of("lineItems", List.of(Map.of("offerId", ADD_ON, "quantity", 1))));
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body("{\"status\":\"suspended\"}")
                .patch(customer.path() + "/subscriptions/" + customer.subscription("base"))
                .then()
                .statusCode(200);
        refused(CONTOSO.calls(), customer, 400, 800012, addonOf(customer));
    }

    @Test
    void W20_checks_are_those_of_a_new_order() {
        var customer = withBase();
        refused(CONTOSO.calls("help"), customer, 403, 900150, addonOf(customer));
        refused(new TestPartner().load().sendsAnything(), customer, 403, 20002, addonOf(customer));
        refused(FABRIKAM.sendsAnything(), customer, 404, 20000, addonOf(customer));
        refused(CONTOSO.sendsAnything(), customer, 400, 800002, Map.of());
        refused(
                CONTOSO.sendsAnything(),
                customer,
                400,
                800002,
                Map.of("id", UUID.randomUUID(), "lineItems", List.of(addon(customer, "base"))));
        var discontinued = addon(customer, "base");
        discontinued.put("offerId", DISCONTINUED);
        refused(CONTOSO.calls(), customer, 403, 2091, Map.of("lineItems", List.of(discontinued)));
        var record = addon(customer, "base");
        record.put("partnerIdOnRecord", "4899999");
        refused(CONTOSO.calls(), customer, 404, 800015, Map.of("lineItems", List.of(record)));
        var many = addon(customer, "base");
        many.put("quantity", 0);
        refused(CONTOSO.sendsAnything(), customer, 400, 2002, Map.of("lineItems", List.of(many)));
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(addonOf(customer))
                .patch(customer.path() + "/orders/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", is(20000));
        var without = TestCustomer.unrelated()
                .directlyWith(CONTOSO)
                .license("base", 5)
                .load();
        refused(CONTOSO.calls(), without, 403, 13605, addonOf(without));
    }

    @Test
    void W20_R60_a_restricted_partner_buys_no_add_on_but_changes_a_billing_cycle_R62() {
        var restricted = new TestPartner()
                .with("programs", Map.of("directBill", "restricted"))
                .load();
        var customer = TestCustomer.unrelated()
                .agreedItself()
                .related(Map.of("partner", restricted.tenantId, "kind", "directReseller"))
                .subscription("base", Map.of("partner", restricted.tenantId))
                .load();
        String order = restricted.calls().get(customer.path() + "/orders").path("items[0].id");
        restricted
                .calls()
                .contentType("application/json")
                .body(addonOf(customer))
                .patch(customer.path() + "/orders/" + order)
                .then()
                .statusCode(403)
                .body("code", is(800039));
        restricted
                .calls()
                .contentType("application/json")
                .body(cycle(customer, "base", "monthly"))
                .patch(customer.path() + "/orders/" + order)
                .then()
                .statusCode(200);
    }

    @Test
    void W20_the_change_of_the_order_is_in_the_audit() {
        var customer = withBase();
        patch(CONTOSO.calls(), customer, addonOf(customer)).statusCode(200);
        CONTOSO.calls()
                .queryParam(
                        "filter",
                        "{\"Field\":\"CustomerId\",\"Value\":\"%s\",\"Operator\":\"equals\"}".formatted(customer.id))
                .get("/v1/auditrecords")
                .then()
                .body(
                        "items[0].operationType",
                        is("update_order"),
                        "items[0].resourceType",
                        is("order"),
                        "items[0].resourceOldValue",
                        not(containsString(ADD_ON)),
                        "items[0].resourceNewValue",
                        containsString(ADD_ON),
                        "items[0].customizedData.key",
                        hasItem("SubscriptionId-1"));
    }

    @Test
    void W21_a_billing_cycle_is_changed_by_a_patch_of_the_order_and_then_of_the_subscription() {
        var customer = withBase();
        patch(CONTOSO.calls(), customer, cycle(customer, "base", "Monthly"))
                .statusCode(200)
                .body("billingCycle", is("monthly"), "lineItems", hasSize(1));
        var subscription = customer.path() + "/subscriptions/" + customer.subscription("base");
        CONTOSO.calls()
                .contentType("application/json")
                .body(Map.of("friendlyName", "New", "autoRenewEnabled", true, "billingCycle", "monthly"))
                .patch(subscription)
                .then()
                .statusCode(200)
                .body("friendlyName", is("New"));
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(Map.of("billingCycle", "annual"))
                .patch(subscription)
                .then()
                .statusCode(400)
                .body("code", is(2054));
        patch(CONTOSO.calls(), customer, cycle(customer, "base", "monthly")).statusCode(200);
    }

    @Test
    void W21_the_subscription_shows_the_new_cycle_and_has_a_new_etag() {
        var customer = TestCustomer.readyToTransfer()
                .subscription(
                        "base", Map.of("product", "newCommerceLicense", "offerId", "CFQ7TTC0LH18:0001:CFQ7TTC0K971"))
                .load();
        patch(CONTOSO.calls(), customer, cycle(customer, "base", "monthly")).statusCode(200);
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("base"))
                .then()
                .body("billingCycle", is("monthly"));
    }

    @Test
    void W21_no_billing_cycle_is_changed_in_an_open_transfer_900278() {
        var customer = withBase();
        customer.openTransfer("base");
        refused(CONTOSO.calls(), customer, 409, 900278, cycle(customer, "base", "monthly"));
        patch(CONTOSO.calls(), customer, cycle(customer, "base", "annual")).statusCode(200);
    }

    @Test
    void W21_only_what_is_of_this_order_and_active_and_not_billed_by_use_is_billed_otherwise() {
        var customer = TestCustomer.readyToTransfer()
                .license("base", 5)
                .license("other", 5)
                .azure("azure")
                .subscription("suspended", Map.of("status", "suspended"))
                .subscription("deleted", Map.of("status", "deleted"))
                .load();
        refused(CONTOSO.calls(), customer, 404, 20003, cycle(customer, "other", "monthly"));
        for (var wrong :
                Map.of("suspended", 2054, "deleted", 2011, "azure", 2054).entrySet()) {
            CONTOSO.calls()
                    .contentType("application/json")
                    .body(cycle(customer, wrong.getKey(), "biennial"))
                    .patch(order(customer, wrong.getKey()))
                    .then()
                    .statusCode(400)
                    .body("code", is(wrong.getValue()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void W20_W21_nothing_is_changed_while_a_transfer_takes_hold_of_the_subscription_900278(boolean buys) {
        var customer = TestCustomer.readyToTransfer()
                .license("base", 5)
                .license("other", 5)
                .load();
        var rival = UUID.fromString(customer.openTransfer("other"));
        var path = order(customer, "base");
        var body = buys ? addonOf(customer) : cycle(customer, "base", "monthly");
        try (var creation = Sql.on(pool);
                var database = Sql.on(pool)) {
            creation.hold()
                    .column("select id from subscription where id = ? for update", customer.subscription("base"));
            creation.update("insert into transfer_claim values (?, ?)", customer.subscription("base"), rival);
            var changing = Simultaneously.inBackground(() ->
                    CONTOSO.calls().contentType("application/json").body(body).patch(path));
            database.awaitWaiting(1);
            creation.commit();
            changing.join().then().statusCode(409).body("code", is(900278));
        }
        CONTOSO.calls().get(path).then().body("lineItems", hasSize(1), "billingCycle", is("annual"));
    }

    @ParameterizedTest
    @CsvSource({
        "status,none,OrderStatus",
        "billingCycle,weekly,BillingCycleType",
        "transactionType,Gift,OrderTransactionType"
    })
    void W22_an_unknown_word_is_refused_with_value_and_type_code_0(String field, String word, String type) {
        var customer = withBase();
        var body = new HashMap<String, Object>(addonOf(customer));
        body.put(field, word);
        for (var path : List.of(customer.path() + "/orders", order(customer, "base"))) {
            var caller = CONTOSO.sendsAnything().contentType("application/json").body(body);
            (path.endsWith("/orders") ? caller.post(path) : caller.patch(path))
                    .then()
                    .statusCode(400)
                    .body(
                            "code",
                            is(0),
                            "description",
                            is("The provided value '%s' is not a valid %s.".formatted(word, type)));
        }
    }

    @ParameterizedTest
    @CsvSource({"termDuration,P2Y,TermDuration", "transactionType,Gift,OrderLineItemTransactionType"})
    void W22_an_unknown_word_of_a_line_is_refused_too_code_0(String field, String word, String type) {
        var customer = withBase();
        var line = addon(customer, "base");
        line.put(field, word);
        var text = "The provided value '%s' is not a valid %s.".formatted(word, type);
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(Map.of("lineItems", List.of(line)))
                .post(customer.path() + "/orders")
                .then()
                .statusCode(400)
                .body("code", is(0), "description", is(text));
        patch(CONTOSO.sendsAnything(), customer, Map.of("lineItems", List.of(line)))
                .statusCode(400)
                .body("code", is(0), "description", is(text));
        line.put("subscriptionId", customer.upper("base"));
        patch(CONTOSO.sendsAnything(), customer, Map.of("lineItems", List.of(line)))
                .statusCode(400)
                .body("code", is(0), "description", is(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"Completed\"", "\"pending_review\"", "\"PendingReview\""})
    void W22_null_empty_and_known_words_are_taken(String status) {
        var customer = withBase();
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body("""
                        {"status":%s,"billingCycle":"","transactionType":"UserPurchase","lineItems":[{"offerId":"%s","quantity":1,
                        "transactionType":"New","termDuration":null}]}""".formatted(status, ADD_ON))
                .post(customer.path() + "/orders")
                .then()
                .statusCode(201);
    }

    private static TestCustomer withBase() {
        return TestCustomer.readyToTransfer().license("base", 5).load();
    }

    private static Map<String, Object> addon(TestCustomer customer, String base) {
        return new HashMap<>(Map.of(
                "lineItemNumber", 0, "offerId", ADD_ON, "quantity", 2, "parentSubscriptionId", customer.upper(base)));
    }

    private static Map<String, Object> addonOf(TestCustomer customer) {
        return Map.of("lineItems", List.of(addon(customer, "base")));
    }

    private static Map<String, Object> cycle(TestCustomer customer, String name, String cycle) {
        return Map.of(
                "billingCycle",
                cycle,
                "lineItems",
                List.of(Map.of("lineItemNumber", 0, "subscriptionId", customer.upper(name))));
    }

    /** The order that brought the subscription, as Contoso finds it. */
    private static String order(TestCustomer customer, String name) {
        return customer.path() + "/orders/"
                + CONTOSO.calls()
                        .get(customer.path() + "/subscriptions/" + customer.subscription(name))
                        .<String>path("orderId")
                        .toLowerCase();
    }

    private static ValidatableResponse patch(
            RequestSpecification caller, TestCustomer customer, Map<String, Object> body) {
        return caller.contentType("application/json")
                .body(body)
                .patch(order(customer, "base"))
                .then();
    }

    private static void refused(
            RequestSpecification caller, TestCustomer customer, int status, int code, Map<String, Object> body) {
        var before = everything(customer);
        patch(caller, customer, body).statusCode(status).body("code", is(code));
        assertEquals(before, everything(customer));
    }

    private static String everything(TestCustomer customer) {
        return CONTOSO.sendsAnything().get(customer.path() + "/subscriptions").asString()
                + CONTOSO.sendsAnything().get(customer.path() + "/orders").asString();
    }
}
