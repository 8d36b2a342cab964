package csp.commerce.order.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import csp.testsupport.TestPartner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Buying for a customer, as far as the lifecycle has rules for it (storefront.md §4; lifecycle.md R43, R56, R60, R62). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CreateOrderTest {

    private static final String E3 = "796B6B5F-613C-4E24-A17C-EBA730D49C02";
    private static final String ADD_ON = "5C1A7D62-8B3E-4F0A-9D27-6E4B1C80F3A1";
    private static final String DISCONTINUED = "C5E92B07-1D8F-4A36-9E40-86B7F3D2A15C";
    private static final String AZURE = "MS-AZR-0145P";
    private static final String NEW_COMMERCE = "CFQ7TTC0LH18:0001:CFQ7TTC0K971";

    @Test
    void a_licence_is_bought_and_active_at_once() {
        var customer = TestCustomer.readyToTransfer().load();
        var order = order(CONTOSO.calls(), customer, line(E3.toLowerCase(), 5))
                .statusCode(201)
                .body(
                        "status",
                        is("completed"),
                        "referenceCustomerId",
                        is(customer.id.toString()),
                        "billingCycle",
                        is("annual"),
                        "currencyCode",
                        is("USD"),
                        "lineItems",
                        hasSize(1),
                        "lineItems[0].offerId",
                        is(E3),
                        "lineItems[0].friendlyName",
                        is("Microsoft 365 E3"),
                        "lineItems[0].quantity",
                        is(5))
                .extract();
        var id = order.<String>path("id");
        assertEquals(
                order.asString(),
                CONTOSO.calls().get(customer.path() + "/orders/" + id).asString());
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + order.path("lineItems[0].subscriptionId"))
                .then()
                .statusCode(200)
                .body(
                        "status",
                        is("active"),
                        "quantity",
                        is(5),
                        "orderId",
                        is(id.toUpperCase()),
                        "offerName",
                        is("Microsoft 365 E3"),
                        "autoRenewEnabled",
                        is(true));
        FABRIKAM.calls().get(customer.path() + "/subscriptions").then().body("totalCount", is(0));
    }

    @Test
    void an_add_on_names_its_base() {
        var customer = TestCustomer.readyToTransfer().license("base", 5).load();
        var line = line(ADD_ON, 2);
        line.put("parentSubscriptionId", customer.subscription("base").toString());
        var addon = order(CONTOSO.calls(), customer, line)
                .statusCode(201)
                .body("lineItems[0].parentSubscriptionId", is(customer.upper("base")))
                .extract()
                .<String>path("lineItems[0].subscriptionId");
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("base") + "/addons")
                .then()
                .body("items.id", is(List.of(addon)));
    }

    @Test
    void several_lines_make_one_order() {
        var customer = TestCustomer.readyToTransfer().load();
        var azure = line(AZURE, 1);
        azure.remove("quantity");
        order(CONTOSO.sendsAnything(), customer, line(E3, 1), azure, line(NEW_COMMERCE, 3))
                .statusCode(201)
                .body("lineItems.lineItemNumber", is(List.of(0, 1, 2)));
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions")
                .then()
                .body(
                        "totalCount",
                        is(3),
                        "items.unitType",
                        hasItem("Usage-based"),
                        "items.commitmentEndDate",
                        hasItem(startsWith("9999-12-")));
        CONTOSO.calls().get(customer.path() + "/orders").then().body("totalCount", is(1));
    }

    @Test
    void what_an_SDK_leaves_unset_counts_as_absent() {
        var customer = TestCustomer.readyToTransfer().load();
        var line = new HashMap<String, Object>();
        line.put("LineItemNumber", 0);
        line.put("OfferId", E3);
        line.put("Quantity", 1);
        line.put("FriendlyName", null);
        line.put("ParentSubscriptionId", null);
        line.put("PartnerIdOnRecord", "");
        line.put("TermDuration", "");
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(Map.of("ReferenceCustomerId", customer.id, "BillingCycle", "unknown", "LineItems", List.of(line)))
                .post(customer.path() + "/orders")
                .then()
                .statusCode(201)
                .body("billingCycle", is("annual"));
    }

    @Test
    void term_and_billing_cycle_are_as_ordered() {
        var customer = TestCustomer.readyToTransfer().load();
        var line = line(NEW_COMMERCE, 2);
        line.put("termDuration", "P3Y");
        CONTOSO.calls()
                .contentType("application/json")
                .body(Map.of("billingCycle", "monthly", "lineItems", List.of(line)))
                .post(customer.path() + "/orders")
                .then()
                .statusCode(201)
                .body("billingCycle", is("monthly"));
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions")
                .then()
                .body("items[0].termDuration", is("P3Y"), "items[0].billingCycle", is("monthly"));
    }

    @Test
    void R43_direct_bill_does_not_buy_for_a_customer_acquired_as_reseller_2032() {
        var customer = TestCustomer.unrelated()
                .agreedItself()
                .related(Map.of("partner", CONTOSO.tenantId, "kind", "indirectReseller", "provider", FABRIKAM.tenantId))
                .throughProvider(FABRIKAM, CONTOSO)
                .load();
        order(CONTOSO.sendsAnything(), customer, line(E3, 1)).statusCode(403).body("code", is(2032));
        order(FABRIKAM.sendsAnything(), customer, line(E3, 1)).statusCode(201);
    }

    @Test
    void R56_nobody_buys_before_the_customer_agreement_13605() {
        var customer = TestCustomer.unrelated()
                .directlyWith(CONTOSO)
                .throughProvider(FABRIKAM, CONTOSO)
                .load();
        refused(CONTOSO.sendsAnything(), customer, 403, 13605, line(E3, 1));
        customer.later().agreedByAttestationOf(CONTOSO).load();
        refused(FABRIKAM.sendsAnything(), customer, 403, 13605, line(E3, 1));
        order(CONTOSO.sendsAnything(), customer, line(E3, 1)).statusCode(201);
    }

    @Test
    void R60_a_restricted_partner_buys_neither_subscriptions_nor_add_ons_800039() {
        var restricted = new TestPartner()
                .with("programs", Map.of("directBill", "restricted"))
                .load();
        var customer = ofPartner(restricted);
        refused(restricted.sendsAnything(), customer, 403, 800039, line(E3, 1));
        var addon = line(ADD_ON, 1);
        addon.put("parentSubscriptionId", customer.subscription("base").toString());
        refused(restricted.sendsAnything(), customer, 403, 800039, addon);
    }

    @Test
    void R62_a_restricted_partner_still_changes_the_seats_of_what_is_there() {
        var restricted = new TestPartner()
                .with("programs", Map.of("directBill", "restricted"))
                .load();
        var customer = ofPartner(restricted);
        for (var name : List.of("base", "add-on")) {
            restricted
                    .sendsAnything()
                    .contentType("application/json")
                    .body(Map.of("quantity", 9, "autoRenewEnabled", true))
                    .patch(customer.path() + "/subscriptions/" + customer.subscription(name))
                    .then()
                    .statusCode(200)
                    .body("quantity", is(9));
        }
    }

    @Test
    void R61_R62_a_restricted_partner_keeps_renewing_and_suspends_and_reactivates_what_is_there() {
        var restricted = new TestPartner()
                .with("programs", Map.of("directBill", "restricted"))
                .load();
        var customer = ofPartner(restricted);
        var base = customer.path() + "/subscriptions/" + customer.subscription("base");
        for (var status : List.of("suspended", "active")) {
            restricted
                    .sendsAnything()
                    .contentType("application/json")
                    .body(Map.of("status", status, "autoRenewEnabled", true))
                    .patch(base)
                    .then()
                    .statusCode(200)
                    .body("status", is(status), "autoRenewEnabled", is(true));
        }
    }

    @Test
    void a_provider_whose_programme_is_not_active_does_not_buy_900149() {
        var former = new TestPartner()
                .with("programs", Map.of("indirectProvider", "restricted"))
                .load();
        var customer = TestCustomer.unrelated()
                .agreedItself()
                .related(Map.of("partner", former.tenantId, "kind", "indirectProvider"))
                .load();
        refused(former.sendsAnything(), customer, 403, 900149, line(E3, 1));
        var neither = new TestPartner()
                .with("programs", Map.of("indirectReseller", "enrolled"))
                .load();
        var direct = TestCustomer.unrelated()
                .agreedItself()
                .related(Map.of("partner", neither.tenantId, "kind", "directReseller"))
                .load();
        refused(neither.sendsAnything(), direct, 403, 900149, line(E3, 1));
    }

    @Test
    void R75_a_discontinued_offer_is_refused_2091_naming_its_equivalent() {
        var customer = TestCustomer.readyToTransfer().load();
        refused(CONTOSO.sendsAnything(), customer, 403, 2091, line(DISCONTINUED, 1));
        order(CONTOSO.sendsAnything(), customer, line(DISCONTINUED, 1)).body("description", containsString(E3));
        refused(CONTOSO.sendsAnything(), customer, 403, 2091, line("F47B28A3-0E6D-4C95-8312-D5A9C16E7B40", 1));
    }

    @Test
    void one_bad_line_and_nothing_is_bought() {
        var customer = TestCustomer.readyToTransfer().load();
        refused(CONTOSO.sendsAnything(), customer, 400, 800004, line(E3, 1), line("X1", 1));
    }

    @Test
    void the_base_must_be_an_active_base_that_the_caller_holds() {
        var customer = TestCustomer.readyToTransfer()
                .license("base", 1)
                .addon("add-on", "base", 1)
                .subscription("suspended", Map.of("status", "suspended"))
                .subscription("theirs", Map.of("partner", FABRIKAM.tenantId))
                .load();
        for (var wrong : List.of(customer.subscription("add-on"), customer.subscription("theirs"), UUID.randomUUID())) {
            var line = line(ADD_ON, 1);
            line.put("parentSubscriptionId", wrong.toString());
            refused(CONTOSO.sendsAnything(), customer, 400, 800021, line);
        }
        var line = line(ADD_ON, 1);
        line.put("parentSubscriptionId", customer.subscription("suspended").toString());
        refused(CONTOSO.sendsAnything(), customer, 400, 800012, line);
    }

    @Test
    void no_add_on_is_bought_for_a_base_that_an_open_transfer_holds_900278() {
        var customer = TestCustomer.readyToTransfer()
                .license("base", 5)
                .license("free", 5)
                .load();
        var transfer = customer.openTransfer("base");
        var line = line(ADD_ON, 2);
        line.put("parentSubscriptionId", customer.subscription("base").toString());
        order(CONTOSO.calls(), customer, line(E3, 1), line)
                .statusCode(409)
                .body(
                        "code",
                        is(900278),
                        "description",
                        is(
                                "lineItems[1].parentSubscriptionId: subscription %s has a pending operation, the open transfer %s."
                                        .formatted(customer.subscription("base"), transfer)));
        refused(CONTOSO.calls(), customer, 409, 900278, line);
        var other = line(ADD_ON, 2);
        other.put("parentSubscriptionId", customer.subscription("free").toString());
        order(CONTOSO.calls(), customer, other).statusCode(201);
        CONTOSO.calls().delete(customer.transfersPath() + "/" + transfer).then().statusCode(204);
        order(CONTOSO.calls(), customer, line).statusCode(201);
    }

    @Test
    void the_partner_on_record_must_be_an_enrolled_reseller() {
        var customer = TestCustomer.readyToTransfer().load();
        var line = line(E3, 1);
        line.put("partnerIdOnRecord", "4899999");
        refused(FABRIKAM.sendsAnything(), customer, 404, 800015, line);
        line.put("partnerIdOnRecord", FABRIKAM.mpnId);
        refused(FABRIKAM.sendsAnything(), customer, 400, 800016, line);
        line.put("partnerIdOnRecord", CONTOSO.mpnId);
        order(FABRIKAM.sendsAnything(), customer, line)
                .statusCode(201)
                .body("lineItems[0].partnerIdOnRecord", is(CONTOSO.mpnId));
    }

    @Test
    void strangers_and_helpdesk_agents_do_not_buy() {
        var customer = TestCustomer.readyToTransfer().load();
        order(new TestPartner().load().sendsAnything(), customer, line(E3, 1))
                .statusCode(403)
                .body("code", is(20002));
        refused(CONTOSO.calls("help"), customer, 403, 900150, line(E3, 1));
        order(CONTOSO.calls("sales"), customer, line(E3, 1)).statusCode(201);
    }

    @Test
    void a_repeat_buys_once_ST5() {
        var customer = TestCustomer.readyToTransfer().load();
        var id = UUID.randomUUID().toString();
        var first = order(CONTOSO.calls().header("MS-RequestId", id), customer, line(E3, 1))
                .statusCode(201)
                .extract();
        assertEquals(
                first.asString(),
                order(CONTOSO.calls().header("MS-RequestId", id), customer, line(E3, 1))
                        .extract()
                        .asString());
        CONTOSO.calls().get(customer.path() + "/orders").then().body("totalCount", is(1));
        order(CONTOSO.calls().header("MS-RequestId", id), customer, line(E3, 2))
                .statusCode(409)
                .body("code", is(800002));
    }

    @Test
    void the_order_is_in_the_audit_with_its_details() {
        var customer = TestCustomer.readyToTransfer().load();
        var order =
                order(CONTOSO.calls(), customer, line(E3, 5)).statusCode(201).extract();
        CONTOSO.calls()
                .queryParam(
                        "filter",
                        "{\"Field\":\"CustomerId\",\"Value\":\"%s\",\"Operator\":\"equals\"}".formatted(customer.id))
                .get("/v1/auditrecords")
                .then()
                .body(
                        "totalCount",
                        is(1),
                        "items[0].operationType",
                        is("create_order"),
                        "items[0].resourceType",
                        is("order"),
                        "items[0].resourceNewValue",
                        containsString("\"LineItems\":[{\"LineItemNumber\":0,\"OfferId\":\"" + E3),
                        "items[0].customizedData.key",
                        is(List.of(
                                "OrderId",
                                "BillingCycle",
                                "OfferId-0",
                                "SubscriptionId-0",
                                "SubscriptionName-0",
                                "Quantity-0",
                                "PartnerOnRecord-0")),
                        "items[0].customizedData[0].value",
                        is(order.<String>path("id")),
                        "items[0].customizedData[1].value",
                        is("Annual"),
                        "items[0].customizedData[6].value",
                        nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10000001", "99999999999999999999"})
    void a_quantity_out_of_range_is_refused_2002(String quantity) {
        raw("{\"lineItems\":[{\"offerId\":\"%s\",\"quantity\":%s}]}".formatted(E3, quantity), 400, 2002, "quantity");
    }

    @Test
    void what_is_billed_by_use_has_no_number_of_seats_2002() {
        raw("{\"lineItems\":[{\"offerId\":\"%s\",\"quantity\":2}]}".formatted(AZURE), 400, 2002, "quantity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lineItemNumber | \"zero\"",
                "offerId | null",
                "offerId | \"\"",
                "offerId | 7",
                "friendlyName | 7",
                "friendlyName | \"a\\nb\"",
                "quantity | null",
                "quantity | \"one\"",
                "quantity | 1.5",
                "quantity | true",
                "termDuration | 1",
                "partnerIdOnRecord | 4800001",
                "parentSubscriptionId | \"base\"",
                "parentSubscriptionId | 7"
            })
    void a_value_of_the_wrong_kind_in_a_line_is_refused_800002_by_name(String field, String value) {
        var line =
                "{\"lineItemNumber\":0,\"offerId\":\"%s\",\"friendlyName\":\"n\",\"quantity\":1,\"termDuration\":\"P1Y\",\"partnerIdOnRecord\":\"4800001\",\"parentSubscriptionId\":null}"
                        .formatted(E3)
                        .replaceAll(
                                "\"%s\":(\"[^\"]*\"|[^,}]*)".formatted(field),
                                "\"%s\":%s".formatted(field, Matcher.quoteReplacement(value)));
        raw("{\"lineItems\":[%s]}".formatted(line), 400, 800002, "lineItems[0]." + field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | lineItems",
                "{\"lineItems\":null} | lineItems",
                "{\"lineItems\":[]} | lineItems",
                "{\"lineItems\":{}} | lineItems",
                "{\"lineItems\":[1]} | lineItems[0]",
                "{\"billingCycle\":1,\"lineItems\":[{\"offerId\":\"x\",\"quantity\":1}]} | billingCycle",
                "{\"referenceCustomerId\":\"x\",\"lineItems\":[]} | referenceCustomerId",
                "{\"referenceCustomerId\":\"c0000000-0000-4000-8000-000000000001\",\"lineItems\":[]} | referenceCustomerId",
                "[] | body",
                "`` | body",
                "{ | body"
            })
    void a_body_that_cannot_be_is_refused_800002(String body, String mentioned) {
        raw(body, 400, 800002, mentioned);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"billingCycle\":\"weekly\",\"lineItems\":[{\"offerId\":\"x\",\"quantity\":1}]} | 'weekly' is not a valid BillingCycleType",
                "{\"lineItems\":[{\"offerId\":\"x\",\"quantity\":1,\"termDuration\":\"P2Y\"}]} | 'P2Y' is not a valid TermDuration"
            })
    void W22_an_unknown_word_is_refused_code_0(String body, String mentioned) {
        raw(body, 400, 0, mentioned);
    }

    private static TestCustomer ofPartner(TestPartner partner) {
        var customer = TestCustomer.unrelated()
                .agreedItself()
                .related(Map.of("partner", partner.tenantId, "kind", "directReseller"))
                .subscription("base", Map.of("partner", partner.tenantId));
        return customer.subscription(
                        "add-on",
                        Map.of("partner", partner.tenantId, "parentSubscriptionId", customer.subscription("base")))
                .load();
    }

    private static Map<String, Object> line(String offerId, int quantity) {
        return new HashMap<>(Map.of("lineItemNumber", 0, "offerId", offerId, "quantity", quantity));
    }

    @SafeVarargs
    private static ValidatableResponse order(
            RequestSpecification caller, TestCustomer customer, Map<String, Object>... lines) {
        return caller.contentType("application/json")
                .body(Map.of("referenceCustomerId", customer.id, "lineItems", lines))
                .post(customer.path() + "/orders")
                .then();
    }

    @SafeVarargs
    private static void refused(
            RequestSpecification caller, TestCustomer customer, int status, int code, Map<String, Object>... lines) {
        var before =
                CONTOSO.sendsAnything().get(customer.path() + "/subscriptions").asString();
        order(caller, customer, lines).statusCode(status).body("code", is(code));
        assertEquals(
                before,
                CONTOSO.sendsAnything().get(customer.path() + "/subscriptions").asString());
    }

    private static void raw(String body, int status, int code, String mentioned) {
        var customer = TestCustomer.readyToTransfer().load();
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(body)
                .post(customer.path() + "/orders")
                .then()
                .statusCode(status)
                .body("code", is(code), "description", allOf(containsString(mentioned), not(containsString("csp."))));
        CONTOSO.calls().get(customer.path() + "/subscriptions").then().body("totalCount", is(0));
    }
}
