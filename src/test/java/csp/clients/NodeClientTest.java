package csp.clients;

import static csp.clients.Replies.claims;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import csp.clients.Wire.Answer;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The Node client (JS): no header but Authorization, no paging, the status alone of an error, a new sign-in on 401. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class NodeClientTest {

    private final ClientWorld world = new ClientWorld();
    private Wire wire;
    private String token;

    @BeforeEach
    void sign_in() {
        world.load();
        wire = Wire.open();
        authenticate();
    }

    @AfterEach
    void hang_up() {
        wire.close();
    }

    @Test
    void finds_when_the_token_ends_in_the_token() {
        assertTrue(claims(token).path("exp").isIntegralNumber());
    }

    @Test
    void gets_all_customers_at_once_without_a_size() {
        var customers = get("/v1/customers").expect(200).json();
        assertEquals(5, customers.path("items").size());
        assertTrue(customers.path("links").path("next").isMissingNode());
    }

    @Test
    void signs_in_again_once_when_its_token_is_refused() {
        token = "an.expired.token";
        assertEquals(401, get("/v1/customers").status());
        authenticate();
        assertEquals(200, get("/v1/customers").status());
    }

    @Test
    void reads_merges_and_writes_back_a_subscription() {
        for (var status : new String[] {"suspended", "active"}) {
            var read = (ObjectNode) get(path(world.licence)).expect(200).json();
            read.put("status", status);
            assertEquals(status, patch(read).expect(200).json().path("status").asText());
        }
        var read = (ObjectNode) get(path(world.licence)).expect(200).json();
        read.put("quantity", 33);
        patch(read).expect(200);
        assertEquals(
                33, get(path(world.licence)).expect(200).json().path("quantity").asInt());
    }

    @Test
    void gets_all_subscriptions_of_a_customer() {
        assertEquals(
                5,
                get("/v1/customers/" + world.customer + "/subscriptions")
                        .expect(200)
                        .json()
                        .path("items")
                        .size());
    }

    @Test
    void creates_a_customer_in_pascal_case_without_any_id_of_its_own() {
        var created = wire.send("""
                POST /v1/customers HTTP/1.1
                Authorization: Bearer %s
                Content-Type: application/json
                Content-Length: {length}
                Host: api.partnercenter.microsoft.com
                Connection: keep-alive

                {"CompanyProfile":{"Domain":"j%s.example"},"BillingProfile":{"Culture":"EN-US","Email":"jo@example.com",\
                "Language":"en","CompanyName":"Jo's Diner","DefaultAddress":{"FirstName":"Jo","LastName":"Doe",\
                "AddressLine1":"1 Main St","City":"Seattle","State":"WA","PostalCode":"98101","Country":"US"}}}""".formatted(token, world.customer)).expect(201);
        assertTrue(created.header("MS-RequestId") != null && created.header("MS-CorrelationId") != null);
        assertEquals(6, get("/v1/customers").expect(200).json().path("items").size());
    }

    @Test
    void suspends_a_subscription_it_has_read() {
        var subscription = (ObjectNode) get(path(world.licence)).expect(200).json();
        assertEquals(
                "suspended",
                patch(subscription.put("status", "suspended"))
                        .expect(200)
                        .json()
                        .path("status")
                        .asText());
    }

    @Test
    void places_an_order_of_a_single_line() {
        var offer = world.withOffer();
        var order = wire.send("""
                POST /v1/customers/%s/orders HTTP/1.1
                Authorization: Bearer %s
                Content-Type: application/json
                Content-Length: {length}
                Host: api.partnercenter.microsoft.com
                Connection: keep-alive

                {"referenceCustomerId":"%s","billingCycle":"monthly","lineItems":[{"offerId":"%s","quantity":7}]}""".formatted(world.customer, token, world.customer, offer))
                .expect(201)
                .json();
        assertEquals(0, order.path("lineItems").get(0).path("lineItemNumber").asInt());
    }

    @Test
    void sees_an_error_by_its_status_alone() {
        assertEquals(403, get("/v1/customers/" + UUID.randomUUID()).status());
        assertEquals(404, get(path(UUID.randomUUID())).status());
    }

    private void authenticate() {
        token = wire.send("""
                POST /%s/oauth2/v2.0/token HTTP/1.1
                Content-Type: application/x-www-form-urlencoded
                Content-Length: {length}
                Host: login.microsoftonline.com
                Connection: keep-alive

                client_id=%s&scope=https%%3A%%2F%%2Fapi.partnercenter.microsoft.com%%2F.default&client_secret=%s\
                &grant_type=client_credentials""".formatted(world.domain, world.client, ClientWorld.SECRET))
                .expect(200)
                .json()
                .path("access_token")
                .asText();
    }

    private Answer get(String target) {
        return wire.send("""
                GET %s HTTP/1.1
                Authorization: Bearer %s
                Host: api.partnercenter.microsoft.com
                Connection: keep-alive

                """.formatted(target, token));
    }

    private Answer patch(ObjectNode subscription) {
        return wire.send("""
                PATCH %s HTTP/1.1
                Authorization: Bearer %s
                Content-Type: application/json
                Content-Length: {length}
                Host: api.partnercenter.microsoft.com
                Connection: keep-alive

                %s""".formatted(path(world.licence), token, subscription));
    }

    private String path(UUID subscription) {
        return "/v1/customers/%s/subscriptions/%s".formatted(world.customer, subscription);
    }
}
