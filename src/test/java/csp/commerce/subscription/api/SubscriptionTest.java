package csp.commerce.subscription.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading subscriptions (storefront.md §3). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class SubscriptionTest {

    @ParameterizedTest
    @CsvSource({
        "license,Licenses,license",
        "azurePayg,Usage-based,usage",
        "azurePlan,Usage-based,usage",
        "azureReservation,none,none",
        "azureSavingsPlan,none,none",
        "termBased,Licenses,license",
        "marketplaceSaas,Licenses,license",
        "newCommerceLicense,Licenses,license"
    })
    void unit_and_billing_type_follow_the_product(String product, String unitType, String billingType) {
        var customer = TestCustomer.readyToTransfer()
                .subscription("it", Map.of("product", product, "offerId", "A:B:C"))
                .load();
        CONTOSO.sendsAnything()
                .get(customer.path() + "/subscriptions/" + customer.subscription("it"))
                .then()
                .statusCode(200)
                .body("unitType", is(unitType), "billingType", is(billingType));
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "suspended", "deleted", "expired", "pending", "disabled"})
    void every_status_is_listed_as_it_is(String status) {
        var customer = TestCustomer.readyToTransfer()
                .subscription("it", Map.of("status", status))
                .load();
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions")
                .then()
                .statusCode(200)
                .body("items.status", equalTo(List.of(status)));
    }

    @Test
    void the_offer_is_linked_in_the_country_of_the_customer() {
        var customer = TestCustomer.readyToTransfer()
                .with("country", "DE")
                .license("it", 1)
                .load();
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions")
                .then()
                .body("items[0].links.offer.uri", endsWith("?country=DE"));
    }

    @Test
    void the_reseller_is_shown_where_one_is_recorded() {
        var customer = TestCustomer.readyToTransfer()
                .subscription("with", Map.of("partnerIdOnRecord", "4800001"))
                .license("without", 1)
                .load();
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("with"))
                .then()
                .body("partnerId", is("4800001"));
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("without"))
                .then()
                .body("partnerId", nullValue());
    }

    @Test
    void a_list_can_be_of_one_order_or_of_one_reseller() {
        var order = UUID.randomUUID().toString();
        var customer = TestCustomer.readyToTransfer()
                .subscription("a", Map.of("orderId", order))
                .subscription("b", Map.of("partnerIdOnRecord", "4800001"))
                .license("c", 1)
                .load();
        for (var id : List.of(order, order.toUpperCase())) {
            CONTOSO.calls()
                    .queryParam("order_id", id)
                    .get(customer.path() + "/subscriptions")
                    .then()
                    .statusCode(200)
                    .body("items.friendlyName", equalTo(List.of("a")), "totalCount", is(1));
        }
        CONTOSO.calls()
                .queryParam("mpn_id", "4800001")
                .get(customer.path() + "/subscriptions")
                .then()
                .body("items.friendlyName", equalTo(List.of("b")));
        CONTOSO.calls()
                .queryParam("mpn_id", "4800002")
                .get(customer.path() + "/subscriptions")
                .then()
                .body("items", empty());
        CONTOSO.sendsAnything()
                .get(customer.path() + "/subscriptions?order_id=&mpn_id=")
                .then()
                .body("totalCount", is(3));
    }

    @Test
    void add_ons_are_listed_with_their_base_alone() {
        var customer = TestCustomer.readyToTransfer()
                .license("base", 5)
                .addon("one", "base", 1)
                .addon("two", "base", 1)
                .license("other", 5)
                .addon("three", "other", 1)
                .load();
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("base") + "/addons")
                .then()
                .statusCode(200)
                .body(
                        "totalCount",
                        is(2),
                        "items.parentSubscriptionId.unique()",
                        equalTo(List.of(customer.upper("base"))));
    }

    @Test
    void a_base_without_add_ons_and_an_add_on_have_an_empty_collection() {
        var customer = TestCustomer.readyToTransfer()
                .license("lonely", 5)
                .license("base", 5)
                .addon("one", "base", 1)
                .load();
        for (var name : List.of("lonely", "one")) {
            CONTOSO.calls()
                    .get(customer.path() + "/subscriptions/" + customer.subscription(name) + "/addons")
                    .then()
                    .statusCode(200)
                    .body("totalCount", is(0), "items", empty());
        }
    }

    @Test
    void an_unknown_a_malformed_and_anothers_subscription_are_not_found_20003() {
        var customer = TestCustomer.readyToTransfer().license("it", 1).load();
        var other = TestCustomer.readyToTransfer().license("it", 1).load();
        for (var id : List.of(
                UUID.randomUUID().toString(),
                "no-guid",
                other.subscription("it").toString())) {
            for (var path : List.of("", "/addons")) {
                CONTOSO.sendsAnything()
                        .get(customer.path() + "/subscriptions/" + id + path)
                        .then()
                        .statusCode(404)
                        .body("code", is(20003));
            }
        }
        FABRIKAM.sendsAnything()
                .get(customer.path() + "/subscriptions/" + customer.subscription("it"))
                .then()
                .statusCode(404)
                .body("code", is(20003));
        FABRIKAM.calls()
                .get(customer.path() + "/subscriptions")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @Test
    void at_the_source_a_moved_licence_is_suspended_and_a_moved_Azure_subscription_is_gone() {
        var customer = TestCustomer.readyToTransfer()
                .license("licence", 3)
                .azure("azure")
                .load();
        var transfer = customer.openTransfer("licence", "azure");
        FABRIKAM.calls()
                .contentType("application/json")
                .post(customer.transfersPath() + "/" + transfer + "/accept")
                .then()
                .statusCode(200);
        CONTOSO.calls()
                .get(customer.path() + "/subscriptions")
                .then()
                .statusCode(200)
                .body(
                        "totalCount",
                        is(1),
                        "items[0].id",
                        is(customer.upper("licence")),
                        "items[0].status",
                        is("suspended"));
        CONTOSO.sendsAnything()
                .get(customer.path() + "/subscriptions/" + customer.subscription("azure"))
                .then()
                .statusCode(404)
                .body("code", is(20003));
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body("{\"status\":\"active\"}")
                .patch(customer.path() + "/subscriptions/" + customer.subscription("licence"))
                .then()
                .statusCode(400)
                .body("code", is(800040));
        FABRIKAM.calls().get(customer.path() + "/subscriptions").then().body("totalCount", is(2));
    }
}
