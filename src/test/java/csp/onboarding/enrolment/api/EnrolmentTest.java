package csp.onboarding.enrolment.api;

import static csp.testsupport.PortalPartner.directBill;
import static csp.testsupport.PortalPartner.provider;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PortalPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.SentMails;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Enrolment as indirect reseller (lifecycle.md R1-R15), and the end of direct-bill and the way back (R16-R19, R57, R58). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class EnrolmentTest {

    private static final String ENROLMENTS = "/portal/v1/enrolments";
    private static final String PROGRAM_INFO = "/portal/v1/programInfo";
    private static final String GLOBAL = "GlobalAdmin";

    @Inject
    AgroalDataSource database;

    @AfterEach
    void releaseTheClock() {
        Sandbox.releaseClock();
    }

    @Test
    void R1_only_a_direct_bill_partner_starts_900149() {
        provider()
                .load()
                .calls(GLOBAL)
                .post(ENROLMENTS)
                .then()
                .statusCode(403)
                .body("code", is(900149), "description", containsString("direct-bill"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AdminAgent", "SalesAgent", "HelpdeskAgent", "BillingAdmin"})
    void R1_only_a_global_admin_starts_submits_and_accepts_900150(String role) {
        var partner = directBill().load();
        refused(partner.calls(role).post(ENROLMENTS).then(), 403, 900150);
        var path = start(partner);
        refused(partner.calls(role).post(path + "/submit").then(), 403, 900150);
        submit(partner, path);
        refused(partner.calls(role).post(path + "/acceptAgreement").then(), 403, 900150);
        status(partner, "approved");
    }

    @Test
    void R1_an_application_alone_starts_nothing_900329() {
        var partner = directBill().load();
        refused(partner.appCalls().post(ENROLMENTS).then(), 403, 900329);
        refused(partner.calls(GLOBAL).get(ENROLMENTS + "/" + partner.tenantId).then(), 404, 1000);
    }

    @Test
    void R2_R3_a_revenue_below_300000_in_12_months_is_refused_900137_and_300000_is_enough() {
        refused(
                        directBill()
                                .with("cspRevenueLast12Months", 299_999)
                                .load()
                                .calls(GLOBAL)
                                .post(ENROLMENTS)
                                .then(),
                        403,
                        900137)
                .body("description", containsString("299999 USD"));
        start(directBill().with("cspRevenueLast12Months", 300_000).load());
        start(directBill().without("cspRevenueLast12Months").load());
    }

    @Test
    void R4_a_restricted_partner_may_enrol_too() {
        enrol(directBill().program("directBill", "restricted").load());
    }

    @Test
    void R5_the_profile_needs_a_partner_id_800036() {
        refused(
                        directBill()
                                .without("mpnId")
                                .load()
                                .calls(GLOBAL)
                                .post(ENROLMENTS)
                                .then(),
                        417,
                        800036)
                .body("description", containsString("mpnId"));
    }

    @Test
    void R5_somebody_must_be_there_to_write_to_in_the_form_or_in_the_profile_800036() {
        var partner = directBill().without("primaryContact").load();
        var path = start(partner);
        refused(partner.calls(GLOBAL).post(path + "/submit").then(), 417, 800036)
                .body("description", containsString("primaryContact"));
        status(partner, "draft");
        partner.calls(GLOBAL)
                .body(form("ada@" + partner.tenantId + ".example"))
                .post(path + "/submit")
                .then()
                .statusCode(200);
    }

    @Test
    void R6_the_enrolment_keeps_the_tenant() {
        var partner = directBill().load();
        partner.calls(GLOBAL)
                .post(ENROLMENTS)
                .then()
                .statusCode(201)
                .body(
                        "id",
                        is(partner.tenantId.toString()),
                        "profile.tenantId",
                        is(partner.tenantId.toString()),
                        "profile.name",
                        is(partner.name),
                        "status",
                        is("draft"),
                        "profile.primaryContact.email",
                        is(partner.contactEmail),
                        "profile.cspRevenueLast12Months",
                        is(450000));
    }

    @Test
    void R8_the_steps_come_in_their_order_800040() {
        var partner = directBill().load();
        refused(
                partner.calls(GLOBAL)
                        .post(ENROLMENTS + "/" + partner.tenantId + "/submit")
                        .then(),
                404,
                1000);
        var path = start(partner);
        partner.calls(GLOBAL).post(ENROLMENTS).then().statusCode(200).body("status", is("draft")); // the same one again
        refused(partner.calls(GLOBAL).post(path + "/acceptAgreement").then(), 400, 800040);
        submit(partner, path);
        refused(partner.calls(GLOBAL).post(path + "/submit").then(), 400, 800040);
        refused(partner.calls(GLOBAL).post(ENROLMENTS).then(), 400, 800040);
        partner.calls(GLOBAL)
                .post(path + "/acceptAgreement")
                .then()
                .statusCode(200)
                .body("status", is("enrolled"));
        refused(partner.calls(GLOBAL).post(path + "/acceptAgreement").then(), 400, 800040);
        refused(partner.calls(GLOBAL).post(ENROLMENTS).then(), 400, 800040);
        status(partner, "enrolled");
    }

    @Test
    void R9_without_a_delay_approval_is_immediate() {
        var partner = directBill().load();
        partner.calls(GLOBAL)
                .post(start(partner) + "/submit")
                .then()
                .statusCode(200)
                .body("status", is("approved"));
    }

    @Test
    void R10_the_contact_of_the_form_gets_the_notice_and_nobody_else() {
        var partner = directBill().load();
        var contact = "form@" + partner.tenantId + ".example";
        partner.calls(GLOBAL)
                .body(form(contact))
                .post(start(partner) + "/submit")
                .then()
                .statusCode(200)
                .body("primaryContact.email", is(contact));
        var mail = SentMails.await(contact);
        assertTrue(mail.get("subject").contains(partner.name + " is approved"), mail::toString);
        assertTrue(mail.get("text").startsWith("Dear Ada Form,"), mail::toString);
        assertTrue(mail.get("text").contains(partner.tenantId.toString()), mail::toString);
        assertTrue(mail.get("html").contains("agreement"), mail::toString);
        assertEquals(List.of(), SentMails.to(partner.contactEmail));
        assertEquals(1, SentMails.to(contact).size());
    }

    @Test
    void R10_the_contact_may_be_named_at_the_start_and_changed_until_the_form_is_sent_in() {
        var partner = directBill().load();
        var contacts = List.of("one@" + partner.tenantId + ".example", "two@" + partner.tenantId + ".example");
        partner.calls(GLOBAL)
                .body(form(contacts.get(0)))
                .post(ENROLMENTS)
                .then()
                .statusCode(201)
                .body("primaryContact.email", is(contacts.get(0)));
        partner.calls(GLOBAL)
                .body(form(contacts.get(1)))
                .post(ENROLMENTS)
                .then()
                .statusCode(200)
                .body("primaryContact.email", is(contacts.get(1)));
        submit(partner, ENROLMENTS + "/" + partner.tenantId);
        SentMails.await(contacts.get(1));
        assertEquals(List.of(), SentMails.to(contacts.get(0)));
        assertEquals(List.of(), SentMails.to(partner.contactEmail));
    }

    @Test
    void R10_a_contact_without_a_name_is_addressed_as_the_partner() {
        var email = "nameless@" + UUID.randomUUID() + ".example";
        var partner =
                directBill().with("primaryContact", Map.of("email", email)).load();
        submit(partner, start(partner));
        assertTrue(SentMails.await(email).get("text").startsWith("Dear " + partner.name + ","));
    }

    @Test
    void a_bad_contact_is_refused_at_the_start_too_800002() {
        var partner = directBill().load();
        refused(
                        partner.sendsAnythingAs(GLOBAL)
                                .body(form("ana"))
                                .post(ENROLMENTS)
                                .then(),
                        400,
                        800002)
                .body("description", containsString("primaryContact.email"));
        partner.calls(GLOBAL).get(ENROLMENTS + "/" + partner.tenantId).then().statusCode(404);
    }

    @Test
    void R11_the_status_can_be_read_in_the_programme_info() {
        var partner = directBill().load();
        partner.calls("HelpdeskAgent")
                .get(PROGRAM_INFO)
                .then()
                .statusCode(200)
                .body("programs.indirectReseller", is("none"));
        submit(partner, start(partner));
        partner.appCalls().get(PROGRAM_INFO).then().statusCode(200).body("programs.indirectReseller", is("approved"));
    }

    @Test
    void R12_capabilities_begin_with_the_agreement_and_not_with_approval() {
        var partner = directBill().load();
        var path = start(partner);
        submit(partner, path);
        partner.calls(GLOBAL)
                .get(PROGRAM_INFO)
                .then()
                .body("profile", contains("directBill"), "partnerAgreementSigned", is(false));
        partner.calls(GLOBAL).post(path + "/acceptAgreement").then().statusCode(200);
        partner.calls(GLOBAL)
                .get(PROGRAM_INFO)
                .then()
                .body("profile", hasItem("indirectReseller"), "partnerAgreementSigned", is(true));
    }

    @Test
    void R13_R14_R15_after_the_agreement_the_profile_shows_both() {
        var partner = enrol(directBill().load());
        partner.calls(GLOBAL)
                .get(PROGRAM_INFO)
                .then()
                .statusCode(200)
                .body(
                        "profile",
                        contains("directBill", "indirectReseller"),
                        "programs.directBill",
                        is("active"),
                        "storefrontAccess",
                        is(true));
    }

    @Test
    void R16_R58_leaving_direct_bill_waits_until_no_subscription_is_left_800036() {
        var partner = enrol(directBill().load());
        var customer = TestCustomer.unrelated()
                .related(Map.of("partner", partner.tenantId, "kind", "directReseller"))
                .subscription("e3", Map.of("partner", partner.tenantId))
                .load();
        refused(partner.calls(GLOBAL).post(PROGRAM_INFO + "/leaveDirectBill").then(), 417, 800036)
                .body("description", containsString("1 direct-bill subscription"));
        partner.calls(GLOBAL).get(PROGRAM_INFO).then().body("programs.directBill", is("active"));
        try (var sql = Sql.on(database)) {
            sql.update("update subscription set status = 'EXPIRED' where id = ?", customer.subscription("e3"));
        }
        partner.calls(GLOBAL)
                .post(PROGRAM_INFO + "/leaveDirectBill")
                .then()
                .statusCode(200)
                .body("profile", contains("indirectReseller"), "storefrontAccess", is(false));
        refused(partner.calls(GLOBAL).post(PROGRAM_INFO + "/leaveDirectBill").then(), 400, 800040);
    }

    @ParameterizedTest
    @CsvSource({
        "license,suspended",
        "azurePayg,suspended",
        "newCommerceLicense,suspended",
        "azurePlan,suspended",
        "marketplaceSaas,suspended",
        "license,pending",
        "license,disabled",
        "azureReservation,deleted"
    })
    void R58_what_is_suspended_or_over_holds_nobody_in_direct_bill(String product, String status) {
        var partner = enrol(directBill().load());
        customerOf(partner, product, status);
        partner.calls(GLOBAL)
                .post(PROGRAM_INFO + "/leaveDirectBill")
                .then()
                .statusCode(200)
                .body("programs.directBill", is("none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"azureReservation", "azureSavingsPlan", "termBased"})
    void R58_what_only_a_cancellation_ends_holds_its_partner_until_it_is_cancelled_800036(String product) {
        var partner = enrol(directBill().load());
        var customer = customerOf(partner, product, "suspended");
        refused(partner.calls(GLOBAL).post(PROGRAM_INFO + "/leaveDirectBill").then(), 417, 800036);
        partner.calls(GLOBAL)
                .body("{\"status\":\"deleted\"}")
                .patch(customer.path() + "/subscriptions/" + customer.subscription("it"))
                .then()
                .statusCode(200)
                .body("status", is("deleted"));
        partner.calls(GLOBAL).post(PROGRAM_INFO + "/leaveDirectBill").then().statusCode(200);
    }

    private static TestCustomer customerOf(PortalPartner partner, String product, String status) {
        return TestCustomer.unrelated()
                .related(Map.of("partner", partner.tenantId, "kind", "directReseller"))
                .subscription(
                        "it",
                        Map.of("partner", partner.tenantId, "product", product, "status", status, "offerId", "A:B:C"))
                .load();
    }

    @Test
    void R16_after_direct_bill_the_API_is_lost_and_the_portal_is_not() {
        var partner = enrol(directBill().load());
        partner.asksForAppToken()
                .post("/" + partner.tenantId + "/oauth2/token")
                .then()
                .statusCode(200);
        partner.calls(GLOBAL).post(PROGRAM_INFO + "/leaveDirectBill").then().statusCode(200);
        partner.asksForAppToken()
                .post("/" + partner.tenantId + "/oauth2/token")
                .then()
                .statusCode(400)
                .body("error", is("unauthorized_client"));
        var token = partner.newUserToken(GLOBAL);
        refused(given().auth().oauth2(token).get("/v1/customers").then(), 403, 2032)
                .body("description", containsString("gave up direct-bill"));
        refused(given().auth().oauth2(token).get("/v1/relationships").then(), 403, 2032);
        given().auth().oauth2(token).get(PROGRAM_INFO).then().statusCode(200).body("storefrontAccess", is(false));
    }

    @Test
    void R16_who_becomes_direct_bill_again_has_the_API_again() {
        var partner = enrol(directBill().load());
        partner.calls(GLOBAL).post(PROGRAM_INFO + "/leaveDirectBill").then().statusCode(200);
        Sandbox.advanceClock("P1Y");
        partner.calls(GLOBAL)
                .body(Map.of("overrideReseller", true))
                .post(PROGRAM_INFO + "/applyForDirectBill")
                .then()
                .statusCode(200)
                .body("storefrontAccess", is(true));
        given().auth()
                .oauth2(partner.newUserToken(GLOBAL))
                .get("/v1/customers")
                .then()
                .statusCode(200);
        partner.asksForAppToken()
                .post("/" + partner.tenantId + "/oauth2/token")
                .then()
                .statusCode(200);
    }

    @Test
    void R57_a_partner_that_is_no_reseller_does_not_leave_direct_bill_900137() {
        var partner = directBill().load();
        refused(partner.calls(GLOBAL).post(PROGRAM_INFO + "/leaveDirectBill").then(), 403, 900137);
        partner.calls(GLOBAL).get(PROGRAM_INFO).then().body("programs.directBill", is("active"));
        refused(
                partner.calls("AdminAgent")
                        .post(PROGRAM_INFO + "/leaveDirectBill")
                        .then(),
                403,
                900150);
    }

    @Test
    void R17_R18_a_new_tenant_of_a_reseller_becomes_direct_bill() {
        var reseller =
                PortalPartner.inTransition().program("directBill", "none").load();
        var renewed = provider()
                .program("indirectProvider", "none")
                .with("formerTenantId", reseller.tenantId)
                .load();
        renewed.calls(GLOBAL)
                .post(PROGRAM_INFO + "/applyForDirectBill")
                .then()
                .statusCode(200)
                .body("profile", contains("directBill"));
        refused(renewed.calls(GLOBAL).post(PROGRAM_INFO + "/applyForDirectBill").then(), 400, 800040);
        reseller.calls(GLOBAL).get(PROGRAM_INFO).then().body("profile", contains("indirectReseller"));
    }

    @Test
    void R17_a_tenant_without_a_former_one_that_is_a_reseller_does_not_900137() {
        var plain = provider().load();
        refused(plain.calls(GLOBAL).post(PROGRAM_INFO + "/applyForDirectBill").then(), 403, 900137);
        var stranger = provider().with("formerTenantId", UUID.randomUUID()).load();
        refused(
                stranger.calls(GLOBAL)
                        .post(PROGRAM_INFO + "/applyForDirectBill")
                        .then(),
                403,
                900137);
        plain.calls(GLOBAL).get(PROGRAM_INFO).then().body("programs.directBill", is("none"));
    }

    @Test
    void R18_less_than_12_months_as_reseller_or_less_revenue_is_refused_900137() {
        var fresh = enrol(directBill().load());
        var renewed = provider().with("formerTenantId", fresh.tenantId).load();
        refused(renewed.calls(GLOBAL).post(PROGRAM_INFO + "/applyForDirectBill").then(), 403, 900137)
                .body("description", containsString("12 months"));
        Sandbox.advanceClock("P1Y");
        try (var sql = Sql.on(database)) {
            sql.update("update partner set csp_revenue_last_12_months = 299999 where tenant_id = ?", fresh.tenantId);
            refused(
                            renewed.calls(GLOBAL)
                                    .post(PROGRAM_INFO + "/applyForDirectBill")
                                    .then(),
                            403,
                            900137)
                    .body("description", containsString("299999"));
            sql.update("update partner set csp_revenue_last_12_months = 300000 where tenant_id = ?", fresh.tenantId);
        }
        renewed.calls(GLOBAL).post(PROGRAM_INFO + "/applyForDirectBill").then().statusCode(200);
    }

    @Test
    void R19_on_the_tenant_of_the_reseller_direct_bill_overrides_it_and_only_knowingly_800036() {
        var reseller =
                PortalPartner.inTransition().program("directBill", "none").load();
        refused(
                reseller.calls(GLOBAL)
                        .post(PROGRAM_INFO + "/applyForDirectBill")
                        .then(),
                417,
                800036);
        reseller.calls(GLOBAL).get(PROGRAM_INFO).then().body("profile", contains("indirectReseller"));
        reseller.calls(GLOBAL)
                .body(Map.of("overrideReseller", true))
                .post(PROGRAM_INFO + "/applyForDirectBill")
                .then()
                .statusCode(200)
                .body("profile", contains("directBill"), "programs.indirectReseller", is("none"));
        start(reseller); // and may enrol again
    }

    @Test
    void R59_a_restricted_partner_sees_its_status() {
        directBill()
                .program("directBill", "restricted")
                .load()
                .calls(GLOBAL)
                .get(PROGRAM_INFO)
                .then()
                .body("cloudSolutionProviderStatus", is("restricted"), "profile", contains("directBill"));
    }

    @Test
    void of_two_acceptances_at_the_same_time_one_wins_800040() {
        var partner = directBill().load();
        var path = start(partner);
        submit(partner, path);
        var statuses = Simultaneously.run(
                () -> partner.calls(GLOBAL).post(path + "/acceptAgreement").statusCode(),
                () -> partner.calls(GLOBAL).post(path + "/acceptAgreement").statusCode());
        assertEquals(List.of(200, 400), statuses.stream().sorted().toList());
    }

    @Test
    void of_two_starts_at_the_same_time_both_get_the_one_form() {
        var partner = directBill().load();
        var statuses = Simultaneously.run(
                () -> partner.calls(GLOBAL).post(ENROLMENTS).statusCode(),
                () -> partner.calls(GLOBAL).post(ENROLMENTS).statusCode());
        assertEquals(List.of(200, 201), statuses.stream().sorted().toList());
    }

    @Test
    void a_repeat_with_the_same_request_id_gets_the_first_answer() {
        var partner = directBill().load();
        var id = UUID.randomUUID().toString();
        var first = partner.calls(GLOBAL)
                .header("MS-RequestId", id)
                .post(ENROLMENTS)
                .then()
                .statusCode(201)
                .extract();
        assertEquals(
                first.asString(),
                partner.calls(GLOBAL)
                        .header("MS-RequestId", id)
                        .post(ENROLMENTS)
                        .then()
                        .statusCode(201)
                        .extract()
                        .asString());
    }

    @Test
    void each_step_leaves_an_audit_record() {
        var partner = enrol(directBill().load());
        try (var sql = Sql.on(database)) {
            assertEquals(
                    List.of("create_enrolment", "submit_enrolment", "accept_reseller_agreement"),
                    sql.column(
                            "select operation_type from audit_record where partner_id = ? order by id",
                            partner.tenantId));
        }
    }

    @Test
    void an_enrolment_that_a_scenario_left_approved_goes_on_from_there() {
        var partner = directBill().program("indirectReseller", "approved").load();
        status(partner, "approved");
        partner.calls(GLOBAL)
                .post(ENROLMENTS + "/" + partner.tenantId + "/acceptAgreement")
                .then()
                .statusCode(200)
                .body("status", is("enrolled"), "activatedBy", is(partner.upn(GLOBAL)));
    }

    @Test
    void the_enrolment_of_another_partner_is_not_found_1000() {
        var partner = directBill().load();
        start(partner);
        for (var id : List.of(
                UUID.randomUUID().toString(),
                "1",
                "%00",
                start(directBill().load()).substring(23))) {
            refused(
                    partner.sendsAnythingAs(GLOBAL)
                            .urlEncodingEnabled(false)
                            .get(ENROLMENTS + "/" + id)
                            .then(),
                    404,
                    1000);
        }
    }

    @Test
    void a_user_of_a_customer_has_no_enrolment_2032() {
        var upn = "owner@" + UUID.randomUUID() + ".example";
        var customer = TestCustomer.unrelated()
                .with(
                        "users",
                        List.of(Map.of(
                                "objectId",
                                UUID.randomUUID(),
                                "userPrincipalName",
                                upn,
                                "password",
                                "a-secret-of-tests",
                                "roles",
                                List.of(GLOBAL))))
                .load();
        var token = given().formParams(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "e0000000-0000-4000-8000-0000000000fe",
                        "username",
                        upn,
                        "password",
                        "a-secret-of-tests",
                        "scope",
                        "https://api.partnercenter.microsoft.com/.default"))
                .post("/" + customer.id + "/oauth2/v2.0/token")
                .then()
                .statusCode(200)
                .extract()
                .<String>path("access_token");
        refused(given().auth().oauth2(token).post(ENROLMENTS).then(), 403, 2032);
        refused(given().auth().oauth2(token).get(PROGRAM_INFO).then(), 403, 2032);
    }

    static Stream<Arguments> bad_forms() {
        return Stream.of(
                Arguments.of("[]", "[]"),
                Arguments.of("{", "not well-formed"),
                Arguments.of("7", "7"),
                Arguments.of("{\"primaryContact\":7}", "primaryContact"),
                Arguments.of("{\"primaryContact\":[]}", "primaryContact"),
                Arguments.of("{\"primaryContact\":{}}", "primaryContact.firstName"),
                Arguments.of(contact("firstName", "null"), "primaryContact.firstName"),
                Arguments.of(contact("firstName", "\"\""), "primaryContact.firstName"),
                Arguments.of(contact("firstName", "7"), "primaryContact.firstName"),
                Arguments.of(contact("firstName", "\"" + "a".repeat(257) + "\""), "primaryContact.firstName"),
                Arguments.of(contact("firstName", "\"a\\u0007\""), "primaryContact.firstName"),
                Arguments.of(contact("lastName", "null"), "primaryContact.lastName"),
                Arguments.of(contact("lastName", "\" \""), "primaryContact.lastName"),
                Arguments.of(contact("lastName", "true"), "primaryContact.lastName"),
                Arguments.of(contact("email", "null"), "primaryContact.email"),
                Arguments.of(contact("email", "\"ada\""), "primaryContact.email"),
                Arguments.of(contact("email", "\"ada@\""), "primaryContact.email"),
                Arguments.of(contact("email", "\"a b@c.example\""), "primaryContact.email"),
                Arguments.of(contact("email", "\"" + "a".repeat(250) + "@b.example\""), "primaryContact.email"),
                Arguments.of(contact("email", "{}"), "primaryContact.email"),
                Arguments.of(contact("phoneNumber", "7"), "primaryContact.phoneNumber"),
                Arguments.of(contact("phoneNumber", "\"\""), "primaryContact.phoneNumber"));
    }

    @ParameterizedTest
    @MethodSource("bad_forms")
    void each_bad_field_of_the_form_is_refused_by_name_800002_and_nothing_is_sent_in(String body, String named) {
        var partner = directBill().load();
        refused(
                        partner.sendsAnythingAs(GLOBAL)
                                .body(body)
                                .post(start(partner) + "/submit")
                                .then(),
                        400,
                        800002)
                .body("description", containsString(named));
        status(partner, "draft");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"overrideReseller\":\"yes\"}", "{\"overrideReseller\":1}", "[]", "{"})
    void each_bad_application_for_direct_bill_is_refused_800002(String body) {
        var partner = PortalPartner.inTransition().program("directBill", "none").load();
        refused(
                partner.sendsAnythingAs(GLOBAL)
                        .body(body)
                        .post(PROGRAM_INFO + "/applyForDirectBill")
                        .then(),
                400,
                800002);
        partner.calls(GLOBAL).get(PROGRAM_INFO).then().body("programs.directBill", is("none"));
    }

    private static String contact(String field, String value) {
        var others = Stream.of("firstName", "lastName", "email")
                .filter(name -> !name.equals(field))
                .map(name -> ",\"%s\":\"a@b.example\"".formatted(name))
                .reduce("", String::concat);
        return "{\"primaryContact\":{\"%s\":%s%s}}".formatted(field, value, others);
    }

    private static Map<String, Object> form(String email) {
        return Map.of("primaryContact", Map.of("firstName", "Ada", "lastName", "Form", "email", email));
    }

    private static String start(PortalPartner partner) {
        return ENROLMENTS + "/"
                + partner.calls(GLOBAL)
                        .post(ENROLMENTS)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
    }

    private static void submit(PortalPartner partner, String path) {
        partner.calls(GLOBAL).post(path + "/submit").then().statusCode(200);
    }

    private static PortalPartner enrol(PortalPartner partner) {
        var path = start(partner);
        submit(partner, path);
        partner.calls(GLOBAL)
                .post(path + "/acceptAgreement")
                .then()
                .statusCode(200)
                .body("status", is("enrolled"));
        return partner;
    }

    private static void status(PortalPartner partner, String status) {
        partner.calls(GLOBAL)
                .get(ENROLMENTS + "/" + partner.tenantId)
                .then()
                .statusCode(200)
                .body("status", is(status));
    }

    private static ValidatableResponse refused(ValidatableResponse answer, int status, int code) {
        return answer.statusCode(status).body("code", is(code), "source", is("PartnerFD"), "id", nullValue());
    }
}
