package csp.onboarding.enrolment.api;

import static csp.testsupport.PortalPartner.directBill;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PortalPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.SentMails;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Approval that takes its time (lifecycle.md R9, R10). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@TestProfile(EnrolmentApprovalTest.ThreeDays.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class EnrolmentApprovalTest {

    private static final String GLOBAL = "GlobalAdmin";

    @Inject
    AgroalDataSource database;

    public static class ThreeDays implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("csp.enrolment.approval-business-days", "3");
        }
    }

    @Test
    void R9_R10_it_waits_until_it_is_due_and_then_the_contact_gets_one_notice() {
        var partner = directBill().load();
        var path = submitted(partner);
        partner.calls(GLOBAL).get(path).then().body("status", is("submitted"), "approvedTime", nullValue());
        partner.calls(GLOBAL)
                .post(path + "/acceptAgreement")
                .then()
                .statusCode(400)
                .body("code", is(800040));
        assertEquals(List.of(), SentMails.to(partner.contactEmail));
        try (var sql = Sql.on(database)) {
            due(sql, partner);
            partner.calls(GLOBAL).get(path).then().body("status", is("approved"));
            assertEquals(
                    1,
                    sql.update(
                            "update scheduled_job set execution_time = now() where task_instance = ?",
                            partner.tenantId.toString()));
            SentMails.await(partner.contactEmail);
            sql.await(
                    "approved",
                    "select count(*) from audit_record where partner_id = ? and operation_type = "
                            + "'approve_enrolment' and user_principal_name is null",
                    1,
                    partner.tenantId);
        }
        partner.calls(GLOBAL)
                .post(path + "/acceptAgreement")
                .then()
                .statusCode(200)
                .body("status", is("enrolled"));
        assertEquals(1, SentMails.to(partner.contactEmail).size());
    }

    @Test
    void R9_when_it_is_due_the_agreement_can_be_accepted_before_the_job_has_run() {
        var partner = directBill().load();
        var path = submitted(partner);
        try (var sql = Sql.on(database)) {
            due(sql, partner);
        }
        partner.calls(GLOBAL)
                .post(path + "/acceptAgreement")
                .then()
                .statusCode(200)
                .body("status", is("enrolled"));
        SentMails.await(partner.contactEmail);
        assertEquals(1, SentMails.to(partner.contactEmail).size());
    }

    private static String submitted(PortalPartner partner) {
        var path = "/portal/v1/enrolments/"
                + partner.calls(GLOBAL)
                        .post("/portal/v1/enrolments")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        partner.calls(GLOBAL).post(path + "/submit").then().statusCode(200).body("status", is("submitted"));
        return path;
    }

    private static void due(Sql sql, PortalPartner partner) {
        assertEquals(1, sql.update("update enrolment set approval_due = now() where partner_id = ?", partner.tenantId));
    }
}
