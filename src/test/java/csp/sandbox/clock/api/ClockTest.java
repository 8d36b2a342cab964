package csp.sandbox.clock.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.ContractFilter;
import csp.testsupport.NewCommerceWorld;
import csp.testsupport.OwnPartner;
import csp.testsupport.PortalPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.SentMails;
import csp.testsupport.Simultaneously;
import csp.testsupport.WebhookReceiver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one clock of the service (design §5). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClockTest {

    private static final Duration A_WHILE = Duration.ofMinutes(1);
    private static final String ENROLMENTS = "/portal/v1/enrolments";

    @AfterEach
    void release() {
        Sandbox.releaseClock();
        assertNear(machine(), now());
    }

    @Test
    void it_goes_with_the_machine_until_it_is_moved() {
        assertNear(machine(), now());
    }

    @Test
    void it_advances_from_where_it_is_and_goes_on() {
        var first = advance("P30D");
        assertNear(machine().plus(Duration.ofDays(30)), first);
        var second = advance("PT36H");
        assertNear(machine().plus(Duration.ofDays(30)).plus(Duration.ofHours(36)), second);
        assertTrue(now().isAfter(second));
    }

    @Test
    void it_is_set_back_and_ahead_and_goes_on_from_there() {
        for (var time : List.of(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2031-07-01T12:30:00.5Z"))) {
            assertNear(time, set(time.toString()));
            assertTrue(now().isAfter(time));
        }
    }

    @Test
    void of_two_advances_at_the_same_time_both_count() {
        Simultaneously.run(() -> advance("P1D"), () -> advance("P1D"));
        assertNear(machine().plus(Duration.ofDays(2)), now());
    }

    @Test
    void what_happens_is_dated_by_it() {
        set("2030-05-01T09:00:00Z");
        var partner = PortalPartner.directBill().load();
        partner.calls("GlobalAdmin")
                .post(ENROLMENTS)
                .then()
                .statusCode(201)
                .body("startedTime", containsString("2030-05-01T09:0"));
    }

    @Test
    void what_is_due_has_happened_when_the_answer_is_there() {
        var partner = enrolled();
        advance("P6D");
        assertEquals(List.of(), SentMails.to(partner.programEmail));
        advance("P1DT1H");
        assertEquals(1, SentMails.to(partner.programEmail).size());
    }

    @Test
    void a_move_tells_what_happened_in_order() {
        var partner = enrolled();
        var customer = NewCommerceWorld.customerWith("basic").load();
        var transfer = NewCommerceWorld.ask(customer);
        var transferId = transfer.substring(transfer.lastIndexOf('/') + 1);
        var moved = moved(Map.of("by", "P40D"));
        assertEquals(Duration.ofDays(40), Duration.parse(moved.getString("offset")));
        var times = moved.getList("happened.at", String.class).stream()
                .map(Instant::parse)
                .toList();
        assertEquals(times.stream().sorted().toList(), times);
        var told = moved.getList("happened", Map.class);
        var approved = place(told, "job", "Job incentive-invitation " + partner.tenantId + " ran.");
        var expired = place(told, "expiry", "Transfer " + transferId + " expired.");
        var job = place(told, "job", "Job new-commerce-expiry " + transferId + " ran.");
        var mail = place(told, "mail", "Mail to " + partner.programEmail + ": ");
        assertTrue(approved < expired && expired < job && job < mail, told::toString);
        Sandbox.operator()
                .get("/sandbox/clock")
                .then()
                .body("happened", nullValue(), "offset", is(moved.getString("offset")));
    }

    private static int place(List<Map> told, String kind, String what) {
        for (var i = 0; i < told.size(); i++) {
            if (told.get(i).get("kind").equals(kind)
                    && told.get(i).get("what").toString().startsWith(what)) {
                return i;
            }
        }
        throw new AssertionError("no " + what + " in " + told);
    }

    @Test
    void notifications_are_told_of_and_the_attempts_to_deliver_them() {
        Sandbox.reset();
        try (var receiver = WebhookReceiver.start()) {
            FABRIKAM.calls()
                    .contentType(JSON)
                    .body(Map.of("WebhookUrl", receiver.url(), "WebhookEvents", List.of("expire-transfer")))
                    .post("/webhooks/v1/registration")
                    .then()
                    .statusCode(200);
            var transfer =
                    NewCommerceWorld.ask(NewCommerceWorld.customerWith("basic").load());
            var told = moved(Map.of("by", "P40D")).getList("happened", Map.class);
            var written = place(
                    told,
                    "notification",
                    "expire-transfer for Fabrikam Distribution about transfer "
                            + transfer.substring(transfer.lastIndexOf('/') + 1));
            var delivered = place(told, "delivery", "expire-transfer to Fabrikam Distribution: answered with 200.");
            assertTrue(written < delivered, told::toString);
        } finally {
            Sandbox.reset();
        }
    }

    @Test
    void it_goes_to_the_next_job_and_stays_where_none_waits() {
        Sandbox.reset();
        var partner = enrolled();
        var first = moved(Map.of("to", "nextJob"));
        place(first.getList("happened", Map.class), "job", "Job incentive-invitation " + partner.tenantId + " ran.");
        assertNear(Instant.parse(first.getString("happened[0].at")), Instant.parse(first.getString("now")));

        var last = first;
        for (var n = 0; n < 100 && !last.getList("happened").isEmpty(); n++) {
            last = moved(Map.of("to", "nextJob"));
        }
        assertEquals(List.of(), last.getList("happened"));
        var there = now();
        assertNear(there, Instant.parse(moved(Map.of("to", "nextJob")).getString("now")));
        Sandbox.reset();
    }

    @Test
    void what_was_written_in_a_future_that_is_over_is_not_told_again() {
        moved(Map.of("by", "P3D"));
        var partner = enrolled();
        moved(Map.of("by", "P10D"));
        assertEquals(1, SentMails.to(partner.programEmail).size());
        var back = Sandbox.operator()
                .filter(ContractFilter.ofRequestsAndAnswers())
                .contentType(JSON)
                .body(Map.of("now", machine().toString()))
                .put("/sandbox/clock")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertEquals(List.of(), back.getList("happened"));
        assertTrue(Duration.parse(back.getString("offset")).abs().compareTo(A_WHILE) < 0);
    }

    /** A partner that is told of incentives a week from now. */
    private static PortalPartner enrolled() {
        var partner = PortalPartner.directBill().load();
        var enrolment = ENROLMENTS + "/" + partner.tenantId;
        partner.calls("GlobalAdmin").post(ENROLMENTS).then().statusCode(201);
        partner.calls("GlobalAdmin").post(enrolment + "/submit").then().statusCode(200);
        partner.calls("GlobalAdmin").post(enrolment + "/acceptAgreement").then().statusCode(200);
        return partner;
    }

    private static JsonPath moved(Map<String, Object> how) {
        return Sandbox.operator()
                .filter(ContractFilter.ofRequestsAndAnswers())
                .contentType(JSON)
                .body(how)
                .post("/sandbox/clock/advance")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void a_stored_answer_is_forgotten_after_24_hours_D8() {
        var provider = OwnPartner.provider().load();
        var requestId = UUID.randomUUID();
        var first = invitation(provider, requestId);
        advance("PT23H");
        assertEquals(first, invitation(provider, requestId));
        advance("PT2H");
        assertNotEquals(first, invitation(provider, requestId));
    }

    @Test
    void it_signs_nobody_in_or_out() {
        CONTOSO.calls().get("/v1/customers").then().statusCode(200);
        advance("P5Y");
        CONTOSO.calls().get("/v1/customers").then().statusCode(200);
        var partner = PortalPartner.directBill().load(); // signs in
        partner.calls("GlobalAdmin").get("/portal/v1/programInfo").then().statusCode(200);
    }

    @Test
    void a_reset_takes_it_back_to_the_machines() {
        set("2027-01-01T00:00:00Z");
        Sandbox.reset();
        assertNear(machine(), now());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|by is required",
                "{\"by\":null}|by is required",
                "{\"by\":7}|by must be a string",
                "{\"by\":\"P1H\"}|'P1H'",
                "{\"to\":\"nextMail\"}|'nextMail'",
                "{\"to\":\"nextJob\",\"by\":\"P1D\"}|to is wanted, or by",
                "{\"by\":\"-P1D\"}|'-P1D'",
                "{\"by\":\"P2000Y\"}|by must lead to a time",
                "{\"by\":\"P999999999Y\"}|by must lead to a time",
                "[]|[]",
                "{|not well-formed",
                "''|a JSON body is required"
            })
    void a_bad_step_is_refused_by_name_and_moves_nothing_800002(String body, String named) {
        refused(
                Sandbox.operator()
                        .filter(ContractFilter.ofAnswers())
                        .contentType(JSON)
                        .body(body)
                        .post("/sandbox/clock/advance")
                        .then(),
                named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|now is required",
                "{\"now\":null}|now is required",
                "{\"now\":\"tomorrow\"}|'tomorrow'",
                "{\"now\":\"1999-12-31T23:59:59Z\"}|now must lead to a time",
                "{\"now\":\"3000-01-01T00:00:00Z\"}|now must lead to a time",
                "{\"now\":1767225600}|now must be a string"
            })
    void a_bad_time_is_refused_by_name_and_moves_nothing_800002(String body, String named) {
        refused(
                Sandbox.operator()
                        .filter(ContractFilter.ofAnswers())
                        .contentType(JSON)
                        .body(body)
                        .put("/sandbox/clock")
                        .then(),
                named);
    }

    private static void refused(ValidatableResponse answer, String named) {
        answer.statusCode(400).body("code", is(800002), "description", containsString(named), "now", nullValue());
        assertNear(machine(), now());
    }

    private static String invitation(OwnPartner provider, UUID requestId) {
        return provider.calls("admin")
                .header("MS-RequestId", requestId)
                .post("/portal/v1/partnershipInvitations")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static Instant advance(String by) {
        return time(Sandbox.operator()
                .filter(ContractFilter.ofRequestsAndAnswers())
                .contentType(JSON)
                .body(Map.of("by", by))
                .post("/sandbox/clock/advance")
                .then());
    }

    private static Instant set(String now) {
        return time(Sandbox.operator()
                .filter(ContractFilter.ofRequestsAndAnswers())
                .contentType(JSON)
                .body(Map.of("now", now))
                .put("/sandbox/clock")
                .then());
    }

    private static Instant now() {
        return time(Sandbox.operator()
                .filter(ContractFilter.ofRequestsAndAnswers())
                .get("/sandbox/clock")
                .then());
    }

    private static Instant time(ValidatableResponse answer) {
        return Instant.parse(answer.statusCode(200).extract().path("now"));
    }

    private static Instant machine() {
        return Clock.systemUTC().instant();
    }

    private static void assertNear(Instant expected, Instant actual) {
        assertTrue(
                Duration.between(expected, actual).abs().compareTo(A_WHILE) < 0, () -> actual + " is not " + expected);
    }
}
