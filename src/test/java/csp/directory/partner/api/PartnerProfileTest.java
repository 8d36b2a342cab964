package csp.directory.partner.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.TestPartner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vendor knows of the calling partner (storefront.md §6, §9). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class PartnerProfileTest {

    @ParameterizedTest
    @CsvSource({
        "legalbusiness?vettingVersion=Current,get-legal-business-profile",
        "mpn,get-partner-network-profile",
        "mpn?mpnId=4800002,get-partner-by-mpn-id",
        "organization,get-an-organization-profile",
        "billing,get-partner-billing-profile",
        "support,get-support-profile"
    })
    void the_profiles_are_as_recorded(String path, String recorded) {
        RecordedShape.file(recorded + ".json")
                .assertFits(CONTOSO.calls("help")
                        .get("/v1/profiles/" + path)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    @Test
    void W11_the_support_profile_is_as_recorded() {
        var answer = CONTOSO.calls("help")
                .get("/v1/profiles/support")
                .then()
                .statusCode(200)
                .body(
                        "profileType",
                        is("support_profile"),
                        "attributes.objectType",
                        is("PartnerSupportProfile"),
                        "links.self.uri",
                        is("/v1/profiles/support"))
                .extract()
                .asString();
        RecordedShape.file("sessions/GetPartnerSupportProfile.json").assertFits(answer);
    }

    @Test
    void W11_the_legal_profile_is_as_recorded_with_an_approver_without_names_and_no_etag() {
        var answer = CONTOSO.calls("help")
                .get("/v1/profiles/legalbusiness")
                .then()
                .statusCode(200)
                .body(
                        "profileType",
                        is("LegalBusinessProfile"),
                        "attributes",
                        is(Map.of("objectType", "LegalBusinessProfile")),
                        "companyApproverAddress.firstName",
                        nullValue())
                .extract()
                .asString();
        RecordedShape.file("sessions/GetPartnerLegalProfile.json").assertFits(answer);
    }

    @Test
    void the_validation_codes_are_a_bare_array_as_recorded() {
        RecordedShape.file("get-a-partner-s-validation-codes.json")
                .assertFits(CONTOSO.calls()
                        .get("/v1/customers/all/validations")
                        .then()
                        .statusCode(200)
                        .header("Content-Type", "application/json")
                        .body(
                                "[0].validationId",
                                is("10001"),
                                "[0].eTag",
                                is("W/\"datetime'2026-01-10T18%3A49%3A58Z'\""))
                        .extract()
                        .asString());
        assertEquals("[]", FABRIKAM.calls().get("/v1/customers/all/validations").asString());
    }

    @Test
    void they_say_what_the_scenario_says() {
        CONTOSO.calls("admin")
                .get("/v1/profiles/organization")
                .then()
                .body(
                        "defaultAddress.country",
                        is("US"),
                        "culture",
                        is("en-US"),
                        "domain",
                        is("contoso.example"),
                        "tenantId",
                        is(CONTOSO.tenantId.toString()),
                        "email",
                        is("ana@contoso.example"));
        CONTOSO.calls("admin")
                .get("/v1/profiles/billing")
                .then()
                .body("billingCurrency", is("USD"), "taxId", is("12-3456789"));
        CONTOSO.calls("admin").get("/v1/profiles/support").then().body("telephone", is("4255550199"));
    }

    @Test
    void a_partner_of_whom_little_is_known_has_profiles_too() {
        var partner = new TestPartner().with("country", "DE").load();
        partner.calls()
                .get("/v1/profiles/legalbusiness")
                .then()
                .statusCode(200)
                .body(
                        "companyName",
                        is("Provider " + partner.tenantId),
                        "address.country",
                        is("DE"),
                        "vettingStatus",
                        is("authorized"));
        for (var profile : new String[] {"mpn", "organization", "billing", "support"}) {
            partner.adminCalls().get("/v1/profiles/" + profile).then().statusCode(200);
        }
        partner.adminCalls().get("/v1/profiles/organization").then().body("culture", is("de-DE"), "language", is("de"));
    }

    @Test
    void the_vetting_of_the_scenario_is_shown() {
        var partner = new TestPartner()
                .with("profile", Map.of("vettingStatus", "rejected", "vettingSubStatus", "email_domain"))
                .load();
        for (var version :
                new String[] {"", "?vettingVersion=", "?vettingVersion=current", "?VettingVersion=LastFinalized"}) {
            partner.sendsAnything()
                    .get("/v1/profiles/legalbusiness" + version)
                    .then()
                    .statusCode(200)
                    .body("vettingStatus", is("rejected"), "vettingSubStatus", is("email_domain"));
        }
        partner.sendsAnything()
                .get("/v1/profiles/legalbusiness?vettingVersion=Tomorrow")
                .then()
                .statusCode(400)
                .body("code", is(900126), "description", containsString("vettingVersion"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4899999", "x", "480000123456789012345678901234567890", "%00"})
    void an_unknown_PartnerID_is_404_3000_as_recorded(String mpnId) {
        RecordedShape.file("get-partner-by-mpn-id.unknown.json")
                .assertFits(CONTOSO.sendsAnythingAs("admin")
                        .urlEncodingEnabled(false)
                        .get("/v1/profiles/mpn?mpnId=" + mpnId)
                        .then()
                        .statusCode(404)
                        .body("code", is(3000))
                        .extract()
                        .asString());
    }

    @Test
    void an_empty_PartnerID_counts_as_absent_ST9() {
        CONTOSO.sendsAnythingAs("admin")
                .get("/v1/profiles/mpn?mpnId=&tenantId=")
                .then()
                .statusCode(200)
                .body("mpnId", is("4800001"), "partnerName", nullValue());
    }
}
