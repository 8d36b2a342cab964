package csp.clients;

import static csp.clients.Replies.error;
import static csp.clients.Replies.items;
import static csp.clients.Replies.names;
import static csp.clients.Replies.requireOldStatus;
import static csp.clients.Replies.subscriptionsOfOldStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import csp.clients.Wire.Answer;
import csp.testsupport.AcceptingLegacyAudience;
import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * The vendor's Java SDK (client J): camelCase without nulls, the link's uri behind {@code /v1/} whatever it begins with, the
 * link's headers added, a filter in camelCase, and enums that know what they knew when it was built.
 */
@QuarkusTest
@TestProfile(AcceptingLegacyAudience.class)
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class JavaSdkTest {

    private final ClientWorld world = new ClientWorld();
    private Wire wire;
    private String token;

    @BeforeEach
    void sign_in() {
        world.load();
        wire = Wire.open();
        var form = "client_id=%s&grant_type=client_credentials&client_secret=%s&client_info=1&scope=%s"
                .formatted(world.client, ClientWorld.SECRET, "https%3A%2F%2Fgraph.windows.net%2F.default");
        var answer = wire.send("""
                POST /%s/oauth2/v2.0/token HTTP/1.1
                Host: login.microsoftonline.com
                x-client-SKU: MSAL.Java
                x-client-VER: 1.6.2
                x-client-CPU: amd64
                client-request-id: %s
                return-client-request-id: true
                Content-Type: application/x-www-form-urlencoded
                Accept: application/json
                User-Agent: Java/11.0.9
                Connection: keep-alive
                Content-Length: {length}

                %s""".formatted(world.tenant, UUID.randomUUID(), form))
                .expect(200)
                .json();
        assertEquals("Bearer", answer.path("token_type").asText());
        assertTrue(answer.path("expires_in").asInt() > 120, "it refreshes 120 seconds early");
        token = answer.path("access_token").asText();
    }

    @AfterEach
    void hang_up() {
        wire.close();
    }

    @Test
    void lists_customers_page_by_page_over_the_links() {
        var names = new ArrayList<String>();
        var page = get("/v1/customers?size=2", Map.of());
        names.addAll(names(page));
        for (var next = page.json().path("links").path("next");
                !next.isMissingNode();
                next = page.json().path("links").path("next")) {
            assertTrue(names.size() < 5, "it pages for ever");
            page = follow(next);
            names.addAll(names(page));
        }
        assertEquals(List.of("Alpha Bakery", "Bravo Books", "Charlie Cars", "Delta Dairy", "Émile Éclairs"), names);
    }

    @Test
    void filters_by_name_in_camel_case() {
        var filter =
                "%7B%22field%22%3A%22CompanyName%22%2C%22value%22%3A%22CHARLIE%22%2C%22operator%22%3A%22StartsWith%22%2C"
                        + "%22fieldType%22%3A%22SimpleFieldFilter%22%7D";
        assertEquals(List.of("Charlie Cars"), names(get("/v1/customers?size=25&filter=" + filter, Map.of())));
    }

    @Test
    void W23_W32_W33_walks_a_filtered_list_to_and_fro_with_the_token_alone_and_its_operator_as_a_number() {
        var filter =
                "%7B%22Field%22%3A%22Domain%22%2C%22Value%22%3A%22c%22%2C%22Operator%22%3A9%2C%22fieldType%22%3A%22Simple%22%7D";
        var first = get("/v1/customers?size=2&filter=" + filter, Map.of());
        assertEquals(List.of("Alpha Bakery", "Bravo Books"), names(first));
        assertTrue(first.json().at("/links/previous").isMissingNode());
        var second = seek("Next", first);
        assertEquals(List.of("Charlie Cars", "Delta Dairy"), names(second));
        assertEquals(
                List.of("Alpha Bakery", "Bravo Books"),
                names(follow(second.json().at("/links/previous"))));
        assertEquals(List.of("Alpha Bakery", "Bravo Books"), names(seek("Previous", second)));
        assertEquals(List.of("Émile Éclairs"), names(seek("PageIndex&page=2", second)));
        assertEquals(List.of("Alpha Bakery", "Bravo Books"), names(seek("First", second)));
        assertEquals(List.of("Delta Dairy", "Émile Éclairs"), names(seek("Last", second)));
    }

    @Test
    void W34_gives_up_at_once_with_the_stale_etag_of_a_billing_profile() {
        var path = "/v1/customers/" + world.customer + "/profiles/billing";
        var read = get(path, Map.of()).expect(200).json();
        var body = read.toString().replaceFirst("\"links\":\\{.*?}},", "");
        put(path, body.replace("owner@", "first@")).expect(200);
        error(put(path, body.replace("owner@", "second@")), 400, 2055);
    }

    @Test
    void W35_reads_orders_by_billing_cycle() {
        for (var expected :
                Map.of("annual", true, "Monthly", false, "one_time", false).entrySet()) {
            var orders = items(get(
                    "/v1/customers/%s/orders?billingType=%s&include_price=false"
                            .formatted(world.customer, expected.getKey()),
                    Map.of()));
            assertEquals(
                    expected.getValue(),
                    orders.stream().anyMatch(order -> order.path("id").asText().equals(world.order.toString())));
        }
    }

    @Test
    void W20_W21_buys_an_add_on_and_changes_the_billing_cycle_by_the_patch_operation_of_the_order() {
        var offer = world.withOffer();
        var order = get("/v1/customers/%s/orders/%s".formatted(world.customer, world.order), Map.of())
                .expect(200)
                .json();
        var link = order.at("/links/patchOperation");
        assertEquals("PATCH", link.path("method").asText());
        var bought = patchOrder(link, """
                {"referenceCustomerId":"%s","billingCycle":"annual","lineItems":[{"lineItemNumber":0,"offerId":"%s",\
                "parentSubscriptionId":"%s","friendlyName":"Bought","quantity":2}],"attributes":{"objectType":"Order"}}""".formatted(world.customer, offer, world.licence))
                .expect(200)
                .json();
        assertEquals(2, bought.path("lineItems").size());
        patchOrder(link, """
                {"id":"%s","referenceCustomerId":"%s","billingCycle":"monthly","lineItems":[{"lineItemNumber":0,"offerId":"%s",\
                "subscriptionId":"%s","quantity":25}],"attributes":{"etag":"%s","objectType":"Order"}}""".formatted(
                                world.order,
                                world.customer,
                                offer,
                                world.licence,
                                bought.at("/attributes/etag").asText()))
                .expect(200);
        var licence = get(path(world.licence), Map.of()).expect(200).json();
        patch(licence, world.licence, "\"quantity\":25,\"status\":\"active\",\"billingCycle\":\"monthly\"")
                .expect(200);
    }

    @Test
    void reads_a_customer_in_utf_8() {
        var id =
                items(get("/v1/customers?size=500", Map.of())).get(4).path("id").asText();
        assertEquals(
                "Émile Éclairs",
                get("/v1/customers/" + id, Map.of())
                        .expect(200)
                        .json()
                        .path("companyProfile")
                        .path("companyName")
                        .asText());
    }

    @Test
    void asks_for_its_providers_in_snake_case_and_with_a_query_object_without_saying_which_relationships() {
        signInAsUser();
        for (var query : List.of("?relationship_type=is_indirect_reseller_of", "")) {
            var relationships = items(get("/v1/relationships" + query, Map.of()));
            assertEquals(1, relationships.size());
            assertEquals(
                    world.provider.toString(), relationships.get(0).path("id").asText());
            assertEquals(
                    "is_indirect_reseller_of",
                    relationships.get(0).path("relationshipType").asText());
        }
    }

    @Test
    void changes_a_quantity() {
        var licence = get(path(world.licence), Map.of()).expect(200).json();
        var changed = patch(licence, world.licence, "\"quantity\":27,\"status\":\"active\"")
                .expect(200)
                .json();
        assertEquals(27, requireOldStatus(changed).path("quantity").asInt());
        assertEquals(
                27, get(path(world.licence), Map.of()).json().path("quantity").asInt());
    }

    @Test
    void suspends_and_reactivates_a_subscription() {
        for (var status : List.of("suspended", "active")) {
            var licence = get(path(world.licence), Map.of()).expect(200).json();
            var changed = patch(licence, world.licence, "\"quantity\":25,\"status\":\"%s\"".formatted(status))
                    .expect(200);
            assertEquals(status, requireOldStatus(changed.json()).path("status").asText());
        }
    }

    @Test
    void reads_all_subscriptions_and_their_add_ons() {
        assertEquals(
                5,
                subscriptionsOfOldStatus(get("/v1/customers/" + world.customer + "/subscriptions", Map.of()))
                        .size());
        var addons = subscriptionsOfOldStatus(get(path(world.licence) + "/addons", Map.of()));
        assertEquals(1, addons.size());
        assertEquals(
                world.licence.toString(),
                addons.get(0).path("parentSubscriptionId").asText().toLowerCase());
        assertEquals(List.of(), items(get(path(world.azure) + "/addons", Map.of())));
    }

    @Test
    void cannot_read_a_customer_with_a_status_that_is_younger_than_itself() {
        DemoPartner.operatorCalls()
                .body("""
                {"customers": [{"tenantId": "%s", "companyName": "Alpha Bakery", "subscriptions": [
                  {"id": "%s", "partner": "%s", "product": "license", "offerId": "A", "status": "expired"}]}]}""".formatted(world.customer, UUID.randomUUID(), world.tenant))
                .post("/sandbox/scenarios");
        // As with the real service: the value is published, this library is older.
        var subscriptions = get("/v1/customers/" + world.customer + "/subscriptions", Map.of());
        assertThrows(IllegalArgumentException.class, () -> subscriptionsOfOldStatus(subscriptions));
    }

    @Test
    void reads_orders_with_the_price_parameter_it_always_sends() {
        var orders = items(get("/v1/customers/" + world.customer + "/orders?include_price=false", Map.of()));
        assertTrue(orders.stream().anyMatch(order -> order.path("id").asText().equals(world.order.toString())));
        var order = get(
                        "/v1/customers/%s/orders/%s?include_price=true".formatted(world.customer, world.order),
                        Map.of())
                .expect(200)
                .json();
        assertEquals(world.order.toString(), order.path("id").asText());
        assertEquals(0, order.path("lineItems").path(0).path("lineItemNumber").asInt(-1));
    }

    @Test
    void places_an_order() {
        var offer = world.withOffer();
        var order = wire.send("""
                POST /v1/customers/%s/orders HTTP/1.1
                %s
                Content-Type: application/json; charset=utf-8
                Content-Length: {length}

                {"referenceCustomerId":"%s","billingCycle":"annual","lineItems":[{"lineItemNumber":0,"offerId":"%s",\
                "friendlyName":"Bought","quantity":7}],"attributes":{"objectType":"Order"}}""".formatted(world.customer, headers(), world.customer, offer))
                .expect(201)
                .json();
        assertEquals("completed", order.path("status").asText());
        var bought = order.path("lineItems").get(0);
        assertEquals(offer, bought.path("offerId").asText());
        assertEquals(
                7,
                get(path(UUID.fromString(bought.path("subscriptionId").asText())), Map.of())
                        .expect(200)
                        .json()
                        .path("quantity")
                        .asInt());
    }

    @Test
    void confirms_and_reads_the_agreement_of_a_customer() {
        signInAsUser();
        var template = items(get("/v1/agreements?agreementType=MicrosoftCustomerAgreement", Map.of()))
                .get(0);
        var confirmed = wire.send("""
                POST /v1/customers/%s/agreements HTTP/1.1
                %s
                Content-Type: application/json; charset=utf-8
                Content-Length: {length}

                {"primaryContact":{"firstName":"Ana","lastName":"Trujillo","email":"ana@alpha.example"},"templateId":"%s",\
                "dateAgreed":"2026-01-31T00:00:00.000Z","type":"MicrosoftCustomerAgreement"}""".formatted(
                        world.customer, headers(), template.path("templateId").asText()))
                .expect(201)
                .json();
        assertEquals(world.userId.toString(), confirmed.path("userId").asText());
        var agreements = items(get(
                "/v1/customers/" + world.customer + "/agreements?agreementType=MicrosoftCustomerAgreement", Map.of()));
        assertEquals(
                "Trujillo",
                agreements.get(0).path("primaryContact").path("lastName").asText());
    }

    @Test
    void reads_code_description_and_data_of_an_error() {
        error(get("/v1/customers/" + UUID.randomUUID(), Map.of()), 403, 20002);
        error(get(path(UUID.randomUUID()), Map.of()), 404, 20003);
        error(get("/v1/relationships", Map.of()), 403, 900329);
    }

    private Answer seek(String operation, Answer page) {
        return get(
                "/v1/customers?seekOperation=" + operation,
                Map.of(
                        "MS-ContinuationToken",
                        page.expect(200).json().path("continuationToken").asText()));
    }

    private Answer patchOrder(JsonNode link, String body) {
        return write("PATCH", "/v1/" + link.path("uri").asText(), body);
    }

    private Answer put(String target, String body) {
        return write("PUT", target, body);
    }

    private Answer write(String method, String target, String body) {
        return wire.send("""
                %s %s HTTP/1.1
                %s
                Content-Type: application/json; charset=utf-8
                Content-Length: {length}

                %s""".formatted(method, target, headers(), body));
    }

    private Answer follow(JsonNode link) {
        assertEquals("GET", link.path("method").asText());
        var headers = new TreeMap<String, String>();
        link.path("headers")
                .forEach(header -> headers.put(
                        header.path("key").asText(), header.path("value").asText()));
        return get("/v1/" + link.path("uri").asText(), headers);
    }

    private Answer get(String target, Map<String, String> more) {
        var added = new StringBuilder();
        more.forEach((name, value) -> added.append("%s: %s\n".formatted(name, value)));
        return wire.send("GET %s HTTP/1.1\n%s\n%s\n\n"
                .formatted(target, headers(), added)
                .replace("\n\n\n", "\n\n"));
    }

    private Answer patch(JsonNode subscription, UUID id, String changed) {
        return wire.send("""
                PATCH %s HTTP/1.1
                %s
                Content-Type: application/json; charset=utf-8
                Content-Length: {length}

                {"id":"%s","offerId":"%s","friendlyName":"E3",%s,"autoRenewEnabled":true,"billingType":"license",\
                "attributes":{"etag":"%s","objectType":"Subscription"}}""".formatted(
                        path(id),
                        headers(),
                        subscription.path("id").asText(),
                        subscription.path("offerId").asText(),
                        changed,
                        subscription.path("attributes").path("etag").asText()));
    }

    private String headers() {
        return """
                Host: api.partnercenter.microsoft.com
                Authorization: Bearer %s
                Accept: application/json
                MS-Contract-Version: v1
                MS-CorrelationId: %s
                MS-RequestId: %s
                X-Locale: en-US
                MS-SdkVersion: 1.15.3
                MS-PartnerCenter-Client: Partner Center Java SDK
                MS-PartnerCenter-Application: Storefront
                User-Agent: okhttp/3.14.2
                Connection: Keep-Alive""".formatted(token, UUID.randomUUID(), UUID.randomUUID());
    }

    private String path(UUID subscription) {
        return "/v1/customers/%s/subscriptions/%s".formatted(world.customer, subscription);
    }

    private void signInAsUser() {
        token = SignIn.asUser(wire, world);
    }
}
