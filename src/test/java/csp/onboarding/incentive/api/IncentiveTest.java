package csp.onboarding.incentive.api;

import static csp.testsupport.PortalPartner.directBill;
import static csp.testsupport.PortalPartner.inTransition;
import static csp.testsupport.PortalPartner.provider;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PortalPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.SentMails;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Incentives (lifecycle.md R66-R68). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class IncentiveTest {

    private static final String INCENTIVES = "/portal/v1/incentives";
    private static final String ENROLMENTS = INCENTIVES + "/enrolments";
    private static final String GLOBAL = "GlobalAdmin";
    private static final Map<String, Object> RESELLER = Map.of("program", "indirectReseller");

    @Inject
    AgroalDataSource database;

    @AfterEach
    void releaseTheClock() {
        Sandbox.releaseClock();
    }

    @Test
    void R66_the_invitation_is_scheduled_at_the_end_of_the_enrolment_within_30_days() {
        var partner = directBill().load();
        status(partner, "notEligible", "open");
        enrol(partner);
        status(partner, "scheduled", "open");
        try (var sql = Sql.on(database)) {
            assertEquals(7, sql.number("""
                    select extract(day from invitation_due - activated_time) from incentive join enrolment using (partner_id)
                    where partner_id = ?""", partner.tenantId));
        }
        refused(partner.calls(GLOBAL).body(RESELLER).post(ENROLMENTS).then(), 400, 800040);
    }

    @Test
    void R66_R67_when_it_is_due_it_is_mailed_once_to_the_programme_account_and_not_to_the_contact() {
        var partner = directBill().load();
        var contact = "form@" + partner.tenantId + ".example";
        enrol(partner, Map.of("primaryContact", Map.of("firstName", "A", "lastName", "B", "email", contact)));
        assertEquals(List.of(), SentMails.to(partner.programEmail));
        Sandbox.advanceClock("P7DT1M");
        status(partner, "open", "open");
        var mail = SentMails.to(partner.programEmail).get(0);
        assertTrue(mail.get("subject").contains(partner.name), mail::toString);
        assertTrue(mail.get("text").contains("incentives"), mail::toString);
        assertEquals(1, SentMails.to(contact).size()); // the approval of the enrolment
        assertEquals(List.of(), SentMails.to(partner.contactEmail));
        assertEquals(1, SentMails.to(partner.programEmail).size());
    }

    @Test
    void R67_without_an_address_of_the_programme_account_nobody_is_written_to_and_the_programme_opens() {
        var partner = directBill().without("programAccountEmail").load();
        enrol(partner);
        Sandbox.advanceClock("P7DT1M");
        try (var sql = Sql.on(database)) {
            sql.await(
                    "invited",
                    "select count(*) from incentive where partner_id = ? and invited_time is not null",
                    1,
                    partner.tenantId);
        }
        status(partner, "open", "open");
    }

    @Test
    void R19_R67_who_is_a_reseller_no_more_when_it_is_due_is_not_invited() {
        var partner = directBill().load();
        enrol(partner);
        try (var sql = Sql.on(database)) {
            sql.update("update partner set indirect_reseller = 'NONE' where tenant_id = ?", partner.tenantId);
        }
        Sandbox.advanceClock("P7DT1M");
        assertEquals(List.of(), SentMails.to(partner.programEmail));
        status(partner, "notEligible", "open");
    }

    @Test
    void R68_the_programmes_of_a_tenant_are_enrolled_for_separately() {
        var partner = inTransition().load();
        partner.calls(GLOBAL)
                .body(RESELLER)
                .post(ENROLMENTS)
                .then()
                .statusCode(201)
                .body("status", is("enrolled"), "enrolledBy", is(partner.upn(GLOBAL)));
        status(partner, "enrolled", "open");
        partner.calls(GLOBAL)
                .body(Map.of("program", "DirectBill"))
                .post(ENROLMENTS)
                .then()
                .statusCode(201);
        status(partner, "enrolled", "enrolled");
        refused(partner.calls(GLOBAL).body(RESELLER).post(ENROLMENTS).then(), 400, 800040);
        try (var sql = Sql.on(database)) {
            assertEquals(List.of("indirectReseller", "directBill"), sql.column("""
                    select resource_id from audit_record where partner_id = ? and operation_type = 'enrol_for_incentive'
                    order by id""", partner.tenantId));
        }
    }

    @Test
    void who_is_not_eligible_does_not_enrol_800040() {
        var partner = provider().load();
        status(partner, "notEligible", "notEligible");
        for (var program : List.of("indirectReseller", "directBill")) {
            refused(
                    partner.calls(GLOBAL)
                            .body(Map.of("program", program))
                            .post(ENROLMENTS)
                            .then(),
                    400,
                    800040);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AdminAgent", "SalesAgent", "HelpdeskAgent", "BillingAdmin"})
    void other_roles_read_and_do_not_enrol_900150(String role) {
        var partner = inTransition().load();
        refused(partner.calls(role).body(RESELLER).post(ENROLMENTS).then(), 403, 900150);
        partner.calls(role).get(INCENTIVES).then().statusCode(200).body("items[0].status", is("open"));
    }

    @Test
    void an_application_alone_does_not_enrol_900329() {
        var partner = inTransition().load();
        refused(partner.appCalls().body(RESELLER).post(ENROLMENTS).then(), 403, 900329);
        partner.appCalls().get(INCENTIVES).then().statusCode(200).body("totalCount", is(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|800002|program",
                "[]|800002|[]",
                "{|800002|not well-formed",
                "{\"program\":null}|800002|program",
                "{\"program\":7}|800002|program",
                "{\"program\":\"\"}|800002|program",
                "{\"program\":\"all\"}|900126|all",
                "{\"program\":{}}|800002|program"
            })
    void each_bad_program_is_refused_by_name(String body, int code, String named) {
        var partner = inTransition().load();
        refused(partner.sendsAnythingAs(GLOBAL).body(body).post(ENROLMENTS).then(), 400, code)
                .body("description", containsString(named));
        status(partner, "open", "open");
    }

    private static void status(PortalPartner partner, String reseller, String directBill) {
        partner.calls("HelpdeskAgent")
                .get(INCENTIVES)
                .then()
                .statusCode(200)
                .body(
                        "items.program",
                        is(List.of("indirectReseller", "directBill")),
                        "items.status",
                        is(List.of(reseller, directBill)));
    }

    private static void enrol(PortalPartner partner) {
        enrol(partner, Map.of());
    }

    private static void enrol(PortalPartner partner, Map<String, Object> form) {
        var path = "/portal/v1/enrolments/"
                + partner.calls(GLOBAL)
                        .post("/portal/v1/enrolments")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        partner.calls(GLOBAL).body(form).post(path + "/submit").then().statusCode(200);
        partner.calls(GLOBAL).post(path + "/acceptAgreement").then().statusCode(200);
    }

    private static ValidatableResponse refused(ValidatableResponse answer, int status, int code) {
        return answer.statusCode(status).body("code", is(code), "source", is("PartnerFD"));
    }
}
