package csp.transfer.newcommerce.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static csp.testsupport.DemoPartner.LITWARE;
import static csp.testsupport.DemoPartner.NORTHWIND;
import static csp.testsupport.NewCommerceWorld.customerWith;
import static csp.testsupport.NewCommerceWorld.request;
import static csp.testsupport.NewCommerceWorld.requestWith;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.DemoPartner;
import csp.testsupport.OwnPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.SentMails;
import csp.testsupport.TestCustomer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The target asks (new-commerce-transfers.md §3). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestTransferTest {

    @Test
    void the_target_asks_and_both_parties_see_it_pending_without_lines() {
        var customer = customerWith("basic").load();
        var created = post(FABRIKAM, customer, request())
                .statusCode(201)
                .header("X-Locale", is("en-US,en-US"))
                .body(
                        "status",
                        is("Pending"),
                        "transferType",
                        is(5),
                        "customerEmailId",
                        is("owner@customer.example"),
                        "customerName",
                        is("Customer " + customer.id),
                        "customerTenantId",
                        is(customer.id.toString()),
                        "partnertenantid",
                        is(FABRIKAM.tenantId.toString()),
                        "sourcePartnerName",
                        is(CONTOSO.displayName),
                        "sourcePartnerTenantId",
                        is(CONTOSO.tenantId.toString()),
                        "targetPartnerName",
                        is(FABRIKAM.displayName),
                        "targetPartnerTenantId",
                        is(FABRIKAM.tenantId.toString()),
                        "targetPartnerEmailId",
                        is(FABRIKAM.tenantId.toString()),
                        "partnerOnRecord",
                        is(CONTOSO.mpnId),
                        "transferDirection",
                        is(1),
                        "ignoreEligibilityCheck",
                        is(false),
                        "lastModifiedUser",
                        is(FABRIKAM.clientId.toString()),
                        "lineItems",
                        nullValue(),
                        "attributes",
                        nullValue(),
                        "completedTime",
                        nullValue());
        var path = customer.transfersPath() + "/" + created.extract().path("id");
        FABRIKAM.calls()
                .get(path)
                .then()
                .statusCode(200)
                .body(
                        "transferDirection",
                        is(1),
                        "lineItems",
                        nullValue(),
                        "attributes.objectType",
                        is("TransferEntity"));
        CONTOSO.calls()
                .get(path)
                .then()
                .statusCode(200)
                .body(
                        "status",
                        is("Pending"),
                        "transferDirection",
                        is(2),
                        "partnertenantid",
                        is(CONTOSO.tenantId.toString()),
                        "lineItems",
                        nullValue());
        CONTOSO.calls("sales").get(customer.transfersPath()).then().body("", hasSize(1), "[0].status", is("Pending"));
    }

    @Test
    void it_expires_at_the_midnight_UTC_that_ends_the_thirtieth_day_after_its_creation() {
        var customer = customerWith().load();
        var answer = post(FABRIKAM, customer, request()).statusCode(201).extract();
        var created =
                Instant.parse(answer.path("createdTime")).atZone(ZoneOffset.UTC).toLocalDate();
        assertEquals(created.plusDays(31) + "T00:00:00Z", answer.path("expirationTime"));
    }

    @Test
    void the_types_3_and_5_are_taken_as_numbers_or_digits_in_any_letter_case_and_sent_back_as_numbers() {
        var customer = customerWith().load();
        for (var sent : List.<Object>of(3, 5, "3", "5")) {
            send(FABRIKAM, customer, requestWith("transferType", sent))
                    .statusCode(201)
                    .body("transferType", is(Integer.valueOf(sent.toString())));
        }
        var pascal = new LinkedHashMap<String, Object>();
        request()
                .forEach((name, value) -> pascal.put(Character.toUpperCase(name.charAt(0)) + name.substring(1), value));
        pascal.put("LineItems", List.of());
        pascal.put("TargetPartnerTenantId", FABRIKAM.tenantId.toString().toUpperCase());
        send(FABRIKAM, customer, pascal).statusCode(201).body("transferType", is(5));
    }

    @Test
    void targetPartnerEmailId_carries_any_text_back_and_forth() {
        var customer = customerWith().load();
        for (var text : List.of("order 4711 / Žluťoučký 🎿", "ana@fabrikam.example", " {\"a\":1} ")) {
            var answer = post(FABRIKAM, customer, requestWith("targetPartnerEmailId", text))
                    .statusCode(201);
            answer.body("targetPartnerEmailId", is(text));
            CONTOSO.calls()
                    .get(customer.transfersPath() + "/" + answer.extract().path("id"))
                    .then()
                    .body("targetPartnerEmailId", is(text));
        }
    }

    @Test
    void product_types_are_asked_for_by_name_or_number_and_none_means_all_W63() {
        var customer = customerWith().load();
        send(FABRIKAM, customer, requestWith("targetProductTypes", List.of("onlineservicesnce", 3, "4", "SaaS")))
                .statusCode(201)
                .body("targetProductTypes", is(List.of("OnlineServicesNCE", "Software", "SaaS")));
        for (var all : List.of(List.of(), request())) {
            var body = all instanceof Map ? request() : requestWith("targetProductTypes", all);
            post(FABRIKAM, customer, body).statusCode(201).body("targetProductTypes", nullValue());
        }
    }

    @Test
    void product_types_come_back_in_the_order_in_which_they_were_sent_each_once() {
        var customer = customerWith().load();
        var sent = List.of("SaaS", "OnlineServicesNCE", "saas", "Software", 5);
        var order = List.of("SaaS", "OnlineServicesNCE", "Software");
        var id = send(FABRIKAM, customer, requestWith("targetProductTypes", sent))
                .statusCode(201)
                .body("targetProductTypes", is(order))
                .extract()
                .<String>path("id");
        for (var viewer : List.of(FABRIKAM, CONTOSO)) {
            viewer.calls().get(customer.transfersPath() + "/" + id).then().body("targetProductTypes", is(order));
        }
    }

    @Test
    void the_customer_and_the_admin_agents_of_the_source_are_told_by_mail() {
        var customer = customerWith();
        customer.with("companyName", "Mail & Co " + customer.id).load();
        var address = customer.id + "@customer.example";
        var id = post(FABRIKAM, customer, requestWith("customerEmailId", address))
                .statusCode(201)
                .extract()
                .<String>path("id");
        for (var to : List.of(address, "admin@contoso.example")) {
            var mails = SentMails.to(to).stream()
                    .filter(mail -> mail.get("text").contains(id))
                    .toList();
            assertEquals(1, mails.size(), to);
        }
        assertEquals(
                0,
                SentMails.to("sales@contoso.example").stream()
                        .filter(mail -> mail.get("text").contains(id))
                        .count());
    }

    @Test
    void several_partners_may_ask_for_one_customer_and_one_may_ask_again() {
        var rival = OwnPartner.directBill().load();
        var customer = customerWith("basic")
                .related(Map.of("partner", rival.tenantId, "kind", "directReseller"))
                .load();
        post(FABRIKAM, customer, request()).statusCode(201);
        post(FABRIKAM, customer, request()).statusCode(201);
        rival.calls("agent")
                .contentType(JSON)
                .body(requestWith("partnerOnRecord", null))
                .post(customer.transfersPath())
                .then()
                .statusCode(201);
        CONTOSO.calls().get(customer.transfersPath()).then().body("", hasSize(3));
        FABRIKAM.calls().get(customer.transfersPath()).then().body("", hasSize(2));
    }

    @Test
    void only_admin_agents_and_applications_ask_900150() {
        var customer = customerWith().load();
        FABRIKAM.calls("admin")
                .contentType(JSON)
                .body(request())
                .post(customer.transfersPath())
                .then()
                .statusCode(201);
        for (var user : List.of("sales", "help")) {
            FABRIKAM.calls(user)
                    .contentType(JSON)
                    .body(request())
                    .post(customer.transfersPath())
                    .then()
                    .statusCode(403)
                    .body("code", is(900150));
        }
    }

    @Test
    void nobody_asks_for_another_900150() {
        var customer = customerWith().load();
        refused(
                FABRIKAM,
                customer,
                requestWith("targetPartnerTenantId", NORTHWIND.tenantId),
                403,
                900150,
                "targetPartnerTenantId");
    }

    @Test
    void the_source_must_be_another_partner_900148() {
        var customer = customerWith().load();
        refused(
                FABRIKAM,
                customer,
                requestWith("sourcePartnerTenantId", FABRIKAM.tenantId),
                400,
                900148,
                FABRIKAM.tenantId.toString());
    }

    @Test
    void who_is_no_partner_of_the_customer_cannot_ask_and_cannot_be_asked_20002() {
        var customer = customerWith().load();
        refused(NORTHWIND, customer, request(), 403, 20002, NORTHWIND.tenantId.toString());
        for (var source : List.of(LITWARE.tenantId, UUID.randomUUID())) {
            refused(FABRIKAM, customer, requestWith("sourcePartnerTenantId", source), 403, 20002, source.toString());
        }
    }

    @Test
    void the_customer_must_have_signed_through_the_target_13605() {
        var customer = TestCustomer.unrelated()
                .directlyWith(CONTOSO)
                .throughProvider(FABRIKAM, CONTOSO)
                .agreedByAttestationOf(CONTOSO)
                .load();
        refused(FABRIKAM, customer, request(), 403, 13605, customer.id.toString());
    }

    @Test
    void customers_move_among_direct_bill_partners_and_providers_in_every_direction_W66() {
        for (var source : List.of(OwnPartner.directBill(), OwnPartner.provider())) {
            source.load();
            var directBill = OwnPartner.directBill().load();
            askOf(source, directBill, null).statusCode(201);
            var provider = OwnPartner.provider().load();
            var reseller =
                    OwnPartner.reseller().partneredWith(provider.tenantId).load();
            askOf(source, provider, reseller.mpnId()).statusCode(201);
        }
    }

    @Test
    void a_reseller_goes_through_its_provider_as_source_900137_and_as_target_2032_W66() {
        var reseller = OwnPartner.reseller().partneredWith(FABRIKAM.tenantId).load();
        var customer = customerWith()
                .related(
                        Map.of("partner", reseller.tenantId, "kind", "indirectReseller", "provider", FABRIKAM.tenantId))
                .load();
        refused(
                FABRIKAM,
                customer,
                requestWith("sourcePartnerTenantId", reseller.tenantId),
                403,
                900137,
                reseller.tenantId.toString());
        reseller.calls("agent")
                .contentType(JSON)
                .body(requestWith("partnerOnRecord", null))
                .post(customer.transfersPath())
                .then()
                .statusCode(403)
                .body("code", is(2032));
    }

    @Test
    void a_partner_without_a_programme_that_bills_is_not_enabled_900137() {
        var former = OwnPartner.reseller().load();
        var customer = customerWith()
                .related(Map.of("partner", former.tenantId, "kind", "directReseller"))
                .load();
        former.calls("agent")
                .contentType(JSON)
                .body(requestWith("partnerOnRecord", null))
                .post(customer.transfersPath())
                .then()
                .statusCode(403)
                .body("code", is(900137), "description", containsString(former.tenantId.toString()));
    }

    @Test
    void a_restricted_partner_cannot_ask_900149_and_can_be_asked() {
        var restricted = OwnPartner.restricted().load();
        var customer = customerWith()
                .related(Map.of("partner", restricted.tenantId, "kind", "directReseller"))
                .load();
        restricted
                .calls("agent")
                .contentType(JSON)
                .body(requestWith("partnerOnRecord", null))
                .post(customer.transfersPath())
                .then()
                .statusCode(403)
                .body("code", is(900149), "description", containsString(restricted.tenantId.toString()));
        post(FABRIKAM, customer, requestWith("sourcePartnerTenantId", restricted.tenantId))
                .statusCode(201);
    }

    @Test
    void a_partner_that_has_not_signed_the_partner_agreement_cannot_ask_900124() {
        var unsigned =
                OwnPartner.directBill().with("partnerAgreementSigned", false).load();
        var customer = customerWith()
                .related(Map.of("partner", unsigned.tenantId, "kind", "directReseller"))
                .load();
        unsigned.calls("agent")
                .contentType(JSON)
                .body(requestWith("partnerOnRecord", null))
                .post(customer.transfersPath())
                .then()
                .statusCode(403)
                .body("code", is(900124));
    }

    @Test
    void a_provider_names_a_reseller_that_is_known_900400_and_works_with_it_900414() {
        var customer = customerWith().load();
        refused(FABRIKAM, customer, requestWith("partnerOnRecord", null), 400, 900400, "partnerOnRecord");
        refused(FABRIKAM, customer, requestWith("partnerOnRecord", ""), 400, 900400, "partnerOnRecord");
        refused(FABRIKAM, customer, requestWith("partnerOnRecord", "999999999"), 400, 900400, "999999999");
        refused(FABRIKAM, customer, requestWith("partnerOnRecord", LITWARE.mpnId), 403, 900414, LITWARE.mpnId);
        var stranger = OwnPartner.reseller().load();
        refused(FABRIKAM, customer, requestWith("partnerOnRecord", stranger.mpnId()), 403, 900414, stranger.mpnId());
    }

    @Test
    void a_direct_bill_partner_has_no_partner_on_record_900400() {
        var target = OwnPartner.directBill().load();
        var customer = customerWith()
                .related(Map.of("partner", target.tenantId, "kind", "directReseller"))
                .load();
        target.calls("agent")
                .contentType(JSON)
                .body(request())
                .post(customer.transfersPath())
                .then()
                .statusCode(400)
                .body("code", is(900400), "description", containsString(CONTOSO.mpnId));
    }

    @Test
    void azure_is_asked_for_with_an_active_azure_plan_alone_900131_900132_900133() {
        var azure = requestWith("targetProductTypes", List.of("AzureReservation"));
        refused(FABRIKAM, customerWith().load(), azure, 400, 900133, "no Azure plan");
        refused(FABRIKAM, customerWith().azure("old").load(), azure, 400, 900131, "old kind");
        refused(FABRIKAM, plan(customerWith(), "suspended").load(), azure, 400, 900132, "not active");
        post(FABRIKAM, plan(customerWith().azure("old"), "active").load(), azure)
                .statusCode(201);
        post(FABRIKAM, customerWith().load(), request()).statusCode(201);
    }

    private static TestCustomer plan(TestCustomer customer, String status) {
        return customer.subscription(
                "plan",
                Map.of(
                        "partner",
                        FABRIKAM.tenantId,
                        "product",
                        "azurePlan",
                        "offerId",
                        "DZH318Z0BPS6:0001:DZH318Z0BMTX",
                        "status",
                        status));
    }

    @Test
    void a_repeat_with_the_same_request_id_is_answered_with_the_first_transfer_D8() {
        var customer = customerWith().load();
        var requestId = UUID.randomUUID().toString();
        var first = FABRIKAM.calls()
                .header("MS-RequestId", requestId)
                .contentType(JSON)
                .body(request())
                .post(customer.transfersPath())
                .then()
                .statusCode(201)
                .extract()
                .asString();
        var second = FABRIKAM.calls()
                .header("MS-RequestId", requestId)
                .contentType(JSON)
                .body(request())
                .post(customer.transfersPath())
                .then()
                .statusCode(201)
                .extract()
                .asString();
        assertEquals(first, second);
        CONTOSO.calls().get(customer.transfersPath()).then().body("", hasSize(1));
    }

    @Test
    void lines_make_it_the_other_flavour_which_the_source_alone_creates_900150() {
        var customer = customerWith("basic").load();
        var body = new HashMap<String, Object>(customer.transferRequest("basic"));
        body.put("transferType", 5);
        refused(FABRIKAM, customer, body, 403, 900150, "sourcePartnerTenantId");
    }

    private ValidatableResponse askOf(OwnPartner source, OwnPartner target, String reseller) {
        var customer = TestCustomer.unrelated()
                .related(Map.of("partner", source.tenantId, "kind", "directReseller"))
                .related(Map.of("partner", target.tenantId, "kind", "directReseller"))
                .agreedItself()
                .load();
        var body = requestWith("partnerOnRecord", reseller);
        body.put("sourcePartnerTenantId", source.tenantId);
        return target.calls("agent")
                .contentType(JSON)
                .body(body)
                .post(customer.transfersPath())
                .then();
    }

    private ValidatableResponse post(DemoPartner partner, TestCustomer customer, Map<String, Object> body) {
        return partner.calls()
                .contentType(JSON)
                .body(body)
                .post(customer.transfersPath())
                .then();
    }

    private ValidatableResponse send(DemoPartner partner, TestCustomer customer, Map<String, Object> body) {
        return partner.sendsAnything()
                .contentType(JSON)
                .body(body)
                .post(customer.transfersPath())
                .then();
    }

    private void refused(
            DemoPartner partner, TestCustomer customer, Map<String, Object> body, int status, int code, String named) {
        post(partner, customer, body)
                .statusCode(status)
                .body(
                        "code",
                        is(code),
                        "description",
                        containsString(named),
                        "data",
                        empty(),
                        "source",
                        is("PartnerFD"));
        CONTOSO.calls().get(customer.transfersPath()).then().body("", empty());
    }
}
