package csp.identity.api;

import static csp.identity.api.TokenCalls.claims;
import static csp.identity.api.TokenCalls.clientCredentials;
import static csp.identity.api.TokenCalls.token;
import static csp.identity.api.TokenCalls.v2;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.shared.config.CspConfig;
import csp.testsupport.ContractFilter;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What MSAL asks an authority before it asks for a token. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class DiscoveryTest {

    @Inject
    SignInWorld world;

    @Inject
    CspConfig config;

    private static RequestSpecification checked() {
        return given().filter(ContractFilter.ofRequestsAndAnswers());
    }

    @Test
    void W46_the_instance_leads_to_the_configuration_of_the_tenant_that_is_asked_for() {
        var base = config.publicUrl().toString();
        checked()
                .queryParam("api-version", "1.1")
                .queryParam("authorization_endpoint", base + "/" + world.domain + "/oauth2/v2.0/authorize")
                .get("/common/discovery/instance")
                .then()
                .statusCode(200)
                .body(
                        "tenant_discovery_endpoint",
                        is(base + "/" + world.domain + "/v2.0/.well-known/openid-configuration"),
                        "metadata",
                        hasSize(1),
                        "metadata[0].aliases",
                        is(List.of(config.publicUrl().getAuthority())));
        for (var nonsense : List.of("", "x", "http://[", "https://host")) {
            given().queryParam("authorization_endpoint", nonsense)
                    .get("/common/discovery/instance")
                    .then()
                    .statusCode(200)
                    .body("tenant_discovery_endpoint", is(base + "/common/v2.0/.well-known/openid-configuration"));
        }
    }

    @Test
    void W46_from_the_configuration_a_client_gets_to_a_token_and_to_the_key_that_signed_it() throws Exception {
        for (var version : List.of("", "/v2.0")) {
            for (var tenant : List.of(world.partner.toString(), world.domain)) {
                var configuration = checked()
                        .get("/" + tenant + version + "/.well-known/openid-configuration")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
                assertEquals(
                        config.publicUrl() + "/" + tenant + "/oauth2" + version + "/token",
                        configuration.getString("token_endpoint"));
                var token = token(
                        TokenCalls.post(pathOf(configuration.getString("token_endpoint")), clientCredentials(world)));
                assertEquals(claims(token).getIssuer(), configuration.getString("issuer"));

                var keys = new JsonWebKeySet(checked()
                        .get(pathOf(configuration.getString("jwks_uri")))
                        .then()
                        .statusCode(200)
                        .body("keys[0].use", is("sig"))
                        .body("keys[0].d", nullValue())
                        .extract()
                        .asString());
                var signature = new JsonWebSignature();
                signature.setCompactSerialization(token);
                signature.setKey(keys.findJsonWebKey(signature.getKeyIdHeaderValue(), "RSA", "sig", "RS256")
                        .getKey());
                assertEquals(true, signature.verifySignature());
            }
        }
    }

    @Test
    void W46_without_a_tenant_the_issuer_has_its_place_left_open() {
        for (var tenant : List.of("common", "organizations")) {
            checked()
                    .get("/" + tenant + "/v2.0/.well-known/openid-configuration")
                    .then()
                    .statusCode(200)
                    .body("issuer", is("https://sts.windows.net/{tenantid}/"));
        }
    }

    @Test
    void W46_an_unknown_tenant_is_refused_as_at_the_token_endpoint() {
        for (var path : List.of(
                "/.well-known/openid-configuration",
                "/v2.0/.well-known/openid-configuration",
                "/discovery/keys",
                "/discovery/v2.0/keys")) {
            checked()
                    .get("/" + UUID.randomUUID() + path)
                    .then()
                    .statusCode(400)
                    .body("error", is("invalid_request"), "error_codes", is(List.of(90002)));
        }
        v2(UUID.randomUUID(), clientCredentials(world)).then().body("error_codes", is(List.of(90002)));
    }

    @Test
    void W46_nothing_beside_it_is_open() {
        for (var path : List.of(
                "/common/discovery", "/" + world.domain + "/.well-known/other", "/" + world.domain + "/discovery/x")) {
            given().get(path).then().statusCode(401).body("code", is(800001));
        }
        given().post("/common/discovery/keys").then().statusCode(405);
    }

    private static String pathOf(String address) {
        return URI.create(address).getPath();
    }
}
