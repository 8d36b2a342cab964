package csp.commerce.order.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading orders (storefront.md §4). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderTest {

    private static final String OFFER = "796B6B5F-613C-4E24-A17C-EBA730D49C02";

    private final UUID order = UUID.randomUUID();

    @Test
    void get_all_of_a_customer_s_orders() {
        var customer = customerWithALicenceAndItsOrder();
        var answer = CONTOSO.calls()
                .get(customer.path() + "/orders")
                .then()
                .statusCode(200)
                .header("Content-Type", "application/json; charset=utf-8")
                .body("items[0].creationDate", is("2026-02-02T10:02:40.59+00:00"))
                .extract();
        RecordedShape.file("get-all-of-a-customer-s-orders.json")
                .with("alternateId", "transactionType", "patchOperation")
                .assertFits(answer.asString());
    }

    @Test
    void get_an_order_by_id() {
        var customer = customerWithALicenceAndItsOrder();
        var answer = CONTOSO.calls()
                .get(customer.path() + "/orders/" + order)
                .then()
                .statusCode(200)
                .header("Content-Type", "application/json")
                .body("id", is(order.toString()), "currencySymbol", is("$"))
                .extract();
        RecordedShape.file("get-an-order-by-id.json")
                .with("alternateId", "transactionType", "patchOperation")
                .assertFits(answer.asString());
    }

    @Test
    void get_an_order_by_id_of_new_commerce() {
        var id = "aB" + order.toString().substring(0, 8);
        var customer = customerWith(order(id, Map.of("offerId", "DZH318Z0BQ3Q:006V:DZH318Z0C1J7")));
        var answer = CONTOSO.calls()
                .get(customer.path() + "/orders/" + id)
                .then()
                .statusCode(200)
                .extract();
        RecordedShape.file("get-an-order-by-id.new-commerce.json")
                .with("alternateId", "transactionType", "patchOperation")
                .assertFits(answer.asString());
    }

    @Test
    void an_order_id_may_come_in_upper_case_and_an_opaque_one_has_its_own() {
        var customer = customerWith(
                order(order.toString(), Map.of("offerId", OFFER)),
                order("aB" + order.toString().substring(0, 8), Map.of("offerId", OFFER)));
        CONTOSO.sendsAnything()
                .get(customer.path() + "/orders/" + order.toString().toUpperCase())
                .then()
                .statusCode(200)
                .body("id", is(order.toString()));
        CONTOSO.sendsAnything()
                .get(customer.path() + "/orders/aB" + order.toString().substring(0, 8))
                .then()
                .statusCode(200);
    }

    @Test
    void what_an_order_does_not_know_is_absent() {
        var customer = customerWith(
                order(order.toString(), Map.of("offerId", "MS-AZR-0145P", "partnerIdOnRecord", "4800001")));
        CONTOSO.calls()
                .get(customer.path() + "/orders/" + order)
                .then()
                .statusCode(200)
                .body(
                        "lineItems[0].links.sku",
                        nullValue(),
                        "lineItems[0].subscriptionId",
                        nullValue(),
                        "lineItems[0].links.subscription",
                        nullValue(),
                        "lineItems[0].partnerIdOnRecord",
                        is("4800001"));
    }

    @Test
    void an_accepted_transfer_gives_the_target_an_order_that_it_can_read() {
        var customer = TestCustomer.readyToTransfer()
                .license("base", 5)
                .addon("addon", "base", 2)
                .load();
        var transfer = customer.openTransfer("base");
        String placed = FABRIKAM.calls()
                .contentType("application/json")
                .post(customer.transfersPath() + "/" + transfer + "/accept")
                .then()
                .statusCode(200)
                .extract()
                .path("orders[0].id");
        var subscriptions = FABRIKAM.calls()
                .get(customer.path() + "/subscriptions")
                .then()
                .statusCode(200)
                .extract();
        List<String> ids = subscriptions.path("items.id");
        FABRIKAM.calls()
                .get(customer.path() + "/orders")
                .then()
                .statusCode(200)
                .body(
                        "totalCount",
                        is(1),
                        "items[0].id",
                        is(placed),
                        "items[0].lineItems.lineItemNumber",
                        equalTo(List.of(0, 1)),
                        "items[0].lineItems.subscriptionId.sort()",
                        equalTo(ids.stream().map(String::toUpperCase).sorted().toList()));
        FABRIKAM.calls()
                .get(customer.path() + "/orders/" + placed)
                .then()
                .statusCode(200)
                .body("status", is("completed"));
        CONTOSO.calls().get(customer.path() + "/orders").then().statusCode(200).body("items.id", not(hasItem(placed)));
        CONTOSO.sendsAnything()
                .get(customer.path() + "/orders/" + placed)
                .then()
                .statusCode(404)
                .body("code", is(20000));
    }

    @Test
    void the_parameters_of_real_clients_are_taken() {
        var customer = customerWith(order(order.toString(), Map.of("offerId", OFFER)));
        CONTOSO.sendsAnything()
                .get(customer.path() + "/orders?include_price=false&billingType=")
                .then()
                .statusCode(200)
                .body("totalCount", is(1));
    }

    @ParameterizedTest
    @CsvSource({"monthly,1", "Annual,1", "OneTime,1", "one_time,1", "triennial,0", "'',3"})
    void W35_orders_are_listed_by_billing_cycle(String billingType, int count) {
        var customer = customerWith(cycle("annual"), cycle("monthly"), cycle("one_time"));
        CONTOSO.calls()
                .queryParam("billingType", billingType)
                .get(customer.path() + "/orders")
                .then()
                .statusCode(200)
                .body("totalCount", is(count), "items.billingCycle.unique().size()", is(count));
    }

    @Test
    void W35_an_unknown_billing_cycle_is_refused_by_name_900126() {
        var customer = customerWith(cycle("annual"));
        CONTOSO.sendsAnything()
                .get(customer.path() + "/orders?billingtype=weekly")
                .then()
                .statusCode(400)
                .body("code", is(900126), "description", containsString("'weekly' of billingType"));
    }

    @Test
    void W36_an_order_has_the_keys_of_an_accepted_one_however_it_is_read() {
        var customer = customerWith(
                order(order.toString(), Map.of("offerId", OFFER)),
                order("aB" + order.toString().substring(0, 8), Map.of("offerId", "DZH318Z0BQ3Q:006V:DZH318Z0C1J7")));
        var orders = CONTOSO.calls().get(customer.path() + "/orders").jsonPath();
        for (var i = 0; i < 2; i++) {
            var id = orders.getString("items[%d].id".formatted(i));
            var one = CONTOSO.calls().get(customer.path() + "/orders/" + id).jsonPath();
            for (var read : List.of(orders.getMap("items[%d]".formatted(i)), one.getMap("$"))) {
                assertEquals(id, read.get("alternateId"));
                assertEquals("UserPurchase", read.get("transactionType"));
            }
            assertEquals(
                    "/customers/%s/orders/%s".formatted(customer.id, id), one.getString("links.patchOperation.uri"));
            assertEquals("PATCH", orders.getString("items[%d].links.patchOperation.method".formatted(i)));
        }
    }

    @Test
    void an_unknown_a_malformed_and_anothers_order_are_not_found_20000() {
        var customer = customerWith(order(order.toString(), Map.of("offerId", OFFER)));
        var other = TestCustomer.readyToTransfer().load();
        for (var path : List.of(
                customer.path() + "/orders/" + UUID.randomUUID(),
                customer.path() + "/orders/a%20b",
                customer.path() + "/orders/%00",
                other.path() + "/orders/" + order)) {
            CONTOSO.sendsAnything()
                    .urlEncodingEnabled(false)
                    .get(path)
                    .then()
                    .statusCode(404)
                    .body("code", is(20000));
        }
    }

    private TestCustomer customerWithALicenceAndItsOrder() {
        var customer =
                TestCustomer.readyToTransfer().subscription("licence", Map.of("offerId", OFFER, "orderId", order));
        return customer.with(
                        "orders",
                        List.of(order(
                                order.toString(),
                                Map.of("offerId", OFFER, "subscriptionId", customer.subscription("licence")))))
                .load();
    }

    @SafeVarargs
    private static TestCustomer customerWith(Map<String, Object>... orders) {
        return TestCustomer.readyToTransfer().with("orders", List.of(orders)).load();
    }

    private static Map<String, Object> cycle(String billingCycle) {
        var order = new HashMap<>(order(UUID.randomUUID().toString(), Map.of("offerId", OFFER)));
        order.put("billingCycle", billingCycle);
        return order;
    }

    private static Map<String, Object> order(String id, Map<String, Object> line) {
        return Map.of(
                "id",
                id,
                "partner",
                CONTOSO.tenantId,
                "billingCycle",
                "annual",
                "currencyCode",
                "USD",
                "creationDate",
                "2026-02-02T10:02:40.59Z",
                "lineItems",
                List.of(line));
    }
}
