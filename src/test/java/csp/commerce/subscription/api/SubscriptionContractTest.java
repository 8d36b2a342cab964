package csp.commerce.subscription.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recorded exchanges about subscriptions (storefront.md §3). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class SubscriptionContractTest {

    private static final String WITH_CHARSET = "application/json; charset=utf-8";
    private static final String WITHOUT_CHARSET = "application/json";
    private static final Map<String, Object> NEW_COMMERCE = Map.of(
            "product",
            "newCommerceLicense",
            "offerId",
            "CFQ7TTC0LH18:0001:CFQ7TTC0K971",
            "quantity",
            15,
            "billingCycle",
            "monthly",
            "creationDate",
            "2025-12-01T16:57:15.096672Z",
            "commitmentEndDate",
            "2026-11-30T00:00:00Z");

    @Test
    void get_a_subscription_by_id_of_an_add_on() {
        var customer = TestCustomer.readyToTransfer()
                .license("base", 5)
                .subscription("addon", Map.of("quantity", 2, "creationDate", "2025-12-01T09:30:05.427913Z"))
                .load();
        var family = TestCustomer.readyToTransfer()
                .license("base", 5)
                .addon("addon", "base", 2)
                .load();
        var answer = get(family, "/subscriptions/" + family.subscription("addon"), WITH_CHARSET);
        RecordedShape.file("get-a-subscription-by-id.add-on.json").assertFits(answer.asString());
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("addon"))
                .then()
                .body("creationDate", is("2025-12-01T09:30:05.427Z"), "effectiveStartDate", is("2025-12-01T00:00:00Z"));
    }

    @Test
    void get_a_subscription_by_id_of_legacy_Azure() {
        var customer = TestCustomer.readyToTransfer().azure("Azure").load();
        var answer = get(customer, "/subscriptions/" + customer.upper("Azure"), WITH_CHARSET);
        RecordedShape.file("get-a-subscription-by-id.legacy.json").assertFits(answer.asString());
    }

    @Test
    void get_a_subscription_by_id_of_new_commerce() {
        var customer = TestCustomer.readyToTransfer()
                .subscription("Basic", NEW_COMMERCE)
                .load();
        var answer = get(customer, "/subscriptions/" + customer.subscription("Basic"), WITH_CHARSET);
        RecordedShape.file("get-a-subscription-by-id.new-commerce.json").assertFits(answer.asString());
    }

    @Test
    void get_all_of_a_customer_s_subscriptions() {
        var customer = TestCustomer.readyToTransfer()
                .subscription("first", Map.of("creationDate", "2025-12-01T00:00:00Z"))
                .azure("second")
                .load();
        var answer = get(customer, "/subscriptions", WITHOUT_CHARSET);
        RecordedShape.file("get-all-of-a-customer-s-subscriptions.json").assertFits(answer.asString());
    }

    @Test
    void get_all_of_a_customer_s_subscriptions_in_new_commerce() {
        var customer = TestCustomer.readyToTransfer()
                .subscription("Basic", NEW_COMMERCE)
                .load();
        var answer = get(customer, "/subscriptions", WITHOUT_CHARSET);
        RecordedShape.file("get-all-of-a-customer-s-subscriptions.new-commerce.json")
                .assertFits(answer.asString());
    }

    @Test
    void get_a_list_of_add_ons_for_a_subscription() {
        var customer = TestCustomer.readyToTransfer()
                .license("base", 5)
                .addon("addon", "base", 2)
                .load();
        var answer = get(customer, "/subscriptions/" + customer.subscription("base") + "/addons", WITHOUT_CHARSET);
        RecordedShape.file("get-a-list-of-add-ons-for-a-subscription.json").assertFits(answer.asString());
    }

    @Test
    void the_PascalCase_request_of_every_recorded_change_is_understood() {
        for (var changed : Map.of(
                        "Quantity",
                        3,
                        "Status",
                        "\"suspended\"",
                        "FriendlyName",
                        "\"nickname\"",
                        "AutoRenewEnabled",
                        false)
                .entrySet()) {
            var customer = TestCustomer.readyToTransfer().license("base", 2).load();
            var id = customer.subscription("base");
            var read = get(customer, "/subscriptions/" + id, WITH_CHARSET);
            var body = new LinkedHashMap<String, String>();
            body.put("Id", "\"" + id + "\"");
            body.put("FriendlyName", "\"base\"");
            body.put("Quantity", "2");
            body.put("UnitType", "\"none\"");
            body.put("ParentSubscriptionId", "null");
            body.put("CreationDate", "\"2015-11-25T06:41:12Z\"");
            body.put("Status", "\"active\"");
            body.put("AutoRenewEnabled", "true");
            body.put("BillingType", "\"none\"");
            body.put("PartnerId", "null");
            body.put("ContractType", "\"subscription\"");
            body.put(
                    "Attributes",
                    "{\"Etag\":\"%s\",\"ObjectType\":\"Subscription\"}"
                            .formatted(read.<String>path("attributes.etag")));
            body.put(changed.getKey(), changed.getValue().toString());
            var answer = CONTOSO.calls()
                    .contentType("application/json")
                    .body(json(body))
                    .patch(customer.path() + "/subscriptions/" + id)
                    .then()
                    .statusCode(200)
                    .header("Content-Type", WITHOUT_CHARSET)
                    .extract();
            // The recording is of one that stayed active.
            RecordedShape.file("update-a-subscription-by-id.json")
                    .assertFits(answer.asString().replace("\"suspensionReasons\":[\"CustomerCancellation\"],", ""));
            var property = changed.getKey().substring(0, 1).toLowerCase()
                    + changed.getKey().substring(1);
            assertEquals(
                    changed.getValue().toString().replace("\"", ""),
                    answer.path(property).toString());
        }
    }

    @Test
    void change_a_new_commerce_subscription() {
        var customer = TestCustomer.readyToTransfer()
                .subscription("Basic", NEW_COMMERCE)
                .load();
        var path = "/subscriptions/" + customer.subscription("Basic");
        var read = get(customer, path, WITH_CHARSET).asString();
        var answer = CONTOSO.calls()
                .contentType("application/json")
                .body(read.replace("\"quantity\":15", "\"quantity\":16"))
                .patch(customer.path() + path)
                .then()
                .statusCode(200)
                .body("quantity", is(16))
                .extract();
        RecordedShape.file("update-a-subscription-by-id.new-commerce.json").assertFits(answer.asString());
    }

    @Test
    void a_new_commerce_decrease_is_refused_800090() {
        var customer = TestCustomer.readyToTransfer()
                .subscription("Basic", NEW_COMMERCE)
                .load();
        var answer = CONTOSO.calls()
                .contentType("application/json")
                .body("{\"quantity\":14,\"autoRenewEnabled\":true}")
                .patch(customer.path() + "/subscriptions/" + customer.subscription("Basic"))
                .then()
                .statusCode(400)
                .body("code", is(800090))
                .extract();
        RecordedShape.file("change-the-quantity-of-a-subscription.nce-decrease-refused.json")
                .assertFits(answer.asString());
    }

    @Test
    void W2_W4_W6_a_list_of_legacy_subscriptions_is_as_recorded_key_by_key() {
        var customer = TestCustomer.readyToTransfer()
                .subscription(
                        "azure",
                        Map.of(
                                "product",
                                "azurePayg",
                                "offerId",
                                "MS-AZR-0145P",
                                "creationDate",
                                "2018-04-04T17:08:20.710Z"))
                .subscription("licence", Map.of("status", "suspended", "billingCycle", "monthly"))
                .load();
        var answer = get(customer, "/subscriptions", WITHOUT_CHARSET);
        RecordedShape.file("sessions/GetCustomerSubscription.json").assertFits(answer.asString());
        var body = answer.jsonPath();
        assertEquals(List.of("usage", "license"), body.getList("items.billingType"));
        assertEquals(List.of("monthly", "monthly"), body.getList("items.billingCycle"));
        assertEquals(List.of(false, true), body.getList("items.hasPurchasableAddons"));
        assertEquals(List.of("Cancel", "Edit"), body.getList("items[0].actions"));
        assertEquals(List.of("CustomerCancellation"), body.getList("items[1].suspensionReasons"));
    }

    @Test
    void W2_W4_read_by_id_it_has_the_keys_of_the_list() {
        var customer = TestCustomer.readyToTransfer().azure("azure").load();
        var listed = CONTOSO.calls()
                .get(customer.path() + "/subscriptions")
                .jsonPath()
                .getMap("items[0]");
        var read = get(customer, "/subscriptions/" + customer.subscription("azure"), WITH_CHARSET)
                .jsonPath()
                .getMap("");
        assertEquals(List.copyOf(listed.entrySet()), List.copyOf(read.entrySet()));
    }

    @Test
    void W2_only_what_its_partner_suspended_says_why_it_is_suspended() {
        var customer = TestCustomer.readyToTransfer().license("moved", 3).load();
        FABRIKAM.calls()
                .contentType("application/json")
                .post(customer.transfersPath() + "/" + customer.openTransfer("moved") + "/accept")
                .then()
                .statusCode(200);
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions")
                .then()
                .body("items[0].status", is("suspended"), "items[0].suspensionReasons", nullValue());
    }

    @Test
    void W3_a_licence_has_its_own_id_as_entitlement_and_Azure_that_of_the_subscription_behind_it() {
        var azure = UUID.randomUUID();
        var customer = TestCustomer.readyToTransfer()
                .license("licence", 1)
                .subscription(
                        "azure",
                        Map.of("product", "azurePayg", "offerId", "MS-AZR-0145P", "azureSubscriptionId", azure))
                .load();
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("licence"))
                .then()
                .body("entitlementId", is(customer.upper("licence")));
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("azure"))
                .then()
                .body("entitlementId", is(azure.toString().toUpperCase()));
    }

    @Test
    void W4_ids_of_legacy_subscriptions_are_upper_case_everywhere_and_those_of_new_commerce_lower() {
        var order = UUID.randomUUID();
        var customer = TestCustomer.readyToTransfer()
                .subscription("base", Map.of("orderId", order))
                .addon("addon", "base", 2)
                .load();
        var base = customer.upper("base");
        var uri = "/customers/" + customer.id + "/subscriptions/";
        for (var path : List.of("/subscriptions/" + base, "/subscriptions?order_id=" + order)) {
            var root = path.contains("?") ? "items[0]." : "";
            CONTOSO.calls()
                    .get(customer.path() + path)
                    .then()
                    .body(
                            root + "id",
                            is(base),
                            root + "entitlementId",
                            is(base),
                            root + "orderId",
                            is(order.toString().toUpperCase()),
                            root + "links.self.uri",
                            is(uri + base));
        }
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + base + "/addons")
                .then()
                .body(
                        "items[0].id",
                        is(customer.upper("addon")),
                        "items[0].parentSubscriptionId",
                        is(base),
                        "items[0].links.parentSubscription.uri",
                        is(uri + base));
        var modern = TestCustomer.readyToTransfer()
                .subscription("Basic", NEW_COMMERCE)
                .load();
        CONTOSO.calls()
                .get(modern.path() + "/subscriptions")
                .then()
                .body("items[0].id", is(modern.subscription("Basic").toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "azurePayg,MS-AZR-0145P,2018-04-14T17:08:20Z,9999-12-14T00:00:00Z",
        "azurePayg,MS-AZR-0145P,2026-01-31T23:59:59Z,9999-12-31T00:00:00Z",
        "azurePlan,DZH318Z0BPS6:0001:DZH318Z0BMTX,2025-12-04T00:00:00Z,9999-12-04T00:00:00Z"
    })
    void W5_what_never_ends_ends_on_the_day_of_its_creation_in_December_9999(
            String product, String offer, String created, String end) {
        var customer = TestCustomer.readyToTransfer()
                .subscription("it", Map.of("product", product, "offerId", offer, "creationDate", created))
                .load();
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("it"))
                .then()
                .body("commitmentEndDate", is(end));
        CONTOSO.calls().get(customer.path() + "/subscriptions").then().body("items[0].commitmentEndDate", is(end));
    }

    @Test
    void W6_a_list_with_a_legacy_subscription_has_no_links_and_neither_has_an_empty_one() {
        var customer = TestCustomer.readyToTransfer()
                .license("old", 1)
                .subscription("new", NEW_COMMERCE)
                .load();
        CONTOSO.calls().get(customer.path() + "/subscriptions").then().body("links", nullValue());
        var empty = TestCustomer.readyToTransfer().load();
        CONTOSO.calls().get(empty.path() + "/subscriptions").then().body("links", nullValue());
    }

    private static String json(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> "\"%s\":%s".formatted(property.getKey(), property.getValue()))
                .collect(joining(",", "{", "}"));
    }

    private static ExtractableResponse<Response> get(TestCustomer customer, String path, String contentType) {
        return CONTOSO.calls()
                .get(customer.path() + path)
                .then()
                .statusCode(200)
                .header("Content-Type", contentType)
                .extract();
    }
}
