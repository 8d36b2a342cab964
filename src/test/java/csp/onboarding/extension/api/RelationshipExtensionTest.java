package csp.onboarding.extension.api;

import static csp.testsupport.PortalPartner.directBill;
import static csp.testsupport.PortalPartner.inTransition;
import static csp.testsupport.PortalPartner.provider;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PortalPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestCustomer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reseller relationship extensions (lifecycle.md R27-R37). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RelationshipExtensionTest {

    private static final String EXTENSIONS = "/portal/v1/relationshipExtensions";
    private static final String ADMIN = "AdminAgent";
    private static final Map<String, Object> BILL_TO = Map.of(
            "email",
            "bills@blue.example",
            "companyName",
            "Blue Yonder",
            "address",
            Map.of(
                    "addressLine1",
                    "1 Sky Road",
                    "city",
                    "Redmond",
                    "state",
                    "WA",
                    "postalCode",
                    "98052",
                    "country",
                    "US"));

    @Inject
    AgroalDataSource database;

    private PortalPartner provider;
    private PortalPartner partner;
    private TestCustomer customer;

    @BeforeEach
    void loadWorld() {
        provider = provider().load();
        partner = inTransition().partneredWith(provider.tenantId).load();
        customer = directCustomer(partner).load();
    }

    @Test
    void R27_R28_without_the_extension_the_provider_does_not_know_the_customer() {
        refused(provider.appCalls().get(customer.path()).then(), 403, 20002);
        extend().statusCode(200);
        provider.appCalls().get(customer.path()).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "submitted", "approved"})
    void R29_the_partner_must_have_completed_its_enrolment_900137(String enrolment) {
        var early = directBill()
                .program("indirectReseller", enrolment)
                .partneredWith(provider.tenantId)
                .load();
        refused(extend(early, directCustomer(early).load()), 403, 900137);
    }

    @Test
    void R29_the_partner_must_still_be_direct_bill_900149_and_may_be_restricted() {
        var left = inTransition()
                .program("directBill", "none")
                .partneredWith(provider.tenantId)
                .load();
        refused(extend(left, directCustomer(left).load()), 403, 900149);
        var restricted = inTransition()
                .program("directBill", "restricted")
                .partneredWith(provider.tenantId)
                .load();
        extend(restricted, directCustomer(restricted).load()).statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GlobalAdmin", "SalesAgent", "HelpdeskAgent", "BillingAdmin"})
    void R30_only_an_admin_agent_extends_900150(String role) {
        refused(partner.calls(role).body(request()).post(EXTENSIONS).then(), 403, 900150);
        notExtended();
    }

    @Test
    void R30_an_application_alone_extends_nothing_900329() {
        refused(partner.appCalls().body(request()).post(EXTENSIONS).then(), 403, 900329);
        notExtended();
    }

    @Test
    void R30_only_the_partner_itself_extends_its_relationships_900150() {
        var other = inTransition().partneredWith(provider.tenantId).load();
        refused(other.calls(ADMIN).body(request()).post(EXTENSIONS).then(), 403, 900150);
        notExtended();
    }

    @Test
    void R31_a_customer_acquired_as_indirect_reseller_is_refused_2032() {
        var indirect = TestCustomer.unrelated()
                .related(Map.of("partner", partner.tenantId, "kind", "indirectReseller"))
                .load();
        refused(extend(partner, indirect), 403, 2032).body("description", containsString("indirect reseller"));
    }

    @Test
    void R31_a_customer_of_somebody_else_and_an_unknown_one_are_refused_20002() {
        refused(extend(partner, TestCustomer.unrelated().load()), 403, 20002);
        refused(
                partner.calls(ADMIN)
                        .body(request(partner, UUID.randomUUID(), provider.tenantId))
                        .post(EXTENSIONS)
                        .then(),
                403,
                20002);
    }

    @Test
    void R32_only_a_provider_whose_invitation_was_accepted_can_be_chosen_20002() {
        var stranger = provider().load();
        refused(
                        partner.calls(ADMIN)
                                .body(request(partner, customer.id, stranger.tenantId))
                                .post(EXTENSIONS)
                                .then(),
                        403,
                        20002)
                .body("description", containsString("invitation was not accepted"));
        refused(
                        partner.calls(ADMIN)
                                .body(request(partner, customer.id, UUID.randomUUID()))
                                .post(EXTENSIONS)
                                .then(),
                        403,
                        20002)
                .body("description", containsString("not known"));
        var resting = provider().program("indirectProvider", "restricted").load();
        var with = inTransition().partneredWith(resting.tenantId).load();
        refused(
                with.calls(ADMIN)
                        .body(request(with, directCustomer(with).load().id, resting.tenantId))
                        .post(EXTENSIONS)
                        .then(),
                403,
                900149);
    }

    @Test
    void R32_after_the_partnership_has_ended_the_provider_cannot_be_chosen_20002() {
        partner.calls("GlobalAdmin")
                .delete("/portal/v1/partnerships/" + provider.tenantId)
                .then()
                .statusCode(204);
        refused(extend(), 403, 20002);
    }

    @Test
    void R33_the_provider_gets_a_copy_of_the_bill_to_that_later_changes_do_not_reach() {
        extend().statusCode(200);
        try (var sql = Sql.on(database)) {
            sql.update(
                    "update customer set bill_to = jsonb_set(bill_to, '{email}', '\"new@blue.example\"') where tenant_id = ?",
                    customer.id);
        }
        provider.appCalls()
                .get(customer.path())
                .then()
                .statusCode(200)
                .body(
                        "billingProfile.email",
                        is("bills@blue.example"),
                        "billingProfile.defaultAddress.addressLine1",
                        is("1 Sky Road"));
        partner.appCalls()
                .get(customer.path())
                .then()
                .statusCode(200)
                .body("billingProfile.email", is("new@blue.example"));
    }

    @Test
    void R33_a_customer_without_a_bill_to_is_copied_as_it_is() {
        var bare = TestCustomer.unrelated()
                .related(Map.of("partner", partner.tenantId, "kind", "directReseller"))
                .load();
        extend(partner, bare).statusCode(200);
        try (var sql = Sql.on(database)) {
            sql.update(
                    "update customer set bill_to = '{\"email\": \"new@blue.example\"}' where tenant_id = ?", bare.id);
        }
        provider.appCalls().get(bare.path()).then().statusCode(200).body("billingProfile.email", nullValue());
    }

    @Test
    void R34_the_consent_is_kept_with_who_when_and_how() {
        extend().statusCode(200)
                .body(
                        "consent.givenBy",
                        is("Jamie Blue"),
                        "consent.givenAt",
                        is("2026-02-01T15:00:00Z"),
                        "consent.method",
                        is("email"),
                        "consent.recordedBy",
                        is(partner.upn(ADMIN)));
        try (var sql = Sql.on(database)) {
            assertEquals(
                    List.of("Jamie Blue, email, " + partner.upn(ADMIN) + ", true"),
                    sql.column("""
                    select given_by || ', ' || method || ', ' || recorded_by || ', ' || (given_at = '2026-02-01T15:00:00Z')
                    from extension_consent where customer_id = ? and provider_id = ? and partner_id = ?""", customer.id, provider.tenantId, partner.tenantId));
        }
    }

    @Test
    void R34_a_consent_in_the_future_is_refused_800002_and_one_of_a_moment_ago_is_not() {
        refused(
                        partner.calls(ADMIN)
                                .body(with(
                                        "consent.givenAt",
                                        Sandbox.now().plusSeconds(60).toString()))
                                .post(EXTENSIONS)
                                .then(),
                        400,
                        800002)
                .body("description", containsString("consent.givenAt"));
        notExtended();
        partner.calls(ADMIN)
                .body(with("consent.givenAt", Sandbox.now().minusSeconds(1).toString()))
                .post(EXTENSIONS)
                .then()
                .statusCode(200);
    }

    @Test
    void R35_the_provider_gets_no_delegated_administration() {
        extend().statusCode(200).body("allowDelegatedAccess", is(false));
        provider.appCalls()
                .get(customer.path())
                .then()
                .statusCode(200)
                .body(
                        "allowDelegatedAccess",
                        is(false),
                        "companyProfile.email",
                        nullValue(),
                        "customDomains",
                        nullValue());
    }

    @Test
    void R36_the_provider_lists_the_customer_and_the_partner_keeps_it() {
        provider.appCalls().get("/v1/customers").then().statusCode(200).body("totalCount", is(0));
        extend().statusCode(200).body("kind", is("indirectProvider"), "via", is("extension"));
        provider.appCalls()
                .get("/v1/customers")
                .then()
                .statusCode(200)
                .body("items.id", is(List.of(customer.id.toString())));
        partner.appCalls()
                .get("/v1/customers")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(customer.id.toString()));
        provider.calls(ADMIN)
                .get(customer.path() + "/relationships")
                .then()
                .statusCode(200)
                .body("items.id", is(List.of(partner.tenantId.toString())));
    }

    @Test
    void R37_the_customer_need_not_do_anything() {
        extend().statusCode(200);
        try (var sql = Sql.on(database)) {
            assertEquals(
                    List.of("EXTENSION"),
                    sql.column(
                            "select via from customer_relationship where customer_id = ? and partner_id = ?",
                            customer.id,
                            provider.tenantId));
        }
    }

    @Test
    void R77_provider_and_customer_are_in_the_same_region_2030() {
        refused(extend(partner, directCustomer(partner).with("country", "SE").load()), 403, 2030);
        var there = provider().with("country", "DE").load();
        var swede = inTransition()
                .with("country", "SE")
                .partneredWith(there.tenantId)
                .load();
        swede.calls(ADMIN)
                .body(request(swede, directCustomer(swede).with("country", "NO").load().id, there.tenantId))
                .post(EXTENSIONS)
                .then()
                .statusCode(200);
    }

    @Test
    void an_extended_relationship_is_not_extended_again_409_but_to_another_provider() {
        extend().statusCode(200);
        refused(extend(), 409, 800002);
        var second = provider().load();
        String token = second.calls(ADMIN)
                .body(Map.of("resellerTenantId", partner.tenantId))
                .post("/portal/v1/partnershipInvitations")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        partner.calls("GlobalAdmin")
                .post("/portal/v1/partnershipInvitations/" + token + "/accept")
                .then()
                .statusCode(200);
        partner.calls(ADMIN)
                .body(request(partner, customer.id, second.tenantId))
                .post(EXTENSIONS)
                .then()
                .statusCode(200);
    }

    @Test
    void of_two_extensions_at_the_same_time_one_wins() {
        var statuses = Simultaneously.run(
                () -> partner.calls(ADMIN).body(request()).post(EXTENSIONS).statusCode(),
                () -> partner.calls(ADMIN).body(request()).post(EXTENSIONS).statusCode());
        assertEquals(List.of(200, 409), statuses.stream().sorted().toList());
        try (var sql = Sql.on(database)) {
            assertEquals(1, sql.number("select count(*) from extension_consent where customer_id = ?", customer.id));
        }
    }

    @Test
    void a_customer_that_is_deleted_meanwhile_is_extended_to_nobody_900104_and_then_not_known() {
        try (var other = Sql.on(database).hold();
                var watch = Sql.on(database)) {
            other.update("delete from customer where tenant_id = ?", customer.id);
            var late = Simultaneously.inBackground(() -> extend());
            watch.awaitWaiting(1);
            other.commit();
            refused(late.join(), 409, 900104);
        }
        refused(extend(), 403, 20002);
    }

    @Test
    void an_extension_leaves_an_audit_record_that_concerns_the_provider_too() {
        extend().statusCode(200);
        try (var sql = Sql.on(database)) {
            assertEquals(
                    List.of("extend_relationship"),
                    sql.column("""
                    select operation_type from audit_record where customer_id = ?
                    and participants = array[cast(? as uuid), cast(? as uuid)] and user_principal_name = ?
                    and resource_new_value like '%"GivenBy":"Jamie Blue"%'""", customer.id, partner.tenantId, provider.tenantId, partner.upn(ADMIN)));
        }
    }

    @Test
    void of_many_each_gets_its_own_result_in_order_and_what_is_refused_hinders_no_other() {
        var extended = directCustomer(partner).load();
        extend(partner, extended).statusCode(200);
        var unknown = UUID.randomUUID();
        partner.sendsAnythingAs(ADMIN)
                .body(List.of(
                        request(),
                        request(),
                        request(partner, unknown, provider.tenantId),
                        request(partner, extended.id, provider.tenantId),
                        Map.of("customerId", customer.id),
                        request(partner, directCustomer(partner).load().id, provider.tenantId)))
                .post(EXTENSIONS)
                .then()
                .statusCode(200)
                .body(
                        "status",
                        is(List.of(200, 409, 403, 409, 400, 200)),
                        "[0].relationship.customerId",
                        is(customer.id.toString()),
                        "[0].error",
                        nullValue(),
                        "[1].error.code",
                        is(800002),
                        "[1].relationship",
                        nullValue(),
                        "[2].customerId",
                        is(unknown.toString()),
                        "[2].error.code",
                        is(20002),
                        "[4].error.description",
                        containsString("[4].directPartnerId"));
    }

    @Test
    void a_thousand_customers_are_extended_in_one_request_and_1001_are_refused_800002() {
        var ids = IntStream.range(0, 1001).mapToObj(n -> UUID.randomUUID()).toList();
        Sandbox.load(Map.of(
                        "customers",
                        ids.stream()
                                .map(id -> Map.of(
                                        "tenantId",
                                        id,
                                        "companyName",
                                        "C " + id,
                                        "relationships",
                                        List.of(Map.of("partner", partner.tenantId, "kind", "directReseller"))))
                                .toList()))
                .then()
                .statusCode(201);
        var requests =
                ids.stream().map(id -> request(partner, id, provider.tenantId)).toList();
        refused(partner.sendsAnythingAs(ADMIN).body(requests).post(EXTENSIONS).then(), 400, 800002)
                .body("description", containsString("1001"));
        partner.calls(ADMIN)
                .body(requests.subList(0, 1000))
                .post(EXTENSIONS)
                .then()
                .statusCode(200)
                .body(
                        "",
                        hasSize(1000),
                        "status",
                        not(hasItem(409)),
                        "customerId",
                        is(ids.subList(0, 1000).stream().map(UUID::toString).toList()));
        provider.appCalls().get("/v1/customers?size=1").then().body("totalCount", is(1000));
        try (var sql = Sql.on(database)) {
            assertEquals(1000, sql.number("select count(*) from audit_record where partner_id = ?", partner.tenantId));
        }
    }

    static Stream<Arguments> bad_requests() {
        return Stream.of(
                Arguments.of("", "body"),
                Arguments.of("[]", "1 to 1000"),
                Arguments.of("[7]", "[0]"),
                Arguments.of("[{},null]", "[1]"),
                Arguments.of("{", "not well-formed"),
                Arguments.of("\"all\"", "all"),
                Arguments.of("7", "7"),
                Arguments.of("{}", "customerId"));
    }

    @ParameterizedTest
    @MethodSource("bad_requests")
    void each_bad_body_is_refused_800002(String body, String named) {
        refused(partner.sendsAnythingAs(ADMIN).body(body).post(EXTENSIONS).then(), 400, 800002)
                .body("description", containsString(named));
    }

    static Stream<Arguments> bad_fields() {
        var guids = Stream.of("customerId", "directPartnerId", "indirectProviderId")
                .flatMap(field -> Stream.of(
                        Arguments.of(field, null),
                        Arguments.of(field, ""),
                        Arguments.of(field, "alpine"),
                        Arguments.of(field, 7),
                        Arguments.of(field, List.of())));
        var texts = Stream.of("consent.givenBy", "consent.method")
                .flatMap(field -> Stream.of(
                        Arguments.of(field, null),
                        Arguments.of(field, " "),
                        Arguments.of(field, 7),
                        Arguments.of(field, "a\u0007"),
                        Arguments.of(field, "a".repeat(257)),
                        Arguments.of(field, Map.of())));
        var times = Stream.of(
                        null,
                        "",
                        "yesterday",
                        7,
                        "2026-02-30T00:00:00Z",
                        "2026-13-01T00:00:00Z",
                        "99999-01-01T00:00:00Z",
                        true)
                .map(value -> Arguments.of("consent.givenAt", value));
        var consents = Stream.of(null, "yes", List.of(), true, Map.of()).map(value -> Arguments.of("consent", value));
        return Stream.of(guids, texts, times, consents).flatMap(arguments -> arguments);
    }

    @ParameterizedTest
    @MethodSource("bad_fields")
    void each_bad_field_is_refused_by_name_800002_and_nothing_is_extended(String field, Object value) {
        var body = with(field, value);
        refused(partner.sendsAnythingAs(ADMIN).body(body).post(EXTENSIONS).then(), 400, 800002)
                .body("description", containsString(field));
        partner.sendsAnythingAs(ADMIN)
                .body(List.of(body))
                .post(EXTENSIONS)
                .then()
                .statusCode(200)
                .body(
                        "[0].status",
                        is(400),
                        "[0].error.code",
                        is(800002),
                        "[0].error.description",
                        containsString(field));
        notExtended();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-01T15:00:00", "2026-02-01T16:00:00+01:00", "2026-02-01T15:00:00.0000000Z"})
    void a_time_may_have_an_offset_or_none_for_UTC(String time) {
        partner.calls(ADMIN)
                .body(with("consent.givenAt", time))
                .post(EXTENSIONS)
                .then()
                .statusCode(200)
                .body("consent.givenAt", is("2026-02-01T15:00:00Z"));
    }

    @Test
    void names_are_read_in_any_case_and_unknown_ones_are_ignored() {
        var body = new HashMap<String, Object>();
        request().forEach((name, value) -> body.put(name.substring(0, 1).toUpperCase() + name.substring(1), value));
        body.put("comment", null);
        partner.sendsAnythingAs(ADMIN).body(body).post(EXTENSIONS).then().statusCode(200);
    }

    private ValidatableResponse extend() {
        return extend(partner, customer);
    }

    private ValidatableResponse extend(PortalPartner by, TestCustomer of) {
        return by.calls(ADMIN)
                .body(request(by, of.id, provider.tenantId))
                .post(EXTENSIONS)
                .then();
    }

    private void notExtended() {
        provider.appCalls().get("/v1/customers").then().statusCode(200).body("totalCount", is(0));
    }

    private Map<String, Object> request() {
        return request(partner, customer.id, provider.tenantId);
    }

    private static Map<String, Object> request(PortalPartner by, UUID customerId, UUID providerId) {
        return Map.of(
                "customerId",
                customerId,
                "directPartnerId",
                by.tenantId,
                "indirectProviderId",
                providerId,
                "consent",
                Map.of("givenBy", "Jamie Blue", "givenAt", "2026-02-01T15:00:00Z", "method", "email"));
    }

    /** The request with another value at the place, or with none. */
    private Map<String, Object> with(String field, Object value) {
        var body = new HashMap<>(request());
        var inner = field.startsWith("consent.");
        @SuppressWarnings("unchecked")
        var target = inner ? new HashMap<>((Map<String, Object>) body.get("consent")) : body;
        if (inner) {
            body.put("consent", target);
        }
        target.put(field.substring(field.indexOf('.') + 1), value);
        return body;
    }

    private static TestCustomer directCustomer(PortalPartner of) {
        return TestCustomer.unrelated()
                .with("billTo", BILL_TO)
                .related(Map.of("partner", of.tenantId, "kind", "directReseller", "delegatedAdmin", true));
    }

    private static ValidatableResponse refused(ValidatableResponse answer, int status, int code) {
        return answer.statusCode(status).body("code", is(code), "source", is("PartnerFD"));
    }
}
