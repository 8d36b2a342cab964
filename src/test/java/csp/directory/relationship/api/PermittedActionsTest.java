package csp.directory.relationship.api;

import static csp.testsupport.TestCustomer.unrelated;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.CustomerUser;
import csp.testsupport.OwnPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a partner may do per kind of customer (lifecycle.md R42-R46 and the table of §6). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermittedActionsTest {

    private static final Set<String> FOR_RESELLERS = Set.of(
            "readCustomer",
            "askProviderToOrder",
            "manageLicenses",
            "manageUsers",
            "openServiceRequests",
            "viewAnalytics");
    private static final Set<String> FOR_DIRECT_BILL = Set.of(
            "readCustomer",
            "seeSubscriptions",
            "seeOrders",
            "placeOrders",
            "billCustomer",
            "manageLicenses",
            "manageUsers",
            "openServiceRequests",
            "viewAnalytics",
            "createTransfer",
            "removeRelationship",
            "attestAgreement");

    private OwnPartner provider;
    private OwnPartner reseller;

    @BeforeEach // only now the port of the service is known
    void loadPartners() {
        if (provider != null) {
            return;
        }
        provider = OwnPartner.provider().load();
        reseller = OwnPartner.inTransition().partneredWith(provider.tenantId).load();
    }

    @Test
    void a_reseller_does_not_order_see_subscriptions_manage_orders_or_bill_R44() {
        var customer = indirect().load();
        assertEquals(new TreeSet<>(FOR_RESELLERS), permitted(reseller, customer));
        actions(reseller, customer).body("items.findAll { !it.permitted }.code.unique()", is(List.of(2032)));
    }

    @Test
    void a_reseller_asks_its_provider_to_order_and_manages_licences_users_requests_and_analytics_R45() {
        actions(reseller, indirect().load())
                .body(
                        "items.findAll { it.permitted && it.rule == 'R45' }.action",
                        is(List.of(
                                "askProviderToOrder",
                                "manageLicenses",
                                "manageUsers",
                                "openServiceRequests",
                                "viewAnalytics")));
    }

    @Test
    void a_direct_customer_of_a_partner_with_both_roles_shows_everything_R46() {
        assertEquals(new TreeSet<>(FOR_DIRECT_BILL), permitted(reseller, direct().load()));
        var both = direct().related(
                        Map.of("partner", reseller.tenantId, "kind", "indirectReseller", "provider", provider.tenantId))
                .load();
        var all = new TreeSet<>(FOR_DIRECT_BILL);
        all.addAll(FOR_RESELLERS);
        assertEquals(all, permitted(reseller, both));
    }

    @Test
    void subscriptions_and_orders_of_an_indirect_customer_are_refused_2032_R44_R46() {
        var customer = indirect()
                .subscription("e3", Map.of("partner", reseller.tenantId))
                .load();
        var subscription = customer.path() + "/subscriptions/" + customer.subscription("e3");
        for (var path : List.of(
                customer.path() + "/subscriptions",
                subscription,
                subscription + "/addons",
                customer.path() + "/orders",
                customer.path() + "/orders/" + UUID.randomUUID())) {
            refused(reseller.calls("admin").get(path).then(), customer);
        }
        refused(
                reseller.calls("admin")
                        .contentType(JSON)
                        .body(Map.of("quantity", 2))
                        .patch(subscription)
                        .then(),
                customer);
        reseller.calls("admin").get(customer.path()).then().statusCode(200);
        reseller.calls("admin")
                .get("/v1/customers?size=500")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(customer.id.toString()));
    }

    @Test
    void transfers_and_eligibility_of_an_indirect_customer_are_refused_2032_R46() {
        var customer = indirect()
                .subscription("e3", Map.of("partner", reseller.tenantId))
                .agreedItself()
                .load();
        refused(reseller.calls("admin").get(customer.eligibilityPath()).then(), customer);
        refused(
                reseller.calls("admin")
                        .contentType(JSON)
                        .body(Map.of(
                                "sourcePartnerTenantId",
                                reseller.tenantId,
                                "targetPartnerTenantId",
                                provider.tenantId,
                                "lineItems",
                                List.of(Map.of("subscriptionId", customer.subscription("e3")))))
                        .post(customer.transfersPath())
                        .then(),
                customer);
        reseller.calls("admin")
                .get(customer.transfersPath())
                .then()
                .statusCode(200)
                .body("", is(List.of()));
    }

    @Test
    void the_same_operations_are_open_for_a_direct_customer_and_for_the_provider() {
        var customer = direct().related(
                        Map.of("partner", provider.tenantId, "kind", "indirectProvider", "reseller", reseller.tenantId))
                .load();
        for (var partner : List.of(reseller, provider)) {
            partner.calls("admin")
                    .get(customer.path() + "/subscriptions")
                    .then()
                    .statusCode(200);
            partner.calls("admin").get(customer.path() + "/orders").then().statusCode(200);
        }
    }

    @Test
    void a_restricted_partner_places_no_orders_for_its_direct_customers_800039_R60() {
        var restricted = OwnPartner.restricted().load();
        var customer = unrelated()
                .related(Map.of("partner", restricted.tenantId, "kind", "directReseller"))
                .load();
        var expected = new TreeSet<>(FOR_DIRECT_BILL);
        expected.remove("placeOrders");
        assertEquals(expected, permitted(restricted, customer));
        actions(restricted, customer).body("items.find { it.action == 'placeOrders' }.code", is(800039));
    }

    @Test
    void a_provider_manages_licences_and_users_only_with_delegated_administration_R35() {
        var extended = indirect().load();
        actions(provider, extended)
                .body(
                        "items.find { it.action == 'manageLicenses' }.permitted",
                        is(false),
                        "items.find { it.action == 'seeSubscriptions' }.permitted",
                        is(true),
                        "items.find { it.action == 'createTransfer' }.permitted",
                        is(false));
        var invited = unrelated()
                .related(Map.of(
                        "partner",
                        provider.tenantId,
                        "kind",
                        "indirectProvider",
                        "reseller",
                        reseller.tenantId,
                        "delegatedAdmin",
                        true))
                .load();
        actions(provider, invited).body("items.find { it.action == 'manageLicenses' }.permitted", is(true));
    }

    @Test
    void a_stranger_20002_a_customer_2032_and_a_malformed_id_900118_are_refused() {
        var customer = CustomerUser.addTo(indirect()).load();
        OwnPartner.directBill()
                .load()
                .calls("admin")
                .get(path(customer))
                .then()
                .statusCode(403)
                .body("code", is(20002));
        CustomerUser.globalAdminOf(customer)
                .calls()
                .get(path(customer))
                .then()
                .statusCode(403)
                .body("code", is(2032));
        reseller.sendsAnythingAs("admin")
                .get("/portal/v1/customers/alpine/permittedActions")
                .then()
                .statusCode(400)
                .body("code", is(900118));
    }

    private TestCustomer direct() {
        return unrelated().related(Map.of("partner", reseller.tenantId, "kind", "directReseller"));
    }

    private TestCustomer indirect() {
        return unrelated()
                .related(
                        Map.of("partner", provider.tenantId, "kind", "indirectProvider", "reseller", reseller.tenantId))
                .related(Map.of(
                        "partner", reseller.tenantId, "kind", "indirectReseller", "provider", provider.tenantId));
    }

    private static Set<String> permitted(OwnPartner partner, TestCustomer customer) {
        return new TreeSet<>(
                actions(partner, customer).extract().<List<String>>path("items.findAll { it.permitted }.action"));
    }

    private static ValidatableResponse actions(OwnPartner partner, TestCustomer customer) {
        return partner.calls("help").get(path(customer)).then().statusCode(200);
    }

    private static String path(TestCustomer customer) {
        return "/portal/v1/customers/" + customer.id + "/permittedActions";
    }

    private static void refused(ValidatableResponse answer, TestCustomer customer) {
        answer.statusCode(403).body("code", is(2032), "description", containsString(customer.id.toString()));
    }
}
