package csp.commerce.agreement.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.LITWARE;
import static csp.testsupport.TestCustomer.unrelated;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.CustomerUser;
import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import csp.testsupport.Sandbox;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agreements of customers (lifecycle.md §7, storefront.md §5). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CustomerAgreementTest {

    private static final String JSON = "application/json";

    @Test
    void the_metadata_of_an_agreement_is_as_recorded() {
        var answer = FABRIKAM.calls("help")
                .get("/v1/agreements?agreementType=MicrosoftCustomerAgreement")
                .then()
                .statusCode(200)
                .header("Content-Type", JSON)
                .extract();
        RecordedShape.file("get-customer-agreement-metadata.json").assertFits(answer.asString());
        assertEquals("MicrosoftCustomerAgreement", answer.path("items[0].agreementType"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', MicrosoftCloudAgreement",
        "?agreementType=, MicrosoftCloudAgreement",
        "?agreementType=microsoft_customer_agreement, MicrosoftCustomerAgreement"
    })
    void a_missing_type_is_the_cloud_agreement_and_snake_case_is_understood(String query, String type) {
        FABRIKAM.calls("admin")
                .get("/v1/agreements" + query)
                .then()
                .statusCode(200)
                .body("items.agreementType", equalTo(List.of(type)));
    }

    @Test
    void an_asterisk_asks_for_all_types_and_an_unknown_one_is_refused_900126() {
        FABRIKAM.calls("admin")
                .queryParam("agreementType", "*")
                .get("/v1/agreements")
                .then()
                .statusCode(200)
                .body("totalCount", is(2));
        FABRIKAM.calls("admin")
                .get("/v1/agreements?agreementType=Handshake")
                .then()
                .statusCode(400)
                .body("code", is(900126), "description", containsString("'Handshake'"));
    }

    @Test
    void the_document_of_a_template_names_language_and_country_and_an_unknown_template_is_not_found_1000() {
        var path = "/v1/agreementtemplates/117A77B0-9360-443B-8795-C6DEDC750CF9/document";
        FABRIKAM.calls("admin")
                .get(path + "?language=de-DE&country=de")
                .then()
                .statusCode(200)
                .body("language", is("de-DE"), "country", is("DE"), "displayUri", containsString("language=de-DE"));
        FABRIKAM.calls("admin").get(path).then().statusCode(200).body("language", is("en-US"), "country", is("US"));
        refused(FABRIKAM.calls("admin").get(path + "?country=XX").then(), 400, 800002, "'XX'");
        refused(FABRIKAM.calls("admin").get(path + "?language=-").then(), 400, 800002, "'-'");
        for (var id : List.of(UUID.randomUUID().toString(), "customer")) {
            refused(
                    FABRIKAM.sendsAnythingAs("admin")
                            .get("/v1/agreementtemplates/" + id + "/document")
                            .then(),
                    404,
                    1000,
                    id);
        }
    }

    @Test
    void confirming_and_reading_are_as_recorded() {
        var customer = ofFabrikam();
        var answer = confirm(FABRIKAM.calls("sales"), customer, attestation())
                .statusCode(201)
                .header("Content-Type", JSON)
                .extract();
        RecordedShape.file("confirm-customer-consent-customer-agreement.json").assertFits(answer.asString());
        assertEquals(
                List.of("b0000000-0000-4000-8000-000000000022", "2018-06-14T00:00:00.000Z"),
                List.of(answer.path("userId"), answer.path("dateAgreed")));
        cloudAgreementOf(FABRIKAM, customer);
        var read = FABRIKAM.calls("help")
                .queryParam("agreementType", "*")
                .get(customer.path() + "/agreements")
                .then()
                .statusCode(200)
                .header("Content-Type", JSON)
                .extract();
        RecordedShape.file("get-confirmation-of-customer-agreement.json").assertFits(read.asString());
        assertEquals("2018-06-14T00:00:00", read.path("items[0].dateAgreed"));
    }

    @Test
    void only_the_asked_type_is_listed_and_a_missing_one_is_the_cloud_agreement() {
        var customer = ofFabrikam();
        confirm(FABRIKAM.calls("admin"), customer, attestation()).statusCode(201);
        FABRIKAM.calls("admin").get(customer.path() + "/agreements").then().body("items", empty());
        FABRIKAM.calls("admin")
                .get(customer.path() + "/agreements?agreementType=MicrosoftCustomerAgreement")
                .then()
                .body("totalCount", is(1), "attributes", is((Object) null));
    }

    @Test
    void confirming_again_with_the_same_contact_is_refused_600061_with_the_recorded_body() {
        var customer = ofFabrikam();
        confirm(FABRIKAM.calls("admin"), customer, attestation()).statusCode(201);
        var answer = confirm(
                        FABRIKAM.calls("admin"), customer, with(attestation(), "dateAgreed", "2019-01-01T00:00:00"))
                .statusCode(409)
                .body("code", is(600061), "errorName", is("PartnerConfirmedAgreementAlreadyExists"))
                .extract();
        RecordedShape.file("confirm-customer-consent-customer-agreement.already-confirmed.json")
                .assertFits(answer.asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"firstName", "lastName", "email", "phoneNumber"})
    void any_change_of_the_contact_makes_another_confirmation_acceptable(String field) {
        var customer = ofFabrikam();
        confirm(FABRIKAM.calls("admin"), customer, attestation()).statusCode(201);
        var value = field.equals("email") ? "new@customer.example" : "98765";
        confirm(FABRIKAM.calls("admin"), customer, withContact(field, value)).statusCode(201);
        FABRIKAM.calls("admin")
                .queryParam("agreementType", "*")
                .get(customer.path() + "/agreements")
                .then()
                .body("totalCount", is(1), "items[0].primaryContact." + field, is(value));
    }

    @Test
    void every_customer_needs_the_agreement_accepted_through_the_provider_R47_R48_R51() {
        var customer = unrelated()
                .directlyWith(CONTOSO)
                .throughProvider(FABRIKAM, CONTOSO)
                .license("e3", 1)
                .load();
        refused(create(customer), 403, 13605, customer.id.toString());
        confirm(FABRIKAM.calls("admin"), customer, attestation()).statusCode(201);
        create(customer).statusCode(201);
    }

    @Test
    void what_the_source_attested_is_not_kept_R49() {
        var customer = unrelated()
                .directlyWith(CONTOSO)
                .throughProvider(FABRIKAM, CONTOSO)
                .license("e3", 1)
                .load();
        confirm(CONTOSO.calls("admin"), customer, attestation()).statusCode(201);
        refused(create(customer), 403, 13605, customer.id.toString());
        FABRIKAM.calls("admin")
                .queryParam("agreementType", "*")
                .get(customer.path() + "/agreements")
                .then()
                .body("items", empty());
    }

    @Test
    void what_the_customer_accepted_itself_is_kept_R50() {
        var customer = CustomerUser.addTo(unrelated()
                        .directlyWith(CONTOSO)
                        .throughProvider(FABRIKAM, CONTOSO)
                        .license("e3", 1))
                .load();
        directSigned(customer, false);
        accept(CustomerUser.globalAdminOf(customer).calls(), customer)
                .statusCode(201)
                .body("type", is("MicrosoftCustomerAgreement"));
        directSigned(customer, true);
        create(customer).statusCode(201);
    }

    @Test
    void the_cloud_agreement_does_not_stand_in_for_the_customer_agreement_R47() {
        var customer = unrelated()
                .directlyWith(CONTOSO)
                .throughProvider(FABRIKAM, CONTOSO)
                .license("e3", 1)
                .load();
        cloudAgreementOf(FABRIKAM, customer);
        refused(create(customer), 403, 13605, customer.id.toString());
    }

    @Test
    void W27_the_cloud_agreement_is_not_confirmed_any_more_whatever_the_type_says_800002() {
        var customer = ofFabrikam();
        var template = "998b88de-aa99-4388-a42c-1b3517d49490";
        for (var body : List.of(
                with(attestation(), "type", "MicrosoftCloudAgreement", "templateId", null),
                with(attestation(), "type", "MicrosoftCloudAgreement", "templateId", template),
                with(attestation(), "templateId", template.toUpperCase()))) {
            refused(confirm(FABRIKAM.calls("admin"), customer, body), 400, 800002, template);
        }
        nothingConfirmed(customer);
        cloudAgreementOf(FABRIKAM, customer);
        FABRIKAM.calls("admin")
                .get(customer.path() + "/agreements")
                .then()
                .body("items.type", is(List.of("MicrosoftCloudAgreement")));
    }

    @Test
    void W27_the_template_decides_the_type() {
        confirm(FABRIKAM.calls("admin"), ofFabrikam(), with(attestation(), "type", "MicrosoftCloudAgreement"))
                .statusCode(201)
                .body("type", is("MicrosoftCustomerAgreement"));
    }

    @Test
    void the_direct_sign_status_is_as_recorded() {
        var customer = unrelated().directlyWith(CONTOSO).agreedItself().load();
        var answer = CONTOSO.calls("help")
                .get(directSignedPath(customer))
                .then()
                .statusCode(200)
                .extract();
        RecordedShape.file("get-direct-sign-status-of-customer-agreement.json").assertFits(answer.asString());
    }

    @Test
    void resellers_cannot_attest_2032_but_direct_bill_partners_and_providers_can_R52() {
        var customer = unrelated()
                .throughProvider(FABRIKAM, CONTOSO)
                .related(Map.of("partner", CONTOSO.tenantId, "kind", "indirectReseller", "provider", FABRIKAM.tenantId))
                .load();
        refused(confirm(CONTOSO.calls("admin"), customer, attestation()), 403, 2032, "attestAgreement");
        confirm(FABRIKAM.calls("admin"), customer, attestation()).statusCode(201);
        confirm(LITWARE.calls("admin"), unrelated().directlyWith(LITWARE).load(), attestation())
                .statusCode(201);
    }

    @Test
    void only_admin_and_sales_agents_attest_900150_R52() {
        var customer = ofFabrikam();
        refused(confirm(FABRIKAM.calls("help"), customer, attestation()), 403, 900150, "HelpdeskAgent");
        nothingConfirmed(customer);
    }

    @Test
    void W26_the_date_cannot_be_in_the_future_R53_600002() {
        var customer = ofFabrikam();
        var tomorrow = Sandbox.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(1, ChronoUnit.DAYS)
                .toString();
        refused(
                confirm(FABRIKAM.calls("admin"), customer, with(attestation(), "dateAgreed", tomorrow)),
                400,
                600002,
                "dateAgreed must not be in the future");
        nothingConfirmed(customer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2018-06-14T00:00:00",
                "2018-06-14T00:00:00Z",
                "2018-06-14T00:00:00.0000000Z",
                "2018-06-14T02:00:00+02:00"
            })
    void the_date_may_have_any_zone_and_up_to_seven_digits(String date) {
        confirm(FABRIKAM.calls("admin"), ofFabrikam(), with(attestation(), "dateAgreed", date))
                .statusCode(201)
                .body("dateAgreed", is("2018-06-14T00:00:00.000Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"firstName", "lastName", "email"})
    void names_and_mail_are_required_R54(String field) {
        var customer = ofFabrikam();
        refused(
                confirm(FABRIKAM.sendsAnythingAs("admin"), customer, withContact(field, null)),
                400,
                800002,
                "primaryContact." + field + " is required");
        nothingConfirmed(customer);
    }

    @Test
    void the_phone_number_is_optional_R54() {
        confirm(FABRIKAM.calls("admin"), ofFabrikam(), withContact("phoneNumber", null))
                .statusCode(201)
                .body("primaryContact.phoneNumber", is((Object) null));
    }

    @ParameterizedTest
    @CsvSource({
        "firstName, ' '",
        "firstName, 012345678901234567890123456789012345678901234567890",
        "lastName, ' '",
        "email, nobody",
        "email, ' '",
        "phoneNumber, call me"
    })
    void a_malformed_contact_is_refused_800002(String field, String value) {
        var customer = ofFabrikam();
        refused(
                confirm(FABRIKAM.sendsAnythingAs("admin"), customer, withContact(field, value)),
                400,
                800002,
                "primaryContact." + field);
        nothingConfirmed(customer);
    }

    @Test
    void a_malformed_field_is_refused_and_named() {
        var customer = ofFabrikam();
        var refusals = new HashMap<String, Map<String, Object>>();
        refusals.put("primaryContact is required", with(attestation(), "primaryContact", null));
        refusals.put("primaryContact must be an object", with(attestation(), "primaryContact", "Tania"));
        refusals.put("dateAgreed is required", with(attestation(), "dateAgreed", null));
        refusals.put("dateAgreed must be a date-time", with(attestation(), "dateAgreed", "yesterday"));
        refusals.put("'2018-02-30T00:00:00Z'", with(attestation(), "dateAgreed", "2018-02-30T00:00:00Z"));
        refusals.put("dateAgreed must be a string", with(attestation(), "dateAgreed", 20180614));
        refusals.put("type is required", with(attestation(), "type", null));
        refusals.put("templateId must be a GUID", with(attestation(), "templateId", "template"));
        refusals.put("templateId must be '117a77b0", with(attestation(), "templateId", UUID.randomUUID()));
        refusals.forEach((words, body) ->
                refused(confirm(FABRIKAM.sendsAnythingAs("admin"), customer, body), 400, 800002, words));
        refused(
                confirm(FABRIKAM.sendsAnythingAs("admin"), customer, with(attestation(), "type", "*")),
                400,
                900126,
                "'*'");
        nothingConfirmed(customer);
    }

    @Test
    void the_contact_gets_a_mail_after_an_attestation_R55() {
        var customer = ofFabrikam();
        var address = customer.id + "@mail.example";
        confirm(FABRIKAM.calls("admin"), customer, withContact("email", address))
                .statusCode(201);
        Sandbox.operator()
                .get("/sandbox/mailbox?to=" + address)
                .then()
                .statusCode(200)
                .body(
                        "items",
                        hasSize(1),
                        "items[0].subject",
                        containsString("MicrosoftCustomerAgreement"),
                        "items[0].text",
                        containsString("2018-06-14"),
                        "items[0].html",
                        containsString("Customer " + customer.id));
    }

    @Test
    void a_refused_attestation_and_a_direct_acceptance_send_no_mail_R55() {
        var customer = CustomerUser.addTo(unrelated().directlyWith(CONTOSO)).load();
        var address = customer.id + "@mail.example";
        confirm(CONTOSO.calls("help"), customer, withContact("email", address)).statusCode(403);
        CustomerUser.globalAdminOf(customer)
                .calls()
                .contentType(JSON)
                .body(Map.of("primaryContact", contact(address)))
                .post(acceptancePath(customer))
                .then()
                .statusCode(201)
                .body("primaryContact.email", is(address));
        Sandbox.operator()
                .get("/sandbox/mailbox?to=" + address)
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @Test
    void only_a_global_admin_of_the_customer_accepts_for_it() {
        var customer = CustomerUser.addTo(unrelated().directlyWith(CONTOSO)).load();
        var other = CustomerUser.addTo(unrelated()).load();
        refused(accept(CustomerUser.clerkOf(customer).calls(), customer), 403, 900150, "acceptAgreement");
        refused(accept(CustomerUser.globalAdminOf(other).calls(), customer), 403, 2032, other.id.toString());
        refused(accept(CONTOSO.calls("admin"), customer), 403, 2032, "only a user of the customer");
        directSigned(customer, false);
    }

    @Test
    void a_malformed_acceptance_is_refused_and_a_second_one_renews_the_first() {
        var customer = CustomerUser.addTo(unrelated().directlyWith(CONTOSO)).load();
        var owner = CustomerUser.globalAdminOf(customer);
        for (var body : List.of(
                Map.of("type", "MicrosoftCloudAgreement"),
                Map.of("templateId", "x"),
                Map.of("primaryContact", Map.of("firstName", "Tania")),
                Map.of("primaryContact", 1))) {
            refused(
                    owner.calls()
                            .contentType(JSON)
                            .body(body)
                            .post(acceptancePath(customer))
                            .then(),
                    400,
                    800002,
                    "");
        }
        directSigned(customer, false);
        accept(owner.calls(), customer).statusCode(201);
        accept(owner.calls(), customer).statusCode(201);
        directSigned(customer, true);
    }

    @Test
    void agreements_are_for_users_alone_900329() {
        var customer = ofFabrikam();
        for (var path : List.of(
                "/v1/agreements",
                "/v1/agreementtemplates/117a77b0-9360-443b-8795-c6dedc750cf9/document",
                customer.path() + "/agreements",
                directSignedPath(customer))) {
            refused(FABRIKAM.sendsAnything().get(path).then(), 403, 900329, "");
        }
        refused(confirm(FABRIKAM.sendsAnything(), customer, attestation()), 403, 900329, "confirmAgreement");
    }

    @Test
    void a_strangers_customer_is_refused_20002_and_a_malformed_one_900118() {
        var customer = ofFabrikam();
        refused(LITWARE.calls("admin").get(customer.path() + "/agreements").then(), 403, 20002, customer.id.toString());
        refused(LITWARE.calls("admin").get(directSignedPath(customer)).then(), 403, 20002, customer.id.toString());
        refused(confirm(LITWARE.calls("admin"), customer, attestation()), 403, 20002, customer.id.toString());
        refused(
                LITWARE.sendsAnythingAs("admin")
                        .get("/v1/customers/alpine/agreements")
                        .then(),
                400,
                900118,
                "alpine");
    }

    @Test
    void a_repeat_gets_the_first_answer_and_sends_no_second_mail_ST5() {
        var customer = ofFabrikam();
        var address = customer.id + "@mail.example";
        var requestId = UUID.randomUUID().toString();
        for (var i = 0; i < 2; i++) {
            confirm(FABRIKAM.calls("admin").header("MS-RequestId", requestId), customer, withContact("email", address))
                    .statusCode(201);
        }
        Sandbox.operator().get("/sandbox/mailbox?to=" + address).then().body("items", hasSize(1));
    }

    private static TestCustomer ofFabrikam() {
        return unrelated().throughProvider(FABRIKAM, CONTOSO).load();
    }

    private static Map<String, Object> attestation() {
        var body = new HashMap<String, Object>();
        body.put("primaryContact", contact("tania@customer.example"));
        body.put("templateId", "117a77b0-9360-443b-8795-c6dedc750cf9");
        body.put("dateAgreed", "2018-06-14T00:00:00.000Z");
        body.put("type", "MicrosoftCustomerAgreement");
        return body;
    }

    private static Map<String, Object> contact(String email) {
        return new HashMap<>(
                Map.of("firstName", "Tania", "lastName", "Carr", "email", email, "phoneNumber", "1234567890"));
    }

    private static Map<String, Object> withContact(String field, Object value) {
        var contact = contact("tania@customer.example");
        contact.put(field, value);
        return with(attestation(), "primaryContact", contact);
    }

    private static Map<String, Object> with(Map<String, Object> body, Object... fields) {
        for (var i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        return body;
    }

    private static ValidatableResponse confirm(
            RequestSpecification caller, TestCustomer customer, Map<String, Object> body) {
        return caller.contentType(JSON)
                .body(body)
                .post(customer.path() + "/agreements")
                .then();
    }

    private static ValidatableResponse accept(RequestSpecification caller, TestCustomer customer) {
        return caller.post(acceptancePath(customer)).then();
    }

    private static ValidatableResponse create(TestCustomer customer) {
        return CONTOSO.calls()
                .contentType(JSON)
                .body(customer.transferRequest("e3"))
                .post(customer.transfersPath())
                .then();
    }

    /** From the time when it could still be confirmed. */
    private static void cloudAgreementOf(DemoPartner partner, TestCustomer customer) {
        DemoPartner.operatorCalls()
                .body("""
                        {"customers":[{"tenantId":"%s","companyName":"Customer %1$s","agreements":[{"type":"MicrosoftCloudAgreement",
                        "method":"attestation","partner":"%s","dateAgreed":"2018-06-14","primaryContact":{"firstName":"Ana",
                        "lastName":"Trujillo","email":"ana@customer.example","phoneNumber":"5550100"}}]}]}""".formatted(customer.id, partner.tenantId))
                .post("/sandbox/scenarios")
                .then()
                .statusCode(201);
    }

    private static void directSigned(TestCustomer customer, boolean expected) {
        CONTOSO.calls("help")
                .get(directSignedPath(customer))
                .then()
                .statusCode(200)
                .body("isSigned", is(expected));
    }

    private static void nothingConfirmed(TestCustomer customer) {
        FABRIKAM.calls("admin")
                .queryParam("agreementType", "*")
                .get(customer.path() + "/agreements")
                .then()
                .body("items", empty());
    }

    private static String directSignedPath(TestCustomer customer) {
        return customer.path() + "/directSignedMicrosoftCustomerAgreementStatus";
    }

    private static String acceptancePath(TestCustomer customer) {
        return "/portal/v1/customers/" + customer.id + "/agreementAcceptances";
    }

    private static void refused(ValidatableResponse answer, int status, int code, String words) {
        answer.statusCode(status).body("code", is(code), "description", containsString(words));
    }
}
