package csp.transfer.api;

import static csp.testsupport.DemoPartner.ADATUM;
import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.LITWARE;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static csp.testsupport.TestCustomer.readyToTransfer;
import static csp.testsupport.TestCustomer.unrelated;
import static io.restassured.http.ContentType.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
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
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CreateTransferTest {

    @Inject
    AgroalDataSource database;

    @Test
    void the_source_creates_an_active_transfer_of_several_subscriptions_of_one_customer_for_one_provider_TR4() {
        var customer = readyToTransfer().license("e3", 25).azure("azure").load();
        create(CONTOSO, customer, customer.transferRequest("e3", "azure"))
                .statusCode(201)
                .body(
                        "status",
                        is("Active"),
                        "customerTenantId",
                        is(customer.id.toString()),
                        "partnertenantid",
                        is(CONTOSO.tenantId.toString()),
                        "lastModifiedUser",
                        is(CONTOSO.clientId.toString()),
                        "lineItems.subscriptionId",
                        is(List.of(customer.upper("e3"), customer.upper("azure"))),
                        "lineItems.quantity",
                        is(List.of(25, 1)));
    }

    @Test
    void a_user_is_noted_as_the_last_one_to_modify_it() {
        var customer = readyToTransfer().license("e3", 1).load();
        CONTOSO.calls("sales")
                .contentType(JSON)
                .body(customer.transferRequest("e3"))
                .post(customer.transfersPath())
                .then()
                .statusCode(201)
                .body("lastModifiedUser", is("b0000000-0000-4000-8000-000000000012"));
    }

    @Test
    void add_ons_join_their_base_by_themselves_TR7() {
        var customer = readyToTransfer()
                .license("e3", 25)
                .addon("audio", "e3", 25)
                .addon("visio", "e3", 5)
                .license("other", 1)
                .load();
        create(CONTOSO, customer, customer.transferRequest("e3"))
                .statusCode(201)
                .body(
                        "lineItems",
                        hasSize(1),
                        "lineItems[0].addonItems.subscriptionId",
                        containsInAnyOrder(customer.upper("audio"), customer.upper("visio")),
                        "lineItems[0].addonItems.quantity",
                        containsInAnyOrder(25, 5),
                        "lineItems[0].addonItems[0].addonItems",
                        is((Object) null));
    }

    @Test
    void a_base_without_add_ons_has_an_empty_list_of_them() {
        var customer = readyToTransfer().license("e3", 1).load();
        create(CONTOSO, customer, customer.transferRequest("e3"))
                .statusCode(201)
                .body("lineItems[0].addonItems", empty());
    }

    @Test
    void an_add_on_cannot_be_moved_without_its_base_800078_TR8() {
        var customer =
                readyToTransfer().license("e3", 1).addon("audio", "e3", 1).load();
        refused(
                customer,
                customer.transferRequest("audio"),
                400,
                800078,
                customer.upper("audio") + " is an add-on of: " + customer.upper("e3"));
        refused(customer, customer.transferRequest("e3", "audio"), 400, 800078, customer.upper("audio"));
    }

    @Test
    void deleted_and_expired_add_ons_stay_behind_and_any_other_ineligible_one_keeps_its_base_D11() {
        var customer = readyToTransfer().license("kept", 1).license("held", 1).addon("suspended", "held", 1);
        customer.subscription(
                "deleted", Map.of("parentSubscriptionId", customer.subscription("kept"), "status", "deleted"));
        customer.subscription(
                "expired", Map.of("parentSubscriptionId", customer.subscription("kept"), "status", "expired"));
        customer.subscription(
                "unsynced", Map.of("parentSubscriptionId", customer.subscription("held"), "syncState", "none"));
        customer.load();
        refused(customer, customer.transferRequest("held"), 400, 800078, customer.upper("unsynced"));
        create(CONTOSO, customer, customer.transferRequest("kept"))
                .statusCode(201)
                .body("lineItems[0].addonItems", empty());
    }

    @Test
    void only_a_partner_enrolled_as_indirect_reseller_may_create_900137_TR1() {
        var customer = unrelated()
                .directlyWith(LITWARE)
                .throughProvider(FABRIKAM, LITWARE)
                .agreedItself();
        customer.subscription("e3", Map.of("partner", LITWARE.tenantId)).load();
        refused(
                LITWARE,
                customer,
                request(LITWARE, FABRIKAM, customer.upper("e3")),
                403,
                900137,
                LITWARE.tenantId.toString());
    }

    @Test
    void the_customer_must_have_been_moved_to_the_provider_20002_TR2() {
        var customer = unrelated()
                .directlyWith(CONTOSO)
                .agreedItself()
                .license("e3", 1)
                .load();
        refused(customer, customer.transferRequest("e3"), 403, 20002, FABRIKAM.tenantId.toString());
    }

    @Test
    void the_target_must_be_an_indirect_provider_listed_for_the_customer_20002_TR5() {
        var customer = readyToTransfer()
                .throughProvider(NORTHWIND, CONTOSO)
                .license("e3", 1)
                .load();
        refused(customer, request(CONTOSO, NORTHWIND, customer.upper("e3")), 403, 20002, "no partnership");
        refused(
                customer,
                request(CONTOSO, LITWARE, customer.upper("e3")),
                403,
                20002,
                "not an active indirect provider");
        refused(customer, request(CONTOSO, ADATUM, customer.upper("e3")), 403, 20002, ADATUM.tenantId.toString());
        var unknown = new HashMap<>(customer.transferRequest("e3"));
        unknown.put("targetPartnerTenantId", UUID.randomUUID());
        refused(customer, unknown, 403, 20002, "not known");
    }

    @Test
    void the_target_cannot_be_the_caller_itself_900148() {
        var customer = readyToTransfer().license("e3", 1).load();
        refused(customer, request(CONTOSO, CONTOSO, customer.upper("e3")), 400, 900148, CONTOSO.tenantId.toString());
    }

    @Test
    void the_customer_agreement_must_have_been_accepted_13605_TR3() {
        var customer = unrelated()
                .directlyWith(CONTOSO)
                .throughProvider(FABRIKAM, CONTOSO)
                .license("e3", 1)
                .load();
        refused(customer, customer.transferRequest("e3"), 403, 13605, customer.id.toString());
    }

    @Test
    void an_attestation_of_the_source_is_not_kept_and_one_of_the_target_counts_TR3() {
        var attestedBySource = unrelated()
                .directlyWith(CONTOSO)
                .throughProvider(FABRIKAM, CONTOSO)
                .agreedByAttestationOf(CONTOSO)
                .license("e3", 1)
                .load();
        refused(attestedBySource, attestedBySource.transferRequest("e3"), 403, 13605, attestedBySource.id.toString());
        var attestedByTarget = unrelated()
                .directlyWith(CONTOSO)
                .throughProvider(FABRIKAM, CONTOSO)
                .agreedByAttestationOf(FABRIKAM)
                .license("e3", 1)
                .load();
        create(CONTOSO, attestedByTarget, attestedByTarget.transferRequest("e3"))
                .statusCode(201);
    }

    @Test
    void a_subscription_is_in_one_open_transfer_only_900101_TR6() {
        var customer = readyToTransfer().license("e3", 1).license("other", 1).load();
        var first = customer.openTransfer("e3");
        refused(customer, customer.transferRequest("other", "e3"), 409, 900101, first);
        CONTOSO.calls()
                .get(customer.eligibilityPath())
                .then()
                .statusCode(200)
                .body("find { it.id == '%s' }.isEligible".formatted(customer.upper("other")), is(true));
    }

    @Test
    void a_rejected_or_withdrawn_subscription_can_be_in_a_new_transfer_at_once_TR6() {
        var customer = readyToTransfer().license("e3", 1).load();
        var rejected = customer.openTransfer("e3");
        FABRIKAM.calls()
                .contentType(JSON)
                .body(Map.of("status", "reject"))
                .patch(customer.transfersPath() + "/" + rejected)
                .then()
                .statusCode(200);
        var withdrawn = customer.openTransfer("e3");
        CONTOSO.calls()
                .delete(customer.transfersPath() + "/" + withdrawn)
                .then()
                .statusCode(204);
        customer.openTransfer("e3");
    }

    @Test
    void several_open_transfers_of_one_customer_are_normal_D13() {
        var customer = readyToTransfer().license("e3", 1).license("other", 1).load();
        customer.openTransfer("e3");
        customer.openTransfer("other");
        CONTOSO.calls()
                .get(customer.transfersPath())
                .then()
                .statusCode(200)
                .body("status", is(List.of("Active", "Active")));
    }

    @Test
    void traditional_licences_and_azure_pay_as_you_go_can_move_TR11_TR20() {
        var customer = readyToTransfer().license("e3", 1).azure("azure").load();
        create(CONTOSO, customer, customer.transferRequest("e3", "azure"))
                .statusCode(201)
                .body("lineItems[1].offerId", is("MS-AZR-0145P"));
    }

    @Test
    void azure_plans_reservations_savings_plans_term_based_marketplace_and_new_commerce_cannot_move_800078_TR12() {
        var types = Map.of(
                "azurePlan",
                "AzurePlan",
                "azureReservation",
                "AzureReservation",
                "azureSavingsPlan",
                "AzureSavingsPlan",
                "termBased",
                "TermBased",
                "marketplaceSaas",
                "SaaS",
                "newCommerceLicense",
                "OnlineServicesNCE");
        var customer = readyToTransfer();
        types.forEach((product, type) -> customer.subscription(product, Map.of("product", product)));
        customer.load();
        types.forEach((product, type) -> refused(
                customer,
                customer.transferRequest(product),
                400,
                800078,
                customer.upper(product) + " is of type: " + type));
    }

    @Test
    void only_an_active_and_fully_provisioned_subscription_can_move_800078() {
        var customer = readyToTransfer();
        var states = List.of("suspended", "deleted", "expired", "pending", "disabled");
        states.forEach(state -> customer.subscription(state, Map.of("status", state)));
        customer.subscription("unsynced", Map.of("syncState", "none")).load();
        states.forEach(state -> refused(customer, customer.transferRequest(state), 400, 800078, customer.upper(state)));
        refused(customer, customer.transferRequest("unsynced"), 400, 800078, customer.upper("unsynced"));
    }

    @Test
    void a_subscription_that_is_unknown_or_of_another_customer_or_partner_cannot_move_800078() {
        var customer = readyToTransfer().license("e3", 1);
        customer.subscription("theirs", Map.of("partner", FABRIKAM.tenantId)).load();
        var other = readyToTransfer().license("e3", 1).load();
        for (var id : List.of(UUID.randomUUID().toString(), other.upper("e3"), customer.upper("theirs"))) {
            refused(customer, request(CONTOSO, FABRIKAM, id), 400, 800078, id.toLowerCase());
        }
    }

    @Test
    void the_partner_on_record_must_be_known_800015_and_an_indirect_reseller_800016_TR23() {
        var customer = readyToTransfer().license("e3", 1).load();
        refused(customer, withPartnerOnRecord(customer, "9999999"), 404, 800015, "9999999");
        refused(customer, withPartnerOnRecord(customer, FABRIKAM.mpnId), 400, 800016, FABRIKAM.mpnId);
        refused(customer, withPartnerOnRecord(customer, LITWARE.mpnId), 400, 800016, LITWARE.mpnId);
        create(CONTOSO, customer, withPartnerOnRecord(customer, null)).statusCode(201);
    }

    @Test
    void only_the_source_itself_may_create_900150() {
        var customer = readyToTransfer().license("e3", 1).load();
        refused(FABRIKAM, customer, customer.transferRequest("e3"), 403, 900150, CONTOSO.tenantId.toString());
        refused(customer, request(FABRIKAM, CONTOSO, customer.upper("e3")), 403, 900150, FABRIKAM.tenantId.toString());
    }

    @Test
    void a_helpdesk_agent_may_not_create_900150_and_is_told_so_before_the_body_is_read() {
        var customer = readyToTransfer().license("e3", 1).load();
        CONTOSO.calls("help")
                .contentType(JSON)
                .body(customer.transferRequest("e3"))
                .post(customer.transfersPath())
                .then()
                .statusCode(403)
                .body("code", is(900150), "description", containsString("HelpdeskAgent"));
        nothingCreated(customer);
    }

    @Test
    void admin_and_sales_agents_may_create_D4() {
        var customer = readyToTransfer().license("one", 1).license("two", 1).load();
        for (var user : Map.of("admin", "one", "sales", "two").entrySet()) {
            CONTOSO.calls(user.getKey())
                    .contentType(JSON)
                    .body(customer.transferRequest(user.getValue()))
                    .post(customer.transfersPath())
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void a_stranger_learns_nothing_of_the_customer_20002() {
        var customer = readyToTransfer().license("e3", 1).load();
        NORTHWIND
                .calls()
                .contentType(JSON)
                .body(customer.transferRequest("e3"))
                .post(customer.transfersPath())
                .then()
                .statusCode(403)
                .body("code", is(20002), "description", containsString(customer.id.toString()));
        CONTOSO.calls()
                .contentType(JSON)
                .body(customer.transferRequest("e3"))
                .post("/v1/customers/%s/transfers".formatted(UUID.randomUUID()))
                .then()
                .statusCode(403)
                .body("code", is(20002));
        nothingCreated(customer);
    }

    @Test
    void one_bad_line_and_nothing_is_created() {
        var customer = readyToTransfer().license("good", 1);
        customer.subscription("bad", Map.of("status", "suspended")).load();
        refused(customer, customer.transferRequest("good", "bad"), 400, 800078, customer.upper("bad"));
    }

    @Test
    void conditions_are_asked_in_the_order_of_D11() {
        var customer = unrelated().directlyWith(CONTOSO).license("taken", 1);
        customer.subscription("suspended", Map.of("status", "suspended"));
        customer.load();
        var bad = request(CONTOSO, FABRIKAM, customer.upper("suspended"));
        refused(customer, withLine(bad, "9999999"), 403, 20002, "provider");
        load(
                customer.id,
                Map.of(
                        "relationships",
                        List.of(Map.of(
                                "partner",
                                FABRIKAM.tenantId,
                                "kind",
                                "indirectProvider",
                                "reseller",
                                CONTOSO.tenantId))));
        refused(customer, withLine(bad, "9999999"), 403, 13605, customer.id.toString());
        load(customer.id, Map.of("agreements", List.of(Map.of("type", "MicrosoftCustomerAgreement"))));
        refused(customer, withLine(bad, "9999999"), 404, 800015, "9999999");
        refused(customer, withLine(bad, FABRIKAM.mpnId), 400, 800016, FABRIKAM.mpnId);
        var open = customer.openTransfer("taken");
        refused(customer, customer.transferRequest("taken", "suspended"), 400, 800078, customer.upper("suspended"));
        create(CONTOSO, customer, customer.transferRequest("taken"))
                .statusCode(409)
                .body("description", containsString(open));
    }

    @Test
    void property_names_come_in_any_letter_case_unknown_ones_are_ignored_and_null_is_absent_ST1() {
        var customer = readyToTransfer().license("e3", 1).load();
        var body = """
                {"Id": null, "SOURCEPARTNERTENANTID": "%s", "TargetPartnerTenantId": "%s", "CustomerName": "ignored", "unknown": {"a": []},
                 "LineItems": [{"Id": "0", "SubscriptionId": "%s", "PartnerIdOnRecord": null, "Quantity": 7}]}""".formatted(
                        CONTOSO.tenantId.toString().toUpperCase(), FABRIKAM.tenantId, customer.subscription("e3"));
        CONTOSO.sendsAnything()
                .contentType("application/json; charset=utf-8")
                .body(body)
                .post(customer.transfersPath())
                .then()
                .statusCode(201)
                .body("lineItems[0].quantity", is(1));
    }

    @Test
    void a_byte_order_mark_and_doubled_slashes_are_tolerated_ST2_ST4() {
        var customer = readyToTransfer().license("e3", 1).load();
        var body =
                "\ufeff{\"sourcePartnerTenantId\":\"%s\",\"targetPartnerTenantId\":\"%s\",\"lineItems\":[{\"subscriptionId\":\"%s\"}]}"
                        .formatted(CONTOSO.tenantId, FABRIKAM.tenantId, customer.upper("e3"));
        CONTOSO.sendsAnything()
                .urlEncodingEnabled(false)
                .contentType(JSON)
                .body(body.getBytes(UTF_8))
                .post("/v1//customers/" + customer.id + "//transfers")
                .then()
                .statusCode(201);
    }

    @Test
    void times_and_ids_are_spelled_as_recorded_Q1_Q2_Q3() {
        var customer = readyToTransfer()
                .license("e3", 1)
                .addon("audio", "e3", 1)
                .license("other", 1)
                .load();
        create(CONTOSO, customer, customer.transferRequest("e3", "other"))
                .body(
                        "id",
                        matchesPattern("[0-9a-f-]{36}"),
                        "createdTime",
                        matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,6}[1-9])?Z"),
                        "lastModifiedTime",
                        matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"),
                        "lineItems.id",
                        everyItem(is(0)),
                        "lineItems.subscriptionId",
                        everyItem(matchesPattern("[0-9A-F-]{36}")),
                        "lineItems.partnerIdOnRecord",
                        everyItem(is((Object) null)));
    }

    @Test
    void the_create_answer_and_every_later_read_agree_on_the_times_D3() {
        var customer = readyToTransfer().license("e3", 1).load();
        var created = create(CONTOSO, customer, customer.transferRequest("e3")).extract();
        CONTOSO.calls()
                .get(customer.transfersPath() + "/" + created.path("id"))
                .then()
                .body(
                        "createdTime",
                        is(created.<String>path("createdTime")),
                        "lastModifiedTime",
                        is(created.<String>path("lastModifiedTime")));
    }

    static ValidatableResponse create(DemoPartner caller, TestCustomer customer, Object body) {
        return caller.calls()
                .contentType(JSON)
                .body(body)
                .post(customer.transfersPath())
                .then();
    }

    private void refused(TestCustomer customer, Object body, int status, int code, String named) {
        refused(CONTOSO, customer, body, status, code, named);
    }

    /** Refuses, says what it is about, and leaves everything as it was. */
    private void refused(DemoPartner caller, TestCustomer customer, Object body, int status, int code, String named) {
        var before = transfers(customer);
        caller.sendsAnything()
                .contentType(JSON)
                .body(body)
                .post(customer.transfersPath())
                .then()
                .statusCode(status)
                .body(
                        "code",
                        is(code),
                        "description",
                        containsString(named),
                        "source",
                        is("PartnerFD"),
                        "data",
                        not((Object) null));
        assertEquals(before, transfers(customer));
    }

    private void nothingCreated(TestCustomer customer) {
        assertEquals("[]", transfers(customer));
    }

    /** All of them, whoever may see them. */
    private String transfers(TestCustomer customer) {
        try (var sql = Sql.on(database)) {
            return sql.column(
                            "select to_jsonb(t) from transfer t where customer_tenant_id = ? order by id", customer.id)
                    .toString();
        }
    }

    private static Map<String, Object> request(DemoPartner source, DemoPartner target, String subscriptionId) {
        return Map.of(
                "sourcePartnerTenantId",
                source.tenantId,
                "targetPartnerTenantId",
                target.tenantId,
                "lineItems",
                List.of(Map.of("subscriptionId", subscriptionId)));
    }

    private static Map<String, Object> withLine(Map<String, Object> request, String partnerIdOnRecord) {
        var line = new HashMap<Object, Object>((Map<?, ?>) ((List<?>) request.get("lineItems")).get(0));
        line.put("partnerIdOnRecord", partnerIdOnRecord);
        var changed = new HashMap<>(request);
        changed.put("lineItems", List.of(line));
        return changed;
    }

    private static Map<String, Object> withPartnerOnRecord(TestCustomer customer, String partnerIdOnRecord) {
        return withLine(customer.transferRequest("e3"), partnerIdOnRecord);
    }

    /** Adds to a customer that is already there. */
    private static void load(UUID customerId, Map<String, Object> additions) {
        var customer = new HashMap<>(additions);
        customer.put("tenantId", customerId);
        customer.put("companyName", "Customer " + customerId);
        DemoPartner.operatorCalls()
                .body(Map.of("customers", List.of(customer)))
                .post("/sandbox/scenarios")
                .then()
                .statusCode(201);
    }
}
