package csp.clients;

import static csp.clients.Replies.claims;
import static csp.clients.Replies.items;
import static csp.clients.Replies.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The PowerShell module (client P): a person's sign-in with a refresh token, and a build of the .NET SDK underneath. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class PowerShellModuleTest {

    private final ClientWorld world = new ClientWorld();
    private Wire wire;
    private DotNet module;

    @BeforeEach
    void connect_partner_center_with_a_refresh_token() {
        world.load();
        wire = Wire.open();
        module = new DotNet(wire, "Partner Center PowerShell");
        var first = token("grant_type=password&username=%s&password=%s"
                .formatted(world.user.replace("@", "%40"), ClientWorld.SECRET));
        module.token = token("grant_type=refresh_token&refresh_token="
                        + first.path("refresh_token").asText())
                .path("access_token")
                .asText();
    }

    @AfterEach
    void disconnect() {
        wire.close();
    }

    @Test
    void reads_who_signed_in_from_the_token() {
        var claims = claims(module.token);
        assertEquals(world.tenant.toString(), claims.path("tid").asText());
        assertEquals(world.userId.toString(), claims.path("oid").asText());
        assertEquals(world.user, claims.path("upn").asText());
        assertTrue(claims.path("exp").isIntegralNumber());
    }

    @Test
    void learns_country_and_culture_from_the_organization_profile_at_sign_in() {
        var profile = module.get("/v1/profiles/organization").expect(200).json();
        assertEquals("US", profile.path("defaultAddress").path("country").asText());
        assertTrue(profile.path("culture").asText().matches("[a-z]{2}-[A-Z]{2}"), profile::toString);
    }

    @Test
    void lists_all_customers_following_the_links() {
        var first = module.get("/v1/customers?size=3");
        var second = module.follow(first.json().path("links").path("next"));
        assertEquals(5, names(first).size() + names(second).size());
        assertTrue(second.json().path("links").path("next").isMissingNode());
    }

    @Test
    void finds_a_customer_by_its_domain() {
        var filter = "%7b%22Field%22%3a%22Domain%22%2c%22Value%22%3a%22c" + world.customer
                + "%22%2c%22Operator%22%3a%22starts_with%22%7d";
        assertEquals(
                "Alpha Bakery",
                names(module.get("/v1/customers?size=0&filter=" + filter)).get(0));
    }

    @Test
    void lists_providers() {
        assertEquals(
                "Wingtip Distribution",
                items(module.get("/v1/relationships?relationship_type=IsIndirectResellerOf"))
                        .get(0)
                        .path("name")
                        .asText());
    }

    @Test
    void sets_a_quantity_and_reads_the_order() {
        var licence = module.get(path(world.licence)).expect(200).json();
        module.patch(path(world.licence), DotNet.subscription(licence, 40, "active"))
                .expect(200);
        assertEquals(40, module.get(path(world.licence)).json().path("quantity").asInt());
        assertFalse(
                items(module.get("/v1/customers/" + world.customer + "/orders")).isEmpty());
    }

    @Test
    void removes_a_relationship_after_suspending_every_active_subscription() {
        for (var subscription : items(module.get("/v1/customers/" + world.customer + "/subscriptions"))) {
            if (subscription.path("status").asText().equals("active")) {
                var path = path(UUID.fromString(subscription.path("id").asText()));
                var read = module.get(path).expect(200).json();
                module.patch(
                                path,
                                DotNet.subscription(read, read.path("quantity").asInt(), "suspended"))
                        .expect(200);
            }
        }
        var removed =
                module.patch("/v1/customers/" + world.customer, """
                {"Id":null,"CommerceId":null,"CompanyProfile":null,"BillingProfile":null,"RelationshipToPartner":"none",\
                "AllowDelegatedAccess":null,"UserCredentials":null,"CustomDomains":null,"AssociatedPartnerId":null,\
                "Attributes":{"ObjectType":"Customer"}}""").expect(200).json();
        assertEquals("none", removed.path("relationshipToPartner").asText());
        assertFalse(names(module.get("/v1/customers?size=500")).contains("Alpha Bakery"));
    }

    @Test
    void reads_the_agreements_of_a_customer() {
        assertEquals(
                0,
                items(module.get("/v1/customers/" + world.customer + "/agreements?agreementType=*"))
                        .size());
    }

    private JsonNode token(String grant) {
        return wire.send("""
                POST /organizations/oauth2/v2.0/token HTTP/1.1
                Host: login.microsoftonline.com
                Content-Type: application/x-www-form-urlencoded
                Content-Length: {length}

                client_id=%s&scope=https%%3A%%2F%%2Fapi.partnercenter.microsoft.com%%2F.default+openid+offline_access&%s""".replace("organizations", world.domain).formatted(ClientWorld.PUBLIC_CLIENT, grant))
                .expect(200)
                .json();
    }

    private String path(UUID subscription) {
        return "/v1/customers/%s/subscriptions/%s".formatted(world.customer, subscription);
    }
}
