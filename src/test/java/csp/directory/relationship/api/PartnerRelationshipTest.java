package csp.directory.relationship.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.LITWARE;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.TestCustomer;
import csp.testsupport.TestPartner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relationships between partners (storefront.md §2). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class PartnerRelationshipTest {

    private static final String CHARSET = "application/json; charset=utf-8";

    @Test
    void retrieve_a_list_of_indirect_resellers() {
        var provider = new TestPartner().partneredWith(CONTOSO.tenantId).load();
        var answer = provider.adminCalls()
                .get("/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf")
                .then()
                .statusCode(200)
                .header("Content-Type", CHARSET)
                .extract();
        RecordedShape.file("retrieve-a-list-of-indirect-resellers.json").assertFits(answer.asString());
        assertContoso(answer.jsonPath().getMap("items[0]"));
    }

    @Test
    void get_indirect_resellers_of_a_customer() {
        var answer = FABRIKAM.calls("admin")
                .get("/v1/customers/c0000000-0000-4000-8000-000000000001/relationships")
                .then()
                .statusCode(200)
                .header("Content-Type", CHARSET)
                .extract();
        RecordedShape.file("get-indirect-resellers-of-a-customer.json").assertFits(answer.asString());
        assertContoso(answer.jsonPath().getMap("items[0]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IsIndirectResellerOf", "is_indirect_reseller_of"})
    void a_reseller_gets_its_providers_whatever_the_spelling_of_the_type(String type) {
        var provider = new TestPartner().partneredWith(LITWARE.tenantId).load();
        request(LITWARE.calls("help"), type)
                .body(
                        "items.id",
                        hasItem(provider.tenantId.toString()),
                        "items.find { it.id == '" + provider.tenantId + "' }.relationshipType",
                        is("is_indirect_reseller_of"));
    }

    @Test
    void without_a_type_both_kinds_come() {
        var provider = new TestPartner().partneredWith(LITWARE.tenantId).load();
        LITWARE.calls("admin")
                .get("/v1/relationships")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(provider.tenantId.toString()));
        for (var query : List.of("", "?relationship_type=")) {
            provider.adminCalls()
                    .get("/v1/relationships" + query)
                    .then()
                    .statusCode(200)
                    .body(
                            "items.relationshipType",
                            equalTo(List.of("is_indirect_cloud_solution_provider_of")),
                            "totalCount",
                            is(1));
        }
    }

    @Test
    void a_type_leaves_out_the_other_kind() {
        var provider = new TestPartner().partneredWith(LITWARE.tenantId).load();
        request(provider.adminCalls(), "IsIndirectResellerOf").body("totalCount", is(0), "items", empty());
        request(LITWARE.calls("admin"), "IsIndirectCloudSolutionProviderOf")
                .body("items.id", not(hasItem(provider.tenantId.toString())));
    }

    @Test
    void an_unknown_type_is_refused_900126() {
        new TestPartner()
                .load()
                .adminCalls()
                .get("/v1/relationships?relationship_type=IsFriendOf")
                .then()
                .statusCode(400)
                .body("code", is(900126), "description", containsString("'IsFriendOf'"));
    }

    @Test
    void relationships_are_for_users_alone_900329() {
        FABRIKAM.sendsAnything().get("/v1/relationships").then().statusCode(403).body("code", is(900329));
        FABRIKAM.sendsAnything()
                .get("/v1/customers/c0000000-0000-4000-8000-000000000001/relationships")
                .then()
                .statusCode(403)
                .body("code", is(900329));
    }

    @Test
    void a_reseller_that_names_its_provider_itself_is_a_reseller_of_the_customer_too() {
        var customer = TestCustomer.unrelated()
                .related(Map.of("partner", FABRIKAM.tenantId, "kind", "indirectProvider"))
                .related(Map.of("partner", CONTOSO.tenantId, "kind", "indirectReseller", "provider", FABRIKAM.tenantId))
                .load();
        FABRIKAM.calls("admin")
                .get(customer.path() + "/relationships")
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(CONTOSO.tenantId.toString())));
    }

    @Test
    void another_providers_reseller_is_not_shown() {
        var customer = TestCustomer.unrelated()
                .throughProvider(FABRIKAM, CONTOSO)
                .throughProvider(NORTHWIND, LITWARE)
                .load();
        NORTHWIND
                .calls("admin")
                .get(customer.path() + "/relationships")
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(LITWARE.tenantId.toString())));
    }

    @Test
    void W24_a_partner_that_is_no_provider_is_refused_403_code_1002() {
        var customer = TestCustomer.readyToTransfer().directlyWith(LITWARE).load();
        for (var partner : List.of(CONTOSO, LITWARE)) {
            partner.calls("admin")
                    .get(customer.path() + "/relationships")
                    .then()
                    .statusCode(403)
                    .body("code", is(1002), "description", containsString("Authorization Failed"));
        }
        FABRIKAM.calls("admin").get(customer.path() + "/relationships").then().statusCode(200);
    }

    @Test
    void a_strangers_customer_is_refused_20002_and_a_malformed_one_900118() {
        NORTHWIND
                .calls("admin")
                .get("/v1/customers/" + UUID.randomUUID() + "/relationships")
                .then()
                .statusCode(403)
                .body("code", is(20002));
        new TestPartner()
                .load()
                .adminCalls()
                .get("/v1/customers/alpine/relationships")
                .then()
                .statusCode(400)
                .body("code", is(900118));
    }

    private static ValidatableResponse request(RequestSpecification caller, String type) {
        return caller.get("/v1/relationships?relationship_type=" + type).then().statusCode(200);
    }

    private static void assertContoso(Map<String, Object> item) {
        assertEquals(
                List.of(
                        CONTOSO.tenantId.toString(),
                        CONTOSO.displayName,
                        "is_indirect_cloud_solution_provider_of",
                        CONTOSO.mpnId),
                List.of(item.get("id"), item.get("name"), item.get("relationshipType"), item.get("mpnId")));
    }
}
