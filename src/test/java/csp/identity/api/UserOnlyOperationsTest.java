package csp.identity.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operations that want a user, one by one (identity.md §4): an application alone is refused, with a user it is not. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class UserOnlyOperationsTest {

    private static final String ALPINE = "c0000000-0000-4000-8000-000000000001";

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/customers/{c}/profiles/company,getCustomerCompanyProfile",
        "PATCH,/v1/customers/{c},updateCustomer",
        "GET,/v1/customers/{c}/relationships,listCustomerRelationships",
        "GET,/v1/relationships,listRelationships",
        "GET,/v1/customers/relationshiprequests,getRelationshipRequest",
        "GET,/v1/profiles/mpn,getMpnProfile",
        "GET,/v1/profiles/mpn?mpnId=4800002,getMpnProfile",
        "GET,/v1/profiles/organization,getOrganizationProfile",
        "GET,/v1/profiles/billing,getPartnerBillingProfile",
        "GET,/v1/profiles/support,getSupportProfile",
        "GET,/v1/compliance/csp/agreementstatus?mpnId=4800001,getAgreementStatus",
        "GET,/v1/agreements,listAgreements",
        "GET,/v1/customers/{c}/agreements,listCustomerAgreements",
        "POST,/v1/customers/{c}/agreements,confirmAgreement",
        "GET,/v1/customers/{c}/directSignedMicrosoftCustomerAgreementStatus,getDirectSignedStatus",
        "GET,/v1/agreementtemplates/117a77b0-9360-443b-8795-c6dedc750cf9/document,getAgreementDocument"
    })
    void an_application_alone_is_refused_900329(String method, String path, String operation) {
        var url = path.replace("{c}", ALPINE);
        var partner = operation.equals("listCustomerRelationships") ? FABRIKAM : CONTOSO; // for providers alone (W24)
        partner.sendsAnything()
                .contentType("application/json")
                .body("{}")
                .request(method, url)
                .then()
                .statusCode(403)
                .body("code", is(900329), "description", containsString(operation));
        partner.sendsAnythingAs("admin")
                .contentType("application/json")
                .body("{}")
                .request(method, url)
                .then()
                .statusCode(not(403));
    }

    @Test
    void the_customers_of_a_reseller_are_for_users_900329() {
        var filter = "{\"Field\":\"IndirectReseller\",\"Value\":\"%s\",\"Operator\":\"starts_with\"}"
                .formatted(CONTOSO.tenantId);
        FABRIKAM.sendsAnything()
                .queryParam("filter", filter)
                .get("/v1/customers")
                .then()
                .statusCode(403)
                .body("code", is(900329));
        FABRIKAM.sendsAnythingAs("admin")
                .queryParam("filter", filter)
                .get("/v1/customers")
                .then()
                .statusCode(200);
    }

    @Test
    void a_customer_for_a_reseller_is_created_by_users_900329() {
        var body = Map.of(
                "companyProfile",
                Map.of("domain", "relecloud.example"),
                "associatedPartnerId",
                CONTOSO.tenantId,
                "billingProfile",
                Map.of(
                        "email",
                        "a@b.example",
                        "culture",
                        "en-US",
                        "language",
                        "en",
                        "companyName",
                        "Relecloud",
                        "defaultAddress",
                        Map.of("country", "IE", "city", "Cork", "addressLine1", "1 Quay")));
        FABRIKAM.sendsAnything()
                .contentType("application/json")
                .body(body)
                .post("/v1/customers")
                .then()
                .statusCode(403)
                .body("code", is(900329));
    }
}
