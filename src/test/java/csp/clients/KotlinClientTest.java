package csp.clients;

import static csp.clients.Replies.items;
import static csp.clients.Replies.requireOldStatus;
import static csp.clients.Replies.subscriptionsOfOldStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.clients.Wire.Answer;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The Kotlin client (K): a person's password, an exchange of the token, no paging, and the description of an error. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class KotlinClientTest {

    private final ClientWorld world = new ClientWorld();
    private Wire wire;
    private String token;

    @BeforeEach
    void sign_in_and_exchange_the_token() {
        world.load();
        wire = Wire.open();
        var directory = wire.send("""
                POST /%s/oauth2/token HTTP/1.1
                Accept: application/json
                Content-Type: application/x-www-form-urlencoded
                Content-Length: {length}
                Host: login.windows.net
                Connection: Keep-Alive

                grant_type=password&resource=https%%3A%%2F%%2Fapi.partnercenter.microsoft.com&scope=openid&client_id=%s\
                &username=%s&password=%s""".formatted(
                        world.domain, ClientWorld.PUBLIC_CLIENT, world.user.replace("@", "%40"), ClientWorld.SECRET))
                .expect(200)
                .json();
        assertTrue(directory.path("expires_in").isTextual(), "the old token endpoint writes numbers as text");
        token = wire.send("""
                POST /generatetoken HTTP/1.1
                Accept: application/json
                Authorization: Bearer %s
                Content-Type: application/x-www-form-urlencoded
                Content-Length: {length}
                Host: api.partnercenter.microsoft.com
                Connection: Keep-Alive

                grant_type=jwt_token""".formatted(directory.path("access_token").asText()))
                .expect(200)
                .json()
                .path("access_token")
                .asText();
    }

    @AfterEach
    void hang_up() {
        wire.close();
    }

    @Test
    void gets_all_customers_at_once_with_their_count() {
        var customers = get("/v1/customers");
        assertEquals(5, items(customers).size());
        assertEquals(5, customers.json().path("totalCount").asInt());
    }

    @Test
    void gets_all_subscriptions_with_the_four_statuses_it_knows() {
        var subscriptions = get("/v1/customers/" + world.customer + "/subscriptions");
        assertEquals(5, subscriptionsOfOldStatus(subscriptions).size());
        assertEquals(5, subscriptions.json().path("totalCount").asInt());
    }

    @Test
    void changes_a_quantity_and_suspends() {
        var changed = patch("{\"id\":\"%s\",\"quantity\":28,\"autoRenewEnabled\":true}".formatted(world.licence))
                .expect(200);
        assertEquals(28, requireOldStatus(changed.json()).path("quantity").asInt());
        var suspended = patch(
                        "{\"id\":\"%s\",\"status\":\"suspended\",\"autoRenewEnabled\":true}".formatted(world.licence))
                .expect(200);
        assertEquals(
                "suspended", requireOldStatus(suspended.json()).path("status").asText());
    }

    @Test
    void reads_orders_of_a_customer() {
        assertEquals(
                world.order.toString(),
                get("/v1/customers/%s/orders/%s".formatted(world.customer, world.order))
                        .expect(200)
                        .json()
                        .path("id")
                        .asText());
    }

    @Test
    void places_an_order() {
        var offer = world.withOffer();
        var order = write("POST", "/v1/customers/" + world.customer + "/orders", """
                {"referenceCustomerId":"%s","billingCycle":"monthly","lineItems":[{"lineItemNumber":0,"offerId":"%s",\
                "friendlyName":"Bought","quantity":7}]}""".formatted(world.customer, offer))
                .expect(201)
                .json();
        assertEquals("monthly", order.path("billingCycle").asText());
        assertEquals(
                6,
                items(get("/v1/customers/" + world.customer + "/subscriptions")).size());
    }

    @Test
    void W27_is_refused_the_cloud_agreement_whose_type_it_does_not_name_when_it_asks() {
        var template = items(get("/v1/agreements")).get(0);
        assertEquals("MicrosoftCloudAgreement", template.path("agreementType").asText());
        var refusal = write("POST", "/v1/customers/" + world.customer + "/agreements", """
                {"primaryContact":{"firstName":"Ana","lastName":"Trujillo","email":"ana@alpha.example"},"templateId":"%s",\
                "dateAgreed":"2018-06-14T00:00:00.000Z","type":"MicrosoftCloudAgreement"}""".formatted(
                                template.path("templateId").asText()))
                .expect(400)
                .json();
        assertEquals(800002, refusal.path("code").asInt());
        assertTrue(refusal.path("description")
                .asText()
                .contains(template.path("templateId").asText()));
        assertEquals(List.of(), items(get("/v1/customers/" + world.customer + "/agreements")));
    }

    @Test
    void finds_a_description_in_every_error() {
        for (var target : new String[] {
            "/v1/customers/" + UUID.randomUUID(), path(UUID.randomUUID()), "/v1/customers/nonsense", "/v1/nonsense"
        }) {
            var error = get(target);
            assertTrue(error.status() >= 400, target);
            assertTrue(error.json().path("description").isTextual(), error::text);
        }
    }

    private Answer get(String target) {
        return wire.send("""
                GET %s HTTP/1.1
                Accept: application/json
                Authorization: Bearer %s
                Host: api.partnercenter.microsoft.com
                Connection: Keep-Alive

                """.formatted(target, token));
    }

    private Answer patch(String body) {
        return write("PATCH", path(world.licence), body);
    }

    private Answer write(String method, String target, String body) {
        return wire.send("""
                %s %s HTTP/1.1
                Accept: application/json
                Authorization: Bearer %s
                Content-Type: application/json; charset=UTF-8
                Content-Length: {length}
                Host: api.partnercenter.microsoft.com
                Connection: Keep-Alive

                %s""".formatted(method, target, token, body));
    }

    private String path(UUID subscription) {
        return "/v1/customers/%s/subscriptions/%s".formatted(world.customer, subscription);
    }
}
