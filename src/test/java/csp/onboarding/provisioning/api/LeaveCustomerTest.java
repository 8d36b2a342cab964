package csp.onboarding.provisioning.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertFalse;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.Sandbox;
import csp.testsupport.TestCustomer;
import csp.testsupport.TestPartner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a partner gives a customer up, how test data is deleted, and which domain names are free (storefront.md §1, §1.4). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeaveCustomerTest {

    private static final String NONE =
            "{\"relationshipToPartner\":\"none\",\"attributes\":{\"objectType\":\"Customer\"}}";

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void remove_a_reseller_relationship_as_recorded(String slash) {
        var customer = TestCustomer.readyToTransfer().load();
        var answer = CONTOSO.sendsAnythingAs("admin")
                .contentType("application/json")
                .body(NONE)
                .patch(customer.path() + slash)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        RecordedShape.file("remove-a-reseller-relationship-with-a-customer.json")
                .assertFits(answer);
    }

    @Test
    void the_customer_leaves_the_list_of_the_partner_and_stays_with_its_others() {
        var customer = TestCustomer.readyToTransfer()
                .subscription("old", Map.of("status", "suspended"))
                .subscription("gone", Map.of("status", "deleted"))
                .load();
        remove(customer, NONE).statusCode(200);
        CONTOSO.calls().get(customer.path()).then().statusCode(403).body("code", is(20002));
        CONTOSO.calls().get("/v1/customers").then().body("items.id", not(hasItem(customer.id.toString())));
        FABRIKAM.calls().get(customer.path()).then().statusCode(200);
        remove(customer, NONE).statusCode(404).body("code", is(3000));
    }

    @Test
    void W25_a_relationship_that_is_not_there_cannot_be_removed_404_code_3000() {
        var customer = TestCustomer.unrelated().directlyWith(FABRIKAM).load();
        for (var path : List.of(customer.path(), "/v1/customers/" + UUID.randomUUID())) {
            CONTOSO.sendsAnythingAs("admin")
                    .contentType("application/json")
                    .body(NONE)
                    .patch(path)
                    .then()
                    .statusCode(404)
                    .body(
                            "code",
                            is(3000),
                            "description",
                            containsString("The relationship between the partner and customer does not exist"));
            CONTOSO.sendsAnythingAs("admin").get(path).then().statusCode(403).body("code", is(20002));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "azurePlan,active",
        "azureReservation,active",
        "azureReservation,suspended",
        "azureSavingsPlan,active",
        "termBased,active"
    })
    void W29_a_customer_with_orders_to_cancel_is_not_deleted_800002_naming_them(String product, String status) {
        var customer = TestCustomer.readyToTransfer()
                .subscription("it", Map.of("product", product, "status", status, "offerId", "A:B:C"))
                .load();
        String order = CONTOSO.calls()
                .get(customer.path() + "/subscriptions/" + customer.subscription("it"))
                .path("orderId");
        for (var partner : List.of(CONTOSO, FABRIKAM)) {
            partner.calls()
                    .delete(customer.path())
                    .then()
                    .statusCode(400)
                    .body("code", is(800002), "description", containsString(order));
        }
        CONTOSO.calls().get(customer.path()).then().statusCode(200);
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body("{\"status\":\"deleted\"}")
                .patch(customer.path() + "/subscriptions/" + customer.subscription("it"))
                .then()
                .statusCode(200);
        CONTOSO.calls().delete(customer.path()).then().statusCode(204);
    }

    @ParameterizedTest
    @CsvSource({
        "license,active",
        "azurePayg,active",
        "azurePlan,suspended",
        "newCommerceLicense,active",
        "marketplaceSaas,active"
    })
    void W29_other_orders_do_not_keep_a_customer(String product, String status) {
        var customer = TestCustomer.readyToTransfer()
                .subscription("it", Map.of("product", product, "status", status, "offerId", "A:B:C"))
                .load();
        CONTOSO.calls().delete(customer.path()).then().statusCode(204);
    }

    @ParameterizedTest
    @CsvSource({"license,active", "newCommerceLicense,active", "azureReservation,suspended", "termBased,suspended"})
    void what_is_not_suspended_or_cancelled_stands_in_the_way_800002(String product, String status) {
        var customer = TestCustomer.readyToTransfer()
                .subscription("it", Map.of("product", product, "status", status, "offerId", "A:B:C"))
                .load();
        remove(customer, NONE)
                .statusCode(400)
                .body(
                        "code",
                        is(800002),
                        "description",
                        containsString(customer.subscription("it").toString()));
        CONTOSO.calls().get(customer.path()).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"azureReservation", "azureSavingsPlan", "termBased"})
    void what_only_a_cancellation_ends_is_cancelled_and_then_holds_nobody(String product) {
        var customer = TestCustomer.readyToTransfer()
                .subscription("it", Map.of("product", product, "status", "suspended", "offerId", "A:B:C"))
                .load();
        remove(customer, NONE).statusCode(400).body("code", is(800002));
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body("{\"status\":\"deleted\"}")
                .patch(customer.path() + "/subscriptions/" + customer.subscription("it"))
                .then()
                .statusCode(200);
        remove(customer, NONE).statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"license", "azurePayg", "newCommerceLicense", "azurePlan", "marketplaceSaas"})
    void what_is_suspended_holds_nobody(String product) {
        var customer = TestCustomer.readyToTransfer()
                .subscription("it", Map.of("product", product, "status", "suspended", "offerId", "A:B:C"))
                .load();
        remove(customer, NONE).statusCode(200);
    }

    @Test
    void the_subscriptions_of_other_partners_do_not_stand_in_the_way() {
        var customer = TestCustomer.readyToTransfer()
                .subscription("theirs", Map.of("partner", FABRIKAM.tenantId))
                .load();
        remove(customer, NONE).statusCode(200);
    }

    @Test
    void only_a_global_admin_gives_a_customer_up() {
        var customer = TestCustomer.readyToTransfer().load();
        CONTOSO.calls()
                .contentType("application/json")
                .body(NONE)
                .patch(customer.path())
                .then()
                .statusCode(403)
                .body("code", is(900329));
        CONTOSO.calls("sales")
                .contentType("application/json")
                .body(NONE)
                .patch(customer.path())
                .then()
                .statusCode(403)
                .body("code", is(900150));
        CONTOSO.calls().get(customer.path()).then().statusCode(200);
    }

    @Test
    void an_indirect_reseller_leaves_that_to_the_provider_2032() {
        var customer = TestCustomer.unrelated()
                .related(Map.of("partner", CONTOSO.tenantId, "kind", "indirectReseller", "provider", FABRIKAM.tenantId))
                .load();
        remove(customer, NONE).statusCode(403).body("code", is(2032));
        CONTOSO.sendsAnything().delete(customer.path()).then().statusCode(403).body("code", is(2032));
        CONTOSO.calls().get(customer.path()).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 800002",
                "{\"relationshipToPartner\":null} | 800002",
                "{\"relationshipToPartner\":1} | 800002",
                "{\"relationshipToPartner\":\"\"} | 800002",
                "{\"relationshipToPartner\":\"reseller\"} | 900126",
                "[] | 800002",
                "{ | 800002",
                "`` | 800002"
            })
    void a_body_that_asks_for_something_else_is_refused(String body, int code) {
        var customer = TestCustomer.readyToTransfer().load();
        remove(customer, body).statusCode(400).body("code", is(code));
        CONTOSO.calls().get(customer.path()).then().statusCode(200);
    }

    @Test
    void the_end_of_the_relationship_is_in_the_audit() {
        var customer = TestCustomer.readyToTransfer().load();
        remove(customer, NONE).statusCode(200);
        CONTOSO.calls()
                .queryParam(
                        "filter",
                        "{\"Field\":\"CustomerId\",\"Value\":\"%s\",\"Operator\":\"equals\"}".formatted(customer.id))
                .get("/v1/auditrecords")
                .then()
                .body(
                        "items[0].operationType",
                        is("remove_partner_customer_relationship"),
                        "items[0].resourceType",
                        is("partner_customer_relationship"),
                        "items[0].resourceOldValue",
                        containsString("DIRECT_RESELLER"));
    }

    @Test
    void a_sandbox_customer_is_deleted_with_all_it_has() {
        var customer = TestCustomer.readyToTransfer()
                .license("base", 5)
                .addon("add-on", "base", 1)
                .license("second", 3)
                .with("users", List.of(Map.of("objectId", UUID.randomUUID())))
                .load();
        customer.openTransfer("second");
        var accepted = customer.openTransfer("base");
        FABRIKAM.calls()
                .post(customer.transfersPath() + "/" + accepted + "/accept")
                .then()
                .statusCode(200);
        CONTOSO.calls().delete(customer.path()).then().statusCode(204).body(emptyString());
        CONTOSO.calls().get(customer.path()).then().statusCode(403).body("code", is(20002));
        FABRIKAM.calls().get(customer.path()).then().statusCode(403).body("code", is(20002));
        assertFalse(Sandbox.export().contains(customer.id.toString()));
        CONTOSO.calls()
                .queryParam(
                        "filter",
                        "{\"Field\":\"CustomerId\",\"Value\":\"%s\",\"Operator\":\"equals\"}".formatted(customer.id))
                .get("/v1/auditrecords")
                .then()
                .body(
                        "items[0].operationType",
                        is("delete_customer"),
                        "items[0].customerName",
                        is("Customer " + customer.id));
        CONTOSO.calls().delete(customer.path()).then().statusCode(403).body("code", is(20002));
    }

    @Test
    void a_helpdesk_agent_deletes_no_customer_900150() {
        var customer = TestCustomer.readyToTransfer().load();
        CONTOSO.calls("help").delete(customer.path()).then().statusCode(403).body("code", is(900150));
        CONTOSO.calls().get(customer.path()).then().statusCode(200);
    }

    @Test
    void taken_domains_are_200_and_free_ones_404_without_a_body() {
        var partner = new TestPartner().load();
        head("contoso.example").statusCode(200).body(emptyString()).header("Content-Length", is("0"));
        head("CONTOSO.EXAMPLE").statusCode(200);
        head("alpine.example").statusCode(200);
        head(partner.tenantId + ".example").statusCode(200);
        head("free-" + UUID.randomUUID() + ".example").statusCode(404).body(emptyString());
        head("no%20domain").statusCode(404);
        head(CONTOSO.tenantId.toString()).statusCode(404);
        given().head("/v1/domains/contoso.example").then().statusCode(401).body(emptyString());
    }

    private static ValidatableResponse head(String domain) {
        return given().urlEncodingEnabled(false)
                .auth()
                .oauth2(CONTOSO.appToken(DemoPartner.serviceUnderTest()))
                .head("/v1/domains/" + domain)
                .then();
    }

    private static ValidatableResponse remove(TestCustomer customer, String body) {
        return CONTOSO.sendsAnythingAs("admin")
                .contentType("application/json")
                .body(body)
                .patch(customer.path())
                .then();
    }
}
