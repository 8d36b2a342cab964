package csp.directory.partner.api;

import static csp.testsupport.DemoPartner.ADATUM;
import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.LITWARE;
import static org.hamcrest.Matchers.is;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.TestPartner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a reseller signed its agreement, and the nine ways of not knowing it (storefront.md §7). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class AgreementStatusTest {

    private static final String PATH = "/v1/compliance/csp/agreementstatus";

    @ParameterizedTest
    @CsvSource({"?mpnid=4800001", "?mpnId=4800001", "?MpnId=4800001&tenantId=", "?mpnId=&TENANTID=%s", "?tenantid=%s"})
    void a_reseller_that_signed_is_known_by_either_number(String query) {
        ask(query.formatted(CONTOSO.tenantId)).statusCode(200).body("isAgreementSigned", is(true), "size()", is(1));
    }

    @ParameterizedTest
    @CsvSource({
        "?mpnId=x,2000,PartnerApiServiceControllers",
        "?mpnId=4800001x,2000,PartnerApiServiceControllers",
        "?tenantId=x,2000,PartnerApiServiceControllers",
        "?mpnId=4800001&tenantId=a0000000-0000-4000-8000-000000000001,2000,ComplianceController",
        "?mpnId=x&tenantId=x,2000,ComplianceController",
        "'',2001,ComplianceController",
        "?mpnId=&tenantId=,2001,ComplianceController",
        "?mpnId=4899999,2200,PartnerFD",
        "?tenantId=a0000000-0000-4000-8000-0000000000ee,2205,PartnerFD"
    })
    void what_cannot_be_asked_is_refused_with_its_source(String query, int code, String source) {
        refused(query, code, source);
    }

    @Test
    void another_region_is_refused_2201() {
        refused("?mpnId=" + ADATUM.mpnId, 2201, "PartnerFD");
        refused("?tenantId=" + ADATUM.tenantId, 2201, "PartnerFD");
    }

    @Test
    void a_reseller_that_has_not_signed_is_refused_2203_by_PartnerID_and_2206_by_tenant() {
        var unsigned = new TestPartner()
                .with("programs", Map.of("indirectReseller", "approved"))
                .with("partnerAgreementSigned", false)
                .load();
        refused("?mpnId=" + unsigned.mpnId, 2203, "PartnerFD");
        refused("?tenantId=" + unsigned.tenantId, 2206, "PartnerFD");
    }

    @Test
    void a_partner_that_is_no_reseller_is_refused_2204() {
        refused("?mpnId=" + LITWARE.mpnId, 2204, "PartnerFD");
    }

    @Test
    void only_users_may_ask_900329() {
        FABRIKAM.calls().get(PATH + "?mpnId=4800001").then().statusCode(403).body("code", is(900329));
    }

    @Test
    void customers_are_no_partners_2205() {
        refused("?tenantId=" + UUID.fromString("c0000000-0000-4000-8000-000000000001"), 2205, "PartnerFD");
    }

    private static ValidatableResponse ask(String query) {
        return FABRIKAM.sendsAnythingAs("sales").get(PATH + query).then();
    }

    private static void refused(String query, int code, String source) {
        ask(query).statusCode(400).body("code", is(code), "source", is(source));
    }
}
