package csp.clients;

import static csp.clients.Replies.error;
import static csp.clients.Replies.items;
import static csp.clients.Replies.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.AcceptingLegacyAudience;
import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The vendor's .NET SDK (client N). */
@QuarkusTest
@TestProfile(AcceptingLegacyAudience.class)
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class DotNetSdkTest {

    private final ClientWorld world = new ClientWorld();
    private Wire wire;
    private DotNet sdk;

    @BeforeEach
    void sign_in() {
        world.load();
        wire = Wire.open();
        sdk = new DotNet(wire, "Partner Center .NET SDK");
        var answer = wire.send("""
                POST /%s/oauth2/v2.0/token HTTP/1.1
                x-client-SKU: MSAL.NetCore
                x-client-Ver: 4.25.0.0
                client-request-id: %s
                return-client-request-id: true
                Accept: application/json
                Content-Type: application/x-www-form-urlencoded
                Host: login.windows.net
                Content-Length: {length}

                client_id=%s&client_info=1&client_secret=%s&scope=https%%3A%%2F%%2Fgraph.windows.net%%2F.default\
                &grant_type=client_credentials""".formatted(world.domain, UUID.randomUUID(), world.client, ClientWorld.SECRET))
                .expect(200)
                .json();
        assertTrue(answer.path("expires_in").asInt() > 30, "it refreshes 30 seconds early");
        sdk.token = answer.path("access_token").asText();
    }

    @AfterEach
    void hang_up() {
        wire.close();
    }

    @Test
    void lists_customers_page_by_page_and_says_next_twice() {
        var page = sdk.get("/v1/customers?size=2");
        var names = new ArrayList<>(names(page));
        for (var next = page.json().path("links").path("next");
                !next.isMissingNode();
                next = page.json().path("links").path("next")) {
            assertTrue(names.size() < 5, "it pages for ever");
            page = sdk.follow(next);
            names.addAll(names(page));
        }
        assertEquals(List.of("Alpha Bakery", "Bravo Books", "Charlie Cars", "Delta Dairy", "Émile Éclairs"), names);
    }

    @Test
    void filters_customers_with_an_encoded_and_with_a_bare_filter() {
        for (var filter : List.of(
                "%7b%22Field%22%3a%22CompanyName%22%2c%22Value%22%3a%22bravo%22%2c%22Operator%22%3a%22starts_with%22%7d",
                "{\"Field\":\"CompanyName\",\"Value\":\"bravo\",\"Operator\":\"starts_with\"}")) {
            assertEquals(List.of("Bravo Books"), names(sdk.get("/v1/customers?size=0&filter=" + filter)));
        }
    }

    @Test
    void filters_the_second_page_of_a_filtered_list() {
        var filter = "%7b%22Field%22%3a%22Domain%22%2c%22Value%22%3a%22c%22%2c%22Operator%22%3a%22starts_with%22%7d";
        var first = sdk.get("/v1/customers?size=3&filter=" + filter);
        var second = sdk.follow(first.json().path("links").path("next"));
        assertEquals(List.of("Delta Dairy", "Émile Éclairs"), names(second));
        assertTrue(second.json().path("links").path("next").isMissingNode());
    }

    @Test
    void W23_W32_seeks_in_a_filtered_list_with_the_token_alone() {
        var filter = "%7b%22Field%22%3a%22Domain%22%2c%22Value%22%3a%22c%22%2c%22Operator%22%3a%22starts_with%22%7d";
        var first = sdk.get("/v1/customers?size=2&filter=" + filter);
        assertTrue(first.json().at("/links/previous").isMissingNode(), "its IsFirstPage reads it");
        var second = sdk.seek("/v1/customers", "Next", first);
        assertEquals(List.of("Charlie Cars", "Delta Dairy"), names(second));
        assertFalse(second.json().at("/links/previous").isMissingNode());
        assertEquals(List.of("Émile Éclairs"), names(sdk.seek("/v1/customers", "PageIndex&page=2", second)));
        assertEquals(List.of("Alpha Bakery", "Bravo Books"), names(sdk.seek("/v1/customers", "Previous", second)));
    }

    @Test
    void W34_gives_up_at_once_with_the_stale_etag_of_a_billing_profile() {
        var path = "/v1/customers/" + world.customer + "/profiles/billing";
        var read = sdk.get(path).expect(200).json();
        var body = """
                {"Id":"%s","FirstName":null,"LastName":null,"Email":"%%s","Culture":"en-US","Language":"en","CompanyName":"Alpha Bakery",\
                "DefaultAddress":{"Country":"US","Region":null,"City":"Seattle","State":"WA","AddressLine1":"1 Main Street",\
                "AddressLine2":null,"PostalCode":"98101","FirstName":null,"LastName":null,"PhoneNumber":null},"Links":null,\
                "Attributes":{"Etag":"%s","ObjectType":"CustomerBillingProfile"}}""".formatted(
                        read.path("id").asText(), read.at("/attributes/etag").asText());
        sdk.write("PUT", path, UUID.randomUUID(), body.formatted("first@alpha.example"))
                .expect(200);
        error(sdk.write("PUT", path, UUID.randomUUID(), body.formatted("second@alpha.example")), 400, 2055);
    }

    @Test
    void W20_W35_buys_an_add_on_by_a_patch_of_the_order_it_found_by_billing_cycle() {
        var offer = world.withOffer();
        var orders = "/v1/customers/" + world.customer + "/orders";
        assertTrue(items(sdk.get(orders + "?billingType=Annual")).stream()
                .anyMatch(order -> order.path("id").asText().equals(world.order.toString())));
        var order = sdk.patch(orders + "/" + world.order, """
                {"Id":null,"AlternateId":null,"ReferenceCustomerId":null,"BillingCycle":"none","CurrencyCode":null,\
                "CurrencySymbol":null,"LineItems":[{"LineItemNumber":0,"OfferId":"%s","SubscriptionId":null,\
                "ParentSubscriptionId":"%s","TermDuration":null,"TransactionType":null,"FriendlyName":"Bought","Quantity":2,\
                "PartnerIdOnRecord":null,"AdditionalPartnerIdsOnRecord":null,"ProvisioningContext":null,"Links":null}],\
                "CreationDate":null,"Status":null,"TransactionType":null,"TotalPrice":null,"Links":null,\
                "Attributes":{"Etag":null,"ObjectType":"Order"}}""".formatted(offer, world.licence))
                .expect(200)
                .json();
        assertEquals("Bought", order.at("/lineItems/1/friendlyName").asText());
        assertEquals(2, items(sdk.get(path(world.licence) + "/addons")).size());
    }

    @Test
    void asks_for_its_providers_in_pascal_case() {
        sdk.token = SignIn.asUser(wire, world);
        var relationships = items(sdk.get("/v1/relationships?relationship_type=IsIndirectResellerOf"));
        assertEquals(world.provider.toString(), relationships.get(0).path("id").asText());
        assertEquals(
                "is_indirect_reseller_of",
                relationships.get(0).path("relationshipType").asText());
        assertEquals(
                List.of(), items(sdk.get("/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf")));
    }

    @Test
    void changes_a_quantity_with_the_whole_resource_and_all_its_nulls() {
        var licence = sdk.get(path(world.licence)).expect(200).json();
        var changed = sdk.patch(path(world.licence), DotNet.subscription(licence, 30, "active"))
                .expect(200)
                .json();
        assertEquals(30, changed.path("quantity").asInt());
        assertEquals(licence.path("autoRenewEnabled"), changed.path("autoRenewEnabled"));
        assertEquals(licence.path("friendlyName"), changed.path("friendlyName"));
        assertEquals(30, sdk.get(path(world.licence)).json().path("quantity").asInt());
    }

    @Test
    void suspends_a_subscription_and_is_refused_with_the_etag_of_before() {
        var licence = sdk.get(path(world.licence)).expect(200).json();
        var suspended = sdk.patch(path(world.licence), DotNet.subscription(licence, 25, "suspended"))
                .expect(200)
                .json();
        assertEquals("suspended", suspended.path("status").asText());
        error(sdk.patch(path(world.licence), DotNet.subscription(licence, 25, "active")), 400, 2055);
    }

    @Test
    void renames_a_subscription_whose_status_it_does_not_know() {
        var expired = UUID.randomUUID();
        DemoPartner.operatorCalls()
                .body("""
                {"customers": [{"tenantId": "%s", "companyName": "Alpha Bakery", "subscriptions": [
                  {"id": "%s", "partner": "%s", "product": "license", "offerId": "A", "quantity": 3, "status": "expired"}]}]}""".formatted(world.customer, expired, world.tenant))
                .post("/sandbox/scenarios");
        var read = sdk.get(path(expired)).expect(200).json();
        var body = DotNet.subscription(read, 3, "none")
                .replaceFirst("\"FriendlyName\":\"[^\"]*\"", "\"FriendlyName\":\"Old\"");
        var renamed = sdk.patch(path(expired), body).expect(200).json();
        assertEquals("Old", renamed.path("friendlyName").asText());
        assertEquals("expired", renamed.path("status").asText());
    }

    @Test
    void repeats_a_create_with_the_same_request_id_after_a_lost_answer_and_makes_one_customer() {
        var domain = "n" + world.customer + ".example";
        sdk.head("/v1/domains/" + domain).expect(404);
        var body = """
                {"Id":null,"CommerceId":null,"CompanyProfile":{"TenantId":null,"Domain":"%s","CompanyName":null,"Address":null,\
                "Email":null,"OrganizationRegistrationNumber":null,"Links":null,\
                "Attributes":{"Etag":null,"ObjectType":"CustomerCompanyProfile"}},"BillingProfile":{"Id":null,\
                "FirstName":null,"LastName":null,"Email":"test@outlook.com","Culture":"EN-US","Language":"En",\
                "CompanyName":"New Company","DefaultAddress":{"Country":"US","Region":null,"City":"Redmond","State":"WA",\
                "AddressLine1":"One Microsoft Way","AddressLine2":null,"PostalCode":"98052","FirstName":"Test",\
                "LastName":"Test","PhoneNumber":null},"Links":null,"Attributes":{"Etag":null,\
                "ObjectType":"CustomerBillingProfile"}},"RelationshipToPartner":"unknown","AllowDelegatedAccess":null,\
                "UserCredentials":null,"CustomDomains":null,"AssociatedPartnerId":null,"Links":null,\
                "Attributes":{"Etag":null,"ObjectType":"Customer"}}""".formatted(domain);
        var requestId = UUID.randomUUID();
        var first = sdk.write("POST", "/v1/customers", requestId, body).expect(201);
        try (var again = Wire.open()) {
            var retrying = new DotNet(again, "Partner Center .NET SDK");
            retrying.token = sdk.token;
            var second =
                    retrying.write("POST", "/v1/customers", requestId, body).expect(201);
            assertEquals(first.json(), second.json());
            assertEquals(requestId.toString(), second.header("ms-requestid"));
        }
        sdk.head("/v1/domains/" + domain).expect(200);
        assertEquals(6, items(sdk.get("/v1/customers?size=500")).size());
    }

    @Test
    void places_an_order_and_repeats_it_with_the_same_request_id_without_buying_twice() {
        var offer = world.withOffer();
        var requestId = UUID.randomUUID();
        var orders = "/v1/customers/" + world.customer + "/orders";
        var body = """
                {"Id":null,"AlternateId":null,"ReferenceCustomerId":"%s","BillingCycle":"unknown","CurrencyCode":null,\
                "CurrencySymbol":null,"LineItems":[{"LineItemNumber":0,"OfferId":"%s","SubscriptionId":null,\
                "ParentSubscriptionId":null,"TermDuration":null,"TransactionType":null,"FriendlyName":"Bought","Quantity":7,\
                "PartnerIdOnRecord":null,"AdditionalPartnerIdsOnRecord":null,"ProvisioningContext":null,"Links":null}],\
                "CreationDate":null,"Status":null,"TransactionType":null,"TotalPrice":null,"PartnerOnRecordAttestationAccepted":null,\
                "Links":null,"Attributes":{"Etag":null,"ObjectType":"Order"}}""".formatted(world.customer, offer);
        var first = sdk.write("POST", orders, requestId, body).expect(201).json();
        var second = sdk.write("POST", orders, requestId, body).expect(201).json();
        assertEquals(first, second);
        assertEquals(
                1,
                items(sdk.get("/v1/customers/" + world.customer + "/subscriptions")).stream()
                        .filter(subscription ->
                                subscription.path("friendlyName").asText().equals("Bought"))
                        .count());
    }

    @Test
    void asks_whether_a_reseller_signed_with_one_of_two_parameters_empty() {
        sdk.token = SignIn.asUser(wire, world);
        assertEquals(
                "true",
                sdk.get("/v1/compliance/csp/agreementstatus?mpnId=&tenantId=" + world.tenant)
                        .expect(200)
                        .json()
                        .path("isAgreementSigned")
                        .toString());
    }

    @Test
    void reads_orders() {
        assertTrue(items(sdk.get("/v1/customers/" + world.customer + "/orders")).stream()
                .anyMatch(order -> order.path("id").asText().equals(world.order.toString())));
        sdk.get("/v1/customers/%s/orders/%s".formatted(world.customer, world.order))
                .expect(200);
    }

    @Test
    void confirms_the_agreement_of_a_customer_and_asks_whether_it_signed_itself() {
        sdk.token = SignIn.asUser(wire, world);
        var template = items(sdk.get("/v1/agreements?agreementType=*")).stream()
                .filter(metadata -> metadata.path("agreementType").asText().equals("MicrosoftCustomerAgreement"))
                .findFirst()
                .orElseThrow();
        var confirmed = sdk.write(
                        "POST", "/v1/customers/" + world.customer + "/agreements", UUID.randomUUID(), """
                {"UserId":null,"PrimaryContact":{"FirstName":"Ana","LastName":"Trujillo","Email":"ana@alpha.example",\
                "PhoneNumber":null},"TemplateId":"%s","DateAgreed":"2026-01-31T00:00:00.0000000Z",\
                "Type":"MicrosoftCustomerAgreement","AgreementLink":null}""".formatted(
                                        template.path("templateId").asText()))
                .expect(201)
                .json();
        assertEquals(world.userId.toString(), confirmed.path("userId").asText());
        assertEquals(
                "false",
                sdk.get("/v1/customers/%s/directSignedMicrosoftCustomerAgreementStatus".formatted(world.customer))
                        .expect(200)
                        .json()
                        .path("isSigned")
                        .toString());
    }

    @Test
    void reads_code_description_and_data_of_an_error_and_does_not_repeat_it() {
        error(sdk.get("/v1/customers/" + UUID.randomUUID()), 403, 20002);
        error(sdk.get("/v1/relationships?relationship_type=IsIndirectResellerOf"), 403, 900329);
        error(
                sdk.patch(
                        path(world.deleted),
                        DotNet.subscription(sdk.get(path(world.deleted)).json(), 26, "deleted")),
                400,
                2011);
    }

    private String path(UUID subscription) {
        return "/v1/customers/%s/subscriptions/%s".formatted(world.customer, subscription);
    }
}
