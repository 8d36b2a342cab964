package csp.identity.api;

import static csp.identity.api.TokenCalls.clientCredentials;
import static csp.identity.api.TokenCalls.operator;
import static csp.identity.api.TokenCalls.post;
import static csp.identity.api.TokenCalls.v1;
import static csp.identity.api.TokenCalls.v2;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.is;

import com.sun.net.httpserver.HttpServer;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ExternalIssuerTest.External.class)
@QuarkusTestResource(PostgresTestResource.class)
@WithTestResource(value = ExternalIssuerTest.KeyServer.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExternalIssuerTest {

    private static final String ISSUER = "https://issuer.example/";
    private static final String AUDIENCE = "api://transfers";
    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();
    private static final UUID APPLICATION = UUID.randomUUID();

    public static class External implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "csp.identity.issuer",
                    ISSUER,
                    "csp.identity.audiences",
                    AUDIENCE,
                    "csp.identity.require-mfa",
                    "true");
        }
    }

    /** The issuer's published key set, on the loopback. Its one private key is handed to the tests. */
    public static class KeyServer implements QuarkusTestResourceLifecycleManager {

        private final RsaJsonWebKey key = Forge.newKey("issuer-key");
        private HttpServer server;

        @Override
        public Map<String, String> start() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            var body = new JsonWebKeySet(key).toJson().getBytes(StandardCharsets.UTF_8);
            server.createContext("/keys", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return Map.of(
                    "csp.identity.jwks-url",
                    "http://localhost:" + server.getAddress().getPort() + "/keys");
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(
                    key, new TestInjector.AnnotatedAndMatchesType(IssuerKey.class, RsaJsonWebKey.class));
        }

        @Override
        public void stop() {
            if (server != null) {
                server.stop(0);
            }
        }
    }

    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface IssuerKey {}

    @Inject
    SignInWorld world;

    @IssuerKey
    RsaJsonWebKey key;

    private static JwtClaims application() {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setExpirationTime(NumericDate.fromSeconds(System.currentTimeMillis() / 1000 + 600));
        claims.setClaim("tid", TENANT.toString());
        claims.setClaim("azp", APPLICATION.toString());
        claims.setSubject(APPLICATION.toString());
        return claims;
    }

    private static JwtClaims user() {
        var claims = application();
        claims.setClaim("oid", USER.toString());
        claims.setClaim("preferred_username", "ana@contoso.example");
        claims.setClaim("scp", "user_impersonation");
        claims.setClaim("amr", List.of("pwd", "mfa"));
        claims.setClaim("roles", List.of("AdminAgent", "SomethingElse", "SandboxOperator"));
        return claims;
    }

    private static ValidatableResponse call(String token) {
        return given().auth().oauth2(token).get("/v1/test-caller").then();
    }

    @Test
    void a_token_of_the_issuer_is_accepted_and_a_second_time_from_memory() {
        var token = Forge.rs256(application(), key);
        for (int i = 0; i < 2; i++) {
            call(token)
                    .statusCode(200)
                    .body("tenantId", is(TENANT.toString()), "id", is(APPLICATION.toString()), "appOnly", is(true));
        }
    }

    @Test
    void a_user_of_the_issuer_is_seen_with_the_roles_we_know_and_never_as_operator() {
        call(Forge.rs256(user(), key))
                .statusCode(200)
                .body(
                        "id",
                        is(USER.toString()),
                        "userPrincipalName",
                        is("ana@contoso.example"),
                        "roles",
                        contains("AdminAgent"));
    }

    @Test
    void a_user_without_a_second_factor_is_refused_when_the_setting_asks_for_it() {
        var claims = user();
        claims.setClaim("amr", List.of("pwd"));
        call(Forge.rs256(claims, key))
                .statusCode(401)
                .header("WWW-Authenticate", is("Bearer error=\"invalid_token\""))
                .body(emptyOrNullString());
        claims.unsetClaim("amr");
        call(Forge.rs256(claims, key)).statusCode(401);
    }

    @Test
    void the_operator_comes_from_the_issuer_too() {
        var claims = application();
        claims.setClaim("roles", List.of("SandboxOperator"));
        given().auth()
                .oauth2(Forge.rs256(claims, key))
                .get("/sandbox/nothing-here")
                .then()
                .statusCode(404);
        call(Forge.rs256(claims, key)).statusCode(403);
    }

    @Test
    void tokens_of_others_are_refused() {
        var issuer = application();
        issuer.setIssuer("https://other.example/");
        call(Forge.rs256(issuer, key))
                .statusCode(401)
                .body("code", is(400), "description", containsString("wrong issuer"));
        var audience = application();
        audience.setAudience("https://graph.windows.net");
        call(Forge.rs256(audience, key)).statusCode(401).body("description", containsString("wrong audience"));
        call(Forge.rs256(application(), Forge.newKey("unpublished")))
                .statusCode(401)
                .body("description", containsString("unknown signing key"));
        call(Forge.rs256(application(), Forge.newKey("issuer-key")))
                .statusCode(401)
                .body("description", containsString("wrong signature"));
    }

    @Test
    void our_own_token_endpoints_are_off() {
        for (var response : List.of(
                v1(world.partner, clientCredentials(world)),
                v2(world.partner, Map.of("x", "%")),
                post("/sandbox/oauth2/token", operator()),
                given().auth()
                        .oauth2(Forge.rs256(application(), key))
                        .formParam("grant_type", "jwt_token")
                        .post("/generatetoken"))) {
            response.then()
                    .statusCode(404)
                    .body("error", is("invalid_request"), "error_description", containsString("issues no tokens"));
        }
    }
}
