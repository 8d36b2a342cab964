package csp.directory.relationship.api;

import static csp.testsupport.TestCustomer.unrelated;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import csp.testsupport.CustomerUser;
import csp.testsupport.OwnPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a customer does about its partners (lifecycle.md R36, issue's customer side). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartnersOfCustomerTest {

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
    void the_customer_sees_the_provider_of_an_extension_among_its_partners_R36() {
        var customer = customer();
        for (var caller :
                List.of(CustomerUser.clerkOf(customer).calls(), reseller.calls("help"), provider.calls("admin"))) {
            list(caller, customer)
                    .statusCode(200)
                    .body(
                            "totalCount",
                            is(2),
                            "items.find { it.kind == 'indirectProvider' }.via",
                            is("extension"),
                            "items.find { it.kind == 'indirectProvider' }.reseller",
                            is(reseller.tenantId.toString()),
                            "items.find { it.kind == 'indirectProvider' }.delegatedAdmin",
                            is(false),
                            "items.find { it.kind == 'directReseller' }.partnerName",
                            is(reseller.name()));
        }
    }

    @Test
    void a_customer_without_partners_sees_none() {
        var customer = CustomerUser.addTo(unrelated()).load();
        list(CustomerUser.globalAdminOf(customer).calls(), customer)
                .statusCode(200)
                .body("totalCount", is(0));
    }

    @Test
    void users_of_another_customer_2032_and_strangers_20002_see_nothing() {
        var customer = customer();
        var other = CustomerUser.addTo(unrelated()).load();
        refused(list(CustomerUser.globalAdminOf(other).calls(), customer), 403, 2032, other.id.toString());
        refused(list(OwnPartner.directBill().load().calls("admin"), customer), 403, 20002, customer.id.toString());
        refused(
                reseller.sendsAnythingAs("admin")
                        .get("/portal/v1/customers/alpine/partnerRelationships")
                        .then(),
                400,
                900118,
                "alpine");
    }

    @Test
    void a_global_admin_of_the_customer_removes_a_partner_who_then_is_a_stranger() {
        var customer = customer();
        remove(CustomerUser.globalAdminOf(customer).calls(), customer, reseller.tenantId)
                .statusCode(204);
        list(CustomerUser.globalAdminOf(customer).calls(), customer)
                .body(
                        "totalCount",
                        is(1),
                        "items[0].partnerId",
                        is(provider.tenantId.toString()),
                        "items[0].reseller",
                        is((Object) null));
        refused(reseller.calls("admin").get(customer.path()).then(), 403, 20002, customer.id.toString());
        reseller.calls("admin")
                .get("/v1/customers?size=500")
                .then()
                .body("items.id", not(hasItem(customer.id.toString())));
        refused(
                remove(CustomerUser.globalAdminOf(customer).calls(), customer, reseller.tenantId),
                404,
                1000,
                reseller.tenantId.toString());
    }

    @Test
    void a_provider_removed_keeps_the_reseller_without_it() {
        var customer = CustomerUser.addTo(unrelated()
                        .related(Map.of(
                                "partner",
                                provider.tenantId,
                                "kind",
                                "indirectProvider",
                                "reseller",
                                reseller.tenantId))
                        .related(Map.of(
                                "partner",
                                reseller.tenantId,
                                "kind",
                                "indirectReseller",
                                "provider",
                                provider.tenantId)))
                .load();
        remove(CustomerUser.globalAdminOf(customer).calls(), customer, provider.tenantId)
                .statusCode(204);
        list(reseller.calls("help"), customer)
                .body("totalCount", is(1), "items[0].kind", is("indirectReseller"), "items[0].provider", is((Object)
                        null));
    }

    @Test
    void nobody_but_a_global_admin_of_the_customer_removes_a_partner() {
        var customer = customer();
        var other = CustomerUser.addTo(unrelated()).load();
        refused(
                remove(CustomerUser.clerkOf(customer).calls(), customer, reseller.tenantId),
                403,
                900150,
                "removePartner");
        refused(
                remove(CustomerUser.globalAdminOf(other).calls(), customer, reseller.tenantId),
                403,
                2032,
                other.id.toString());
        refused(remove(reseller.calls("admin"), customer, provider.tenantId), 403, 2032, "only a user of the customer");
        list(reseller.calls("help"), customer).body("totalCount", is(2));
    }

    @Test
    void a_partner_that_is_none_of_the_customers_is_not_found_1000() {
        var customer = customer();
        var owner = CustomerUser.globalAdminOf(customer);
        refused(remove(owner.calls(), customer, UUID.randomUUID()), 404, 1000, customer.id.toString());
        refused(
                owner.calls()
                        .delete("/portal/v1/customers/" + customer.id + "/partnerRelationships/contoso")
                        .then(),
                404,
                1000,
                "contoso");
    }

    private TestCustomer customer() {
        return CustomerUser.addTo(unrelated()
                        .related(Map.of("partner", reseller.tenantId, "kind", "directReseller"))
                        .related(Map.of(
                                "partner",
                                provider.tenantId,
                                "kind",
                                "indirectProvider",
                                "reseller",
                                reseller.tenantId,
                                "via",
                                "extension")))
                .load();
    }

    private static ValidatableResponse list(RequestSpecification caller, TestCustomer customer) {
        return caller.get("/portal/v1/customers/" + customer.id + "/partnerRelationships")
                .then();
    }

    private static ValidatableResponse remove(RequestSpecification caller, TestCustomer customer, UUID partner) {
        return caller.delete("/portal/v1/customers/" + customer.id + "/partnerRelationships/" + partner)
                .then();
    }

    private static void refused(ValidatableResponse answer, int status, int code, String words) {
        answer.statusCode(status).body("code", is(code), "description", containsString(words));
    }
}
