package csp.shared.mail;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.TestCustomer.unrelated;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import csp.testsupport.CustomerUser;
import csp.testsupport.OwnPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that the mailer would not take is refused where it is given, in every place that takes one. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RefusedAddressTest {

    private static final String BRACKETS = "<a@b.example>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                BRACKETS,
                "a@b.example\r\nBcc: all@b.example",
                "a b@c.example",
                "a@b@c.example",
                "zoë@contoso.example",
                "a@b.example,c@d.example",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.example"
            })
    void what_is_no_address_is_refused_naming_field_and_value_800002(String address) {
        refused(json(CONTOSO.sendsAnything()).body(newCustomer(address)).post("/v1/customers"), "billingProfile.email")
                .body("description", containsString(address.substring(0, 5)));
    }

    @Test
    void of_a_billing_profile_800002() {
        var partner = OwnPartner.directBill().load();
        var customer = unrelated()
                .related(Map.of("partner", partner.tenantId, "kind", "directReseller", "delegatedAdmin", true))
                .load();
        refused(
                json(partner.sendsAnythingAs("admin"))
                        .header("If-Match", "*")
                        .body(profile(BRACKETS))
                        .put(customer.path() + "/profiles/billing"),
                "email");
    }

    @Test
    void of_the_contact_of_an_enrolment_800002() {
        refused(
                json(OwnPartner.directBill().load().sendsAnythingAs("owner"))
                        .body(Map.of("primaryContact", contact(BRACKETS)))
                        .post("/portal/v1/enrolments"),
                "primaryContact.email");
    }

    @Test
    void of_who_is_invited_to_a_partnership_800002() {
        refused(
                json(OwnPartner.provider().load().sendsAnythingAs("admin"))
                        .body(Map.of("resellerEmail", BRACKETS))
                        .post("/portal/v1/partnershipInvitations"),
                "resellerEmail");
    }

    @Test
    void of_a_customer_who_is_invited_800002() {
        refused(
                json(OwnPartner.directBill().load().sendsAnythingAs("admin"))
                        .body(Map.of("kind", "reseller", "customerEmail", BRACKETS))
                        .post("/portal/v1/customerInvitations"),
                "customerEmail");
    }

    @Test
    void of_who_accepted_an_agreement_800002() {
        var partner = OwnPartner.directBill().load();
        var customer = CustomerUser.addTo(unrelated()
                        .related(Map.of("partner", partner.tenantId, "kind", "directReseller", "delegatedAdmin", true)))
                .load();
        var attestation = Map.of(
                "primaryContact",
                contact(BRACKETS),
                "templateId",
                "117a77b0-9360-443b-8795-c6dedc750cf9",
                "type",
                "MicrosoftCustomerAgreement",
                "dateAgreed",
                "2026-01-31");
        refused(
                json(partner.sendsAnythingAs("admin")).body(attestation).post(customer.path() + "/agreements"),
                "primaryContact.email");
        refused(
                json(CustomerUser.globalAdminOf(customer).calls())
                        .body(Map.of("primaryContact", contact(BRACKETS)))
                        .post("/portal/v1/customers/" + customer.id + "/agreementAcceptances"),
                "primaryContact.email");
    }

    @Test
    void of_a_scenario_800002() {
        refused(Sandbox.load(partnerWith("programAccountEmail", BRACKETS)), "partners[0].programAccountEmail");
        refused(Sandbox.load(partnerWith("primaryContact", contact(BRACKETS))), "partners[0].primaryContact.email");
        refused(
                Sandbox.load(
                        unrelated().with("billTo", Map.of("email", BRACKETS)).document()),
                "customers[0].billTo.email");
    }

    private static Map<String, Object> partnerWith(String property, Object value) {
        return Map.of(
                "partners",
                List.of(Map.of("tenantId", UUID.randomUUID(), "name", "P", "mpnId", "1234567890", property, value)));
    }

    private static Map<String, Object> newCustomer(String email) {
        return Map.of("companyProfile", Map.of("domain", "relecloud.example"), "billingProfile", profile(email));
    }

    private static Map<String, Object> profile(String email) {
        var profile = new LinkedHashMap<String, Object>();
        profile.put("email", email);
        profile.put("culture", "en-US");
        profile.put("language", "en");
        profile.put("companyName", "Relecloud");
        profile.put("defaultAddress", Map.of("country", "IE", "city", "Cork", "addressLine1", "1 Quay"));
        return profile;
    }

    private static Map<String, Object> contact(String email) {
        return Map.of("firstName", "Ana", "lastName", "Trujillo", "email", email);
    }

    private static RequestSpecification json(RequestSpecification request) {
        return request.contentType("application/json");
    }

    private static ValidatableResponse refused(Response answer, String field) {
        return answer.then().statusCode(400).body("code", is(800002), "description", containsString(field));
    }
}
