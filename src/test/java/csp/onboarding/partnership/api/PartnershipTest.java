package csp.onboarding.partnership.api;

import static csp.testsupport.PortalPartner.directBill;
import static csp.testsupport.PortalPartner.inTransition;
import static csp.testsupport.PortalPartner.provider;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PortalPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.SentMails;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider directory (lifecycle.md R20, R21) and partnerships (R22-R26). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class PartnershipTest {

    private static final String INVITATIONS = "/portal/v1/partnershipInvitations";
    private static final String GLOBAL = "GlobalAdmin";

    @Inject
    AgroalDataSource database;

    private PortalPartner provider;
    private PortalPartner reseller;

    @BeforeEach
    void loadPartners() {
        provider = provider().load();
        reseller = inTransition().load();
    }

    @AfterEach
    void releaseTheClock() {
        Sandbox.releaseClock();
    }

    @Test
    void R20_providers_are_found_by_name_country_and_offering() {
        var word = UUID.randomUUID().toString();
        var swede = provider()
                .with("name", "Norr 100% " + word)
                .with("country", "SE")
                .with("offerings", List.of("training", "support"))
                .load();
        provider()
                .with("name", "Fin " + word)
                .with("country", "FI")
                .with("offerings", List.of("financing"))
                .load();
        provider()
                .with("name", "Resting " + word)
                .program("indirectProvider", "restricted")
                .load();
        directBill().with("name", "Direct " + word).load();

        var one = swede.tenantId.toString();
        found(Map.of("name", word))
                .body("totalCount", is(2), "items.name", is(List.of("Fin " + word, "Norr 100% " + word)));
        found(Map.of("name", word.toUpperCase(), "country", "se"))
                .body(
                        "items.tenantId",
                        is(List.of(one)),
                        "items[0].region",
                        is("EU/EFTA/UK"),
                        "items[0].offerings",
                        is(List.of("training", "support")));
        found(Map.of("name", "100% " + word)).body("items.tenantId", is(List.of(one)));
        found(Map.of("name", "100_ " + word)).body("totalCount", is(0));
        found(Map.of("name", word, "offering", "Training")).body("items.tenantId", is(List.of(one)));
        found(Map.of("name", word, "offering", "marketing")).body("totalCount", is(0));
        found(Map.of("name", word, "country", "", "offering", "")).body("totalCount", is(2));
    }

    @Test
    void R21_without_a_filter_every_active_provider_is_listed_to_any_role() {
        reseller.calls("HelpdeskAgent")
                .get("/portal/v1/providers?name=Fabrikam")
                .then()
                .statusCode(200)
                .body("items.name", hasItem("Fabrikam Distribution"));
        reseller.appCalls()
                .get("/portal/v1/providers")
                .then()
                .statusCode(200)
                .body("items.name", hasItem("Fabrikam Distribution"), "items.name", not(hasItem("Litware Direct")));
    }

    @ParameterizedTest
    @CsvSource({"country,USA,800002", "country,XX,800002", "country,1,800002", "offering,lunch,900126"})
    void each_bad_parameter_of_the_directory_is_refused(String parameter, String value, int code) {
        refused(
                        reseller.sendsAnythingAs(GLOBAL)
                                .queryParam(parameter, value)
                                .get("/portal/v1/providers")
                                .then(),
                        400,
                        code)
                .body("description", containsString(value));
    }

    @Test
    void a_name_that_is_too_long_or_has_control_characters_is_refused_800002() {
        for (var name : List.of("a".repeat(257), "a\u0000b", "a\u0007")) {
            refused(
                    reseller.sendsAnythingAs(GLOBAL)
                            .queryParam("name", name)
                            .get("/portal/v1/providers")
                            .then(),
                    400,
                    800002);
        }
    }

    @Test
    void R22_the_provider_sends_a_personalised_link_by_mail() {
        var answer = provider.calls("AdminAgent")
                .body(Map.of("resellerTenantId", reseller.tenantId))
                .post(INVITATIONS)
                .then()
                .statusCode(201)
                .body(
                        "status",
                        is("pending"),
                        "reseller.tenantId",
                        is(reseller.tenantId.toString()),
                        "email",
                        is(reseller.contactEmail))
                .extract();
        String link = answer.path("link");
        assertTrue(link.endsWith(INVITATIONS + "/" + answer.path("token")), link);
        var mail = SentMails.await(reseller.contactEmail);
        assertTrue(mail.get("subject").contains(provider.name), mail::toString);
        assertTrue(mail.get("text").contains(link) && mail.get("html").contains(link), mail::toString);
    }

    @Test
    void R22_an_invitation_by_mail_alone_is_for_whoever_has_the_link() {
        var email = "someone@" + UUID.randomUUID() + ".example";
        String token = provider.calls(GLOBAL)
                .body(Map.of("resellerEmail", email))
                .post(INVITATIONS)
                .then()
                .statusCode(201)
                .body("reseller", nullValue(), "email", is(email))
                .extract()
                .path("token");
        SentMails.await(email);
        reseller.calls("SalesAgent").get(INVITATIONS + "/" + token).then().statusCode(200);
        reseller.calls(GLOBAL)
                .post(INVITATIONS + "/" + token + "/accept")
                .then()
                .statusCode(200)
                .body("reseller.tenantId", is(reseller.tenantId.toString()));
        refused(
                inTransition()
                        .load()
                        .calls(GLOBAL)
                        .get(INVITATIONS + "/" + token)
                        .then(),
                404,
                1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"resellerTenantId\":null,\"resellerEmail\":null}"})
    void R22_a_provider_may_pass_the_link_on_itself(String nobody) {
        String token = provider.sendsAnythingAs(GLOBAL)
                .body(nobody)
                .post(INVITATIONS)
                .then()
                .statusCode(201)
                .body("reseller", nullValue(), "email", nullValue())
                .extract()
                .path("token");
        reseller.calls(GLOBAL)
                .post(INVITATIONS + "/" + token + "/accept")
                .then()
                .statusCode(200)
                .body("reseller.tenantId", is(reseller.tenantId.toString()));
    }

    @Test
    void R22_only_an_active_provider_invites_900149() {
        refused(
                reseller.calls(GLOBAL)
                        .body(Map.of("resellerTenantId", provider.tenantId))
                        .post(INVITATIONS)
                        .then(),
                403,
                900149);
        var restricted = provider().program("indirectProvider", "restricted").load();
        refused(
                restricted
                        .calls(GLOBAL)
                        .body(Map.of("resellerTenantId", reseller.tenantId))
                        .post(INVITATIONS)
                        .then(),
                403,
                900149);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SalesAgent", "HelpdeskAgent", "BillingAdmin"})
    void other_roles_invite_nobody_900150(String role) {
        refused(
                provider.calls(role)
                        .body(Map.of("resellerTenantId", reseller.tenantId))
                        .post(INVITATIONS)
                        .then(),
                403,
                900150);
    }

    @Test
    void an_application_alone_neither_invites_nor_answers_900329() {
        refused(
                provider.appCalls()
                        .body(Map.of("resellerTenantId", reseller.tenantId))
                        .post(INVITATIONS)
                        .then(),
                403,
                900329);
        var path = invite();
        refused(reseller.appCalls().post(path + "/accept").then(), 403, 900329);
        refused(reseller.appCalls().post(path + "/decline").then(), 403, 900329);
        reseller.appCalls().get(path).then().statusCode(200).body("status", is("pending"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AdminAgent", "SalesAgent", "HelpdeskAgent", "BillingAdmin"})
    void R23_only_a_global_admin_of_the_reseller_answers_900150(String role) {
        var path = invite();
        refused(reseller.calls(role).post(path + "/accept").then(), 403, 900150);
        refused(reseller.calls(role).post(path + "/decline").then(), 403, 900150);
        reseller.calls(role).get(path).then().statusCode(200).body("status", is("pending"));
    }

    @Test
    void R23_the_provider_cannot_answer_its_own_invitation_900150() {
        String token = provider.calls(GLOBAL)
                .body(Map.of("resellerEmail", "a@b.example"))
                .post(INVITATIONS)
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        refused(
                provider.calls(GLOBAL)
                        .post(INVITATIONS + "/" + token + "/accept")
                        .then(),
                403,
                900150);
        refused(
                provider.calls(GLOBAL)
                        .post(INVITATIONS + "/" + token + "/decline")
                        .then(),
                403,
                900150);
    }

    @Test
    void R12_R23_a_reseller_that_is_not_enrolled_cannot_accept_900137_but_later() {
        var early = directBill().program("indirectReseller", "approved").load();
        var path = invite(early);
        refused(early.calls(GLOBAL).post(path + "/accept").then(), 403, 900137);
        early.calls(GLOBAL).get(path).then().body("status", is("pending"));
        early.calls(GLOBAL)
                .post("/portal/v1/enrolments/" + early.tenantId + "/acceptAgreement")
                .then()
                .statusCode(200);
        early.calls(GLOBAL).post(path + "/accept").then().statusCode(200);
    }

    @Test
    void R24_after_acceptance_each_sees_the_other() {
        reseller.calls(GLOBAL).post(invite() + "/accept").then().statusCode(200).body("status", is("accepted"));
        reseller.calls(GLOBAL)
                .get("/v1/relationships?relationship_type=IsIndirectResellerOf")
                .then()
                .statusCode(200)
                .body("items.id", is(List.of(provider.tenantId.toString())));
        provider.calls(GLOBAL)
                .get("/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf")
                .then()
                .statusCode(200)
                .body("items.id", is(List.of(reseller.tenantId.toString())));
    }

    @Test
    void R25_either_side_ends_the_partnership_and_neither_sees_the_other() {
        for (var side : List.of(provider, reseller)) {
            var other = side == provider ? reseller : provider;
            reseller.calls(GLOBAL).post(invite() + "/accept").then().statusCode(200);
            refused(
                    side.calls("AdminAgent")
                            .delete("/portal/v1/partnerships/" + other.tenantId)
                            .then(),
                    403,
                    900150);
            refused(
                    side.appCalls()
                            .delete("/portal/v1/partnerships/" + other.tenantId)
                            .then(),
                    403,
                    900329);
            side.calls(GLOBAL)
                    .delete("/portal/v1/partnerships/" + other.tenantId)
                    .then()
                    .statusCode(204);
            refused(
                    side.calls(GLOBAL)
                            .delete("/portal/v1/partnerships/" + other.tenantId)
                            .then(),
                    404,
                    1000);
            provider.calls(GLOBAL).get("/v1/relationships").then().body("totalCount", is(0));
            reseller.calls(GLOBAL).get("/v1/relationships").then().body("totalCount", is(0));
        }
        refused(
                provider.sendsAnythingAs(GLOBAL)
                        .delete("/portal/v1/partnerships/fabrikam")
                        .then(),
                404,
                1000);
    }

    @Test
    void R26_a_reseller_may_have_several_providers() {
        reseller.calls(GLOBAL).post(invite() + "/accept").then().statusCode(200);
        var second = provider().load();
        String token = second.calls(GLOBAL)
                .body(Map.of("resellerTenantId", reseller.tenantId))
                .post(INVITATIONS)
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        reseller.calls(GLOBAL)
                .post(INVITATIONS + "/" + token + "/accept")
                .then()
                .statusCode(200);
        reseller.calls(GLOBAL).get("/v1/relationships").then().body("totalCount", is(2));
    }

    @ParameterizedTest
    @CsvSource({
        "SE,DE,true",
        "SE,NO,true",
        "CH,GB,true",
        "IE,IS,true",
        "US,US,true",
        "SE,US,false",
        "US,CA,false",
        "GB,US,false"
    })
    void R26_provider_and_reseller_are_in_compatible_regions_2201(String country, String other, boolean compatible) {
        var there = provider().with("country", country).load();
        var here = inTransition().with("country", other).load();
        var answer = there.calls(GLOBAL)
                .body(Map.of("resellerTenantId", here.tenantId))
                .post(INVITATIONS)
                .then();
        if (compatible) {
            here.calls(GLOBAL)
                    .post(INVITATIONS + "/" + answer.extract().path("token") + "/accept")
                    .then()
                    .statusCode(200);
        } else {
            refused(answer, 400, 2201);
            String token = there.calls(GLOBAL)
                    .body(Map.of("resellerEmail", "a@b.example"))
                    .post(INVITATIONS)
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("token");
            refused(
                    here.calls(GLOBAL)
                            .post(INVITATIONS + "/" + token + "/accept")
                            .then(),
                    400,
                    2201);
            here.calls(GLOBAL).get("/v1/relationships").then().body("totalCount", is(0));
        }
    }

    @Test
    void a_declined_invitation_stays_declined_800040() {
        var path = invite();
        reseller.calls(GLOBAL).post(path + "/decline").then().statusCode(200).body("status", is("declined"));
        refused(reseller.calls(GLOBAL).post(path + "/accept").then(), 400, 800040);
        refused(reseller.calls(GLOBAL).post(path + "/decline").then(), 400, 800040);
        reseller.calls(GLOBAL).get("/v1/relationships").then().body("totalCount", is(0));
    }

    @Test
    void an_accepted_invitation_is_not_answered_again_800040() {
        var path = invite();
        reseller.calls(GLOBAL).post(path + "/accept").then().statusCode(200);
        refused(reseller.calls(GLOBAL).post(path + "/accept").then(), 400, 800040);
        refused(reseller.calls(GLOBAL).post(path + "/decline").then(), 400, 800040);
    }

    @Test
    void after_30_days_the_invitation_has_expired_800040() {
        var path = invite();
        Sandbox.advanceClock("P29DT23H");
        reseller.calls(GLOBAL).get(path).then().statusCode(200).body("status", is("pending"));
        Sandbox.advanceClock("PT1H");
        reseller.calls(GLOBAL).get(path).then().statusCode(200).body("status", is("expired"));
        refused(reseller.calls(GLOBAL).post(path + "/accept").then(), 400, 800040)
                .body("description", containsString("expired"));
        refused(reseller.calls(GLOBAL).post(path + "/decline").then(), 400, 800040);
    }

    @Test
    void who_works_together_already_is_not_invited_again_409_and_a_second_invitation_is_not_accepted() {
        var first = invite();
        var second = invite();
        reseller.calls(GLOBAL).post(first + "/accept").then().statusCode(200);
        refused(reseller.calls(GLOBAL).post(second + "/accept").then(), 409, 800002);
        reseller.calls(GLOBAL).get(second).then().body("status", is("pending"));
        refused(
                provider.calls(GLOBAL)
                        .body(Map.of("resellerTenantId", reseller.tenantId))
                        .post(INVITATIONS)
                        .then(),
                409,
                800002);
    }

    @Test
    void of_two_answers_at_the_same_time_one_wins() {
        var path = invite();
        var statuses = Simultaneously.run(
                () -> reseller.calls(GLOBAL).post(path + "/accept").statusCode(),
                () -> reseller.calls(GLOBAL).post(path + "/accept").statusCode());
        assertEquals(List.of(200, 400), statuses.stream().sorted().toList());
    }

    @Test
    void two_invitations_accepted_at_the_same_time_make_one_partnership() {
        var first = invite();
        var second = invite();
        var statuses = Simultaneously.run(
                () -> reseller.calls(GLOBAL).post(first + "/accept").statusCode(),
                () -> reseller.calls(GLOBAL).post(second + "/accept").statusCode());
        assertEquals(List.of(200, 409), statuses.stream().sorted().toList());
        reseller.calls(GLOBAL).get("/v1/relationships").then().body("totalCount", is(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "a%20b", "%F0%9F%98%80", "-1"})
    void what_is_no_token_is_not_found_1000(String token) {
        var path = INVITATIONS + "/" + token;
        for (var step : List.of("/accept", "/decline")) {
            refused(
                    reseller.sendsAnythingAs(GLOBAL)
                            .urlEncodingEnabled(false)
                            .post(path + step)
                            .then(),
                    404,
                    1000);
        }
        refused(
                reseller.sendsAnythingAs(GLOBAL)
                        .urlEncodingEnabled(false)
                        .get(path)
                        .then(),
                404,
                1000);
    }

    @Test
    void an_unknown_token_and_one_for_somebody_else_are_not_found_1000() {
        var path = invite();
        var stranger = inTransition().load();
        for (var request : List.of(path, INVITATIONS + "/0", INVITATIONS + "/" + "a".repeat(48))) {
            refused(stranger.sendsAnythingAs(GLOBAL).get(request).then(), 404, 1000);
            refused(stranger.sendsAnythingAs(GLOBAL).post(request + "/accept").then(), 404, 1000);
            refused(stranger.sendsAnythingAs(GLOBAL).post(request + "/decline").then(), 404, 1000);
        }
        provider.calls("HelpdeskAgent").get(path).then().statusCode(200).body("status", is("pending"));
    }

    @Test
    void each_step_leaves_an_audit_record_of_both_and_none_has_the_token() {
        var path = invite();
        reseller.calls(GLOBAL).post(path + "/accept").then().statusCode(200);
        provider.calls(GLOBAL)
                .delete("/portal/v1/partnerships/" + reseller.tenantId)
                .then()
                .statusCode(204);
        try (var sql = Sql.on(database)) {
            assertEquals(
                    List.of(
                            "create_partnership_invitation",
                            "create_partner_relationship",
                            "remove_partner_relationship"),
                    sql.column("""
                                    select operation_type from audit_record where participants @> array[cast(? as uuid), cast(? as uuid)]
                                    order by id""", provider.tenantId, reseller.tenantId));
            assertEquals(
                    0,
                    sql.number(
                            "select count(*) from audit_record where resource_new_value like ?",
                            "%" + path.substring(path.lastIndexOf('/') + 1) + "%"));
        }
    }

    static Stream<Arguments> bad_invitations() {
        return Stream.of(
                Arguments.of("[]", 400, 800002, "[]"),
                Arguments.of("{", 400, 800002, "not well-formed"),
                Arguments.of("{\"resellerTenantId\":7}", 400, 800002, "resellerTenantId"),
                Arguments.of("{\"resellerTenantId\":\"contoso\"}", 400, 800002, "contoso"),
                Arguments.of("{\"resellerTenantId\":\"\"}", 400, 800002, "resellerTenantId"),
                Arguments.of("{\"resellerTenantId\":\"" + UUID.randomUUID() + "\"}", 404, 60003, "resellerTenantId"),
                Arguments.of("{\"resellerEmail\":7}", 400, 800002, "resellerEmail"),
                Arguments.of("{\"resellerEmail\":\"\"}", 400, 800002, "resellerEmail"),
                Arguments.of("{\"resellerEmail\":\"ana\"}", 400, 800002, "ana"),
                Arguments.of("{\"resellerEmail\":\"ana@b\\u000d\\u000aBcc:x@y\"}", 400, 800002, "resellerEmail"),
                Arguments.of(
                        "{\"resellerEmail\":\"" + "a".repeat(250) + "@b.example\"}", 400, 800002, "resellerEmail"));
    }

    @ParameterizedTest
    @MethodSource("bad_invitations")
    void each_bad_field_of_an_invitation_is_refused_by_name(String body, int status, int code, String named) {
        refused(provider.sendsAnythingAs(GLOBAL).body(body).post(INVITATIONS).then(), status, code)
                .body("description", containsString(named));
    }

    @Test
    void a_provider_does_not_invite_itself_60003() {
        refused(
                provider.calls(GLOBAL)
                        .body(Map.of("resellerTenantId", provider.tenantId))
                        .post(INVITATIONS)
                        .then(),
                404,
                60003);
    }

    private String invite() {
        return invite(reseller);
    }

    private String invite(PortalPartner invited) {
        return INVITATIONS + "/"
                + provider.calls(GLOBAL)
                        .body(Map.of("resellerTenantId", invited.tenantId))
                        .post(INVITATIONS)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("token");
    }

    private ValidatableResponse found(Map<String, String> query) {
        return reseller.sendsAnythingAs("HelpdeskAgent")
                .queryParams(query)
                .get("/portal/v1/providers")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse refused(ValidatableResponse answer, int status, int code) {
        return answer.statusCode(status).body("code", is(code), "source", is("PartnerFD"));
    }
}
