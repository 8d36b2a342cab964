package csp.identity.api;

import static csp.identity.api.TokenCalls.clientCredentials;
import static csp.identity.api.TokenCalls.operator;
import static csp.identity.api.TokenCalls.post;
import static csp.identity.api.TokenCalls.v1;
import static csp.identity.api.TokenCalls.v2;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
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
    private static final String MIRROR = "/v1/test-caller";
    private static final String AUDIENCE = "api://transfers";
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

    /** Every fetch of the key set waits for this. */
    private static final AtomicReference<CompletableFuture<Void>> hanging =
            new AtomicReference<>(CompletableFuture.completedFuture(null));

    private static final AtomicInteger fetches = new AtomicInteger();

    /** The issuer's published key set, on the loopback. Its one private key is handed to the tests. */
    public static class KeyServer implements QuarkusTestResourceLifecycleManager {

        private final RsaJsonWebKey key = Forge.newKey("issuer-key");
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private HttpServer server;

        @Override
        public Map<String, String> start() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            var body = new JsonWebKeySet(key).toJson().getBytes(StandardCharsets.UTF_8);
            server.setExecutor(threads);
            server.createContext("/keys", exchange -> {
                fetches.incrementAndGet();
                hanging.get().join();
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
            threads.shutdownNow();
        }
    }

    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface IssuerKey {}

    @Inject
    SignInWorld world;

    @IssuerKey
    RsaJsonWebKey key;

    private JwtClaims application() {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setExpirationTime(NumericDate.fromSeconds(System.currentTimeMillis() / 1000 + 600));
        claims.setClaim("tid", world.partner.toString());
        claims.setClaim("azp", APPLICATION.toString());
        claims.setSubject(APPLICATION.toString());
        return claims;
    }

    private JwtClaims user() {
        var claims = application();
        claims.setClaim("oid", world.user.toString());
        claims.setClaim("preferred_username", "ana@contoso.example");
        claims.setClaim("scp", "user_impersonation");
        claims.setClaim("amr", List.of("pwd", "mfa"));
        claims.setClaim("roles", List.of("BillingAdmin", "SomethingElse", "SandboxOperator"));
        return claims;
    }

    private static ValidatableResponse call(String token) {
        return given().auth().oauth2(token).get(MIRROR).then();
    }

    @Test
    void a_token_of_the_issuer_is_accepted_and_a_second_time_from_memory() {
        var token = Forge.rs256(application(), key);
        for (int i = 0; i < 2; i++) {
            call(token)
                    .statusCode(200)
                    .body(
                            "tenantId",
                            is(world.partner.toString()),
                            "id",
                            is(APPLICATION.toString()),
                            "appOnly",
                            is(true));
        }
    }

    @Test
    void a_user_of_the_issuer_has_the_roles_of_our_tables_and_none_that_its_token_says() {
        call(Forge.rs256(user(), key))
                .statusCode(200)
                .body(
                        "id",
                        is(world.user.toString()),
                        "userPrincipalName",
                        is("ana@contoso.example"),
                        "roles",
                        containsInAnyOrder("GlobalAdmin", "AdminAgent"));
        var stranger = user();
        stranger.setClaim("oid", UUID.randomUUID().toString());
        call(Forge.rs256(stranger, key)).statusCode(200).body("roles", empty());
        var ofAnother = user();
        ofAnother.setClaim("tid", world.another().partner.toString());
        call(Forge.rs256(ofAnother, key)).statusCode(200).body("roles", empty());
    }

    @Test
    void what_a_tenant_is_comes_from_our_tables() {
        var customer = user();
        customer.setClaim("tid", world.customer.toString());
        customer.setClaim("oid", world.customerUser.toString());
        call(Forge.rs256(customer, key)).statusCode(403).body("code", is(2032));
        var nobody = application();
        nobody.setClaim("tid", UUID.randomUUID().toString());
        call(Forge.rs256(nobody, key)).statusCode(401).body("code", is(400));
        world.execute("update partner set direct_bill_left = now() where tenant_id = ?", world.partner);
        call(Forge.rs256(application(), key)).statusCode(403).body("code", is(2032));
    }

    @Test
    void a_token_that_is_neither_clearly_a_users_nor_clearly_an_applications_is_refused_D17() {
        var withoutProfile = application(); // as Keycloak's of a user without the profile scope
        withoutProfile.setSubject(UUID.randomUUID().toString());
        call(Forge.rs256(withoutProfile, key)).statusCode(401).body("code", is(400));
        withoutProfile.setClaim("oid", world.user.toString());
        call(Forge.rs256(withoutProfile, key)).statusCode(401).body("code", is(400));
        withoutProfile.unsetClaim("sub");
        call(Forge.rs256(withoutProfile, key)).statusCode(401).body("code", is(400));
        withoutProfile.setClaim("idtyp", "app");
        call(Forge.rs256(withoutProfile, key)).statusCode(200).body("appOnly", is(true));
        var both = user();
        both.setClaim("idtyp", "app");
        call(Forge.rs256(both, key)).statusCode(401).body("code", is(400));
    }

    @Test
    void an_issuer_that_hangs_stops_nobody_whose_key_is_known() {
        call(Forge.rs256(application(), key)).statusCode(200);
        var release = new CompletableFuture<Void>();
        hanging.set(release);
        try {
            var before = fetches.get();
            var unpublished = Forge.newKey("unpublished");
            var http = HttpClient.newHttpClient();
            var strangers = IntStream.range(0, 300)
                    .mapToObj(i -> Forge.sign(
                            application(),
                            unpublished.getPrivateKey(),
                            "kid-" + i,
                            AlgorithmIdentifiers.RSA_USING_SHA256))
                    .map(token -> HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + MIRROR))
                            .header("Authorization", "Bearer " + token)
                            .timeout(Duration.ofSeconds(20))
                            .build())
                    .map(request -> http.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            given().get("/q/health/ready").then().statusCode(200);
            var another = application();
            another.setClaim("idtyp", "app"); // a token that is not in memory
            call(Forge.rs256(another, key)).statusCode(200);
            for (var answer : strangers) {
                assertEquals(401, answer.join().statusCode());
            }
            assertTrue(fetches.get() - before <= 1, () -> fetches.get() - before + " fetches");
            // And while the failure is remembered, at once.
            call(Forge.sign(
                            application(),
                            unpublished.getPrivateKey(),
                            "one more",
                            AlgorithmIdentifiers.RSA_USING_SHA256))
                    .statusCode(401);
        } finally {
            hanging.set(CompletableFuture.completedFuture(null));
            release.complete(null);
        }
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
