package csp.identity.api;

import static csp.identity.api.SignInWorld.GRAPH;
import static csp.identity.api.SignInWorld.PARTNER_API;
import static csp.identity.api.SignInWorld.PUBLIC_CLIENT;
import static csp.identity.api.TokenCalls.claims;
import static csp.identity.api.TokenCalls.clientCredentials;
import static csp.identity.api.TokenCalls.partnerToken;
import static csp.identity.api.TokenCalls.password;
import static csp.identity.api.TokenCalls.refresh;
import static csp.identity.api.TokenCalls.token;
import static csp.identity.api.TokenCalls.v1;
import static csp.identity.api.TokenCalls.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PostgresTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class BearerTokenTest {

    private static final String MIRROR = "/v1/test-caller";

    @Inject
    AgroalDataSource database;

    @Inject
    SignInWorld world;

    private static ValidatableResponse call(String token) {
        return given().header("Authorization", "Bearer " + token).get(MIRROR).then();
    }

    private static void assertRefused(String token, String reason) {
        call(token)
                .statusCode(401)
                .header("WWW-Authenticate", is("Bearer"))
                .body(
                        "code",
                        is(400),
                        "description",
                        containsString(reason),
                        "data",
                        empty(),
                        "source",
                        is("PartnerFD"),
                        "description",
                        not(containsString("csp.")));
    }

    /** A good token of the application, changed in one point and signed again with the key of the service. */
    private String forged(Consumer<JwtClaims> change) {
        var claims = claims(partnerToken(world));
        change.accept(claims);
        return Forge.rs256(claims, Forge.keyOfTheService(database));
    }

    private static NumericDate inSeconds(long seconds) {
        return NumericDate.fromSeconds(System.currentTimeMillis() / 1000 + seconds);
    }

    @Test
    void an_application_is_seen_with_its_partner_and_client_id() {
        call(partnerToken(world))
                .statusCode(200)
                .body(
                        "tenantId",
                        is(world.partner.toString()),
                        "id",
                        is(world.application.toString()),
                        "applicationId",
                        is(world.application.toString()),
                        "appOnly",
                        is(true),
                        "roles",
                        empty());
    }

    @Test
    void a_user_is_seen_with_object_id_name_and_roles() {
        call(token(v1(world.partner, password(world.userName))))
                .statusCode(200)
                .body(
                        "tenantId",
                        is(world.partner.toString()),
                        "id",
                        is(world.user.toString()),
                        "applicationId",
                        is(PUBLIC_CLIENT),
                        "userPrincipalName",
                        is(world.userName),
                        "appOnly",
                        is(false),
                        "roles",
                        contains("AdminAgent", "GlobalAdmin"));
    }

    @Test
    void W40_a_token_for_the_former_audience_is_refused_900420() {
        for (var token : List.of(
                token(v1(world.partner, with(clientCredentials(world), "resource", GRAPH))),
                token(v1(world.partner, with(password(world.userName), "resource", GRAPH))))) {
            for (var again = 0; again < 2; again++) {
                call(token)
                        .statusCode(401)
                        .header("WWW-Authenticate", is("Bearer"))
                        .body(
                                "code",
                                is(900420),
                                "description",
                                is(
                                        "The audience in the token is invalid and is no longer supported in Partner Center API."));
            }
        }
    }

    @Test
    void W41_a_user_without_a_second_factor_gets_a_token_and_is_refused_with_it() throws Exception {
        var user = UUID.randomUUID();
        world.addUser(user, "no.mfa@" + world.domain, "AdminAgent");
        world.execute("update user_account set mfa = false where object_id = ?", user);
        var first = v1(world.partner, password("no.mfa@" + world.domain));
        assertEquals(List.of("pwd"), claims(token(first)).getStringListClaimValue("amr"));
        for (var token : List.of(token(first), token(v1(world.partner, refresh(first.path("refresh_token")))))) {
            call(token)
                    .statusCode(401)
                    .header("WWW-Authenticate", is("Bearer error=\"invalid_token\""))
                    .body(is(""));
        }
    }

    @Test
    void a_token_that_does_not_say_whose_it_is_does_not_pass_for_an_applications() {
        assertRefused(forged(claims -> claims.unsetClaim("oid")), "neither a user's");
        assertRefused(forged(claims -> claims.setClaim("oid", UUID.randomUUID().toString())), "neither a user's");
        call(forged(claims -> {
                    claims.unsetClaim("oid");
                    claims.setSubject(claims.getClaimValueAsString("appid"));
                }))
                .statusCode(200);
        call(forged(claims -> {
                    claims.setClaim("oid", UUID.randomUUID().toString());
                    claims.setClaim("idtyp", "app");
                }))
                .statusCode(200);
    }

    @Test
    void the_scheme_may_be_written_in_any_case() {
        given().header("Authorization", "bEARER  " + partnerToken(world))
                .get(MIRROR)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "Digest x", "BearerX"})
    void no_bearer_token_is_800001(String header) {
        given().header("Authorization", header)
                .get(MIRROR)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", is("Bearer"))
                .body("code", is(800001), "source", is("PartnerFD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/customers",
                "/v1/nothing-here",
                "/nothing-here",
                "/",
                "/portal/v1/providers",
                "/auditactivity/v1/auditrecords",
                "/webhooks/v1/registration",
                "/generatetoken",
                "/a/b/oauth2/token",
                "/oauth2/token",
                "/x/oauth2/v3.0/token",
                "//v1//customers",
                "/sandbox/clock"
            })
    void every_path_wants_a_token_before_anything_else(String path) {
        given().urlEncodingEnabled(false)
                .accept("application/json") // a browser that asks for the root is led to the console
                .get(path)
                .then()
                .statusCode(401)
                .body("code", is(800001));
        given().urlEncodingEnabled(false)
                .contentType("application/json")
                .body("{")
                .post(path)
                .then()
                .statusCode(401)
                .body("code", is(800001));
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2("x.y.z")
                .get(path)
                .then()
                .statusCode(401)
                .body("code", is(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/metrics", "/q/openapi"})
    void health_metrics_and_documents_are_open(String path) {
        given().get(path).then().statusCode(200);
    }

    @Test
    void with_a_token_an_unknown_path_is_404() {
        given().auth()
                .oauth2(partnerToken(world))
                .get("/v1/nothing-here")
                .then()
                .statusCode(404)
                .body("code", is(1000));
    }

    @Test
    void a_token_two_times_in_the_request_is_refused() {
        var token = partnerToken(world);
        given().header("Authorization", "Bearer " + token, "Bearer " + token)
                .get(MIRROR)
                .then()
                .statusCode(401);
    }

    @Test
    void an_unchanged_forgery_passes_so_that_the_refusals_below_are_for_their_own_reason() {
        call(forged(claims -> {})).statusCode(200);
    }

    @Test
    void an_expired_token_is_refused() {
        assertRefused(
                forged(claims -> {
                    claims.setIssuedAt(inSeconds(-3660));
                    claims.setNotBefore(inSeconds(-3960));
                    claims.setExpirationTime(inSeconds(-60));
                }),
                "expired");
    }

    @Test
    void a_token_that_is_not_yet_valid_is_refused() {
        assertRefused(forged(claims -> claims.setNotBefore(inSeconds(120))), "not yet valid");
    }

    @Test
    void half_a_minute_between_two_clocks_is_forgiven() {
        call(forged(claims -> {
                    claims.setIssuedAt(inSeconds(-3610));
                    claims.setNotBefore(inSeconds(-3910));
                    claims.setExpirationTime(inSeconds(-10));
                }))
                .statusCode(200);
        call(forged(claims -> claims.setNotBefore(inSeconds(20)))).statusCode(200);
    }

    @Test
    void a_token_without_expiry_is_refused() {
        assertRefused(forged(claims -> claims.unsetClaim("exp")), "no expiry");
    }

    @Test
    void a_token_for_another_audience_is_refused() {
        assertRefused(forged(claims -> claims.setAudience("https://management.azure.com")), "wrong audience");
        assertRefused(forged(claims -> claims.setAudience(PARTNER_API + ".evil.example")), "wrong audience");
        assertRefused(forged(claims -> claims.unsetClaim("aud")), "wrong audience");
    }

    @Test
    void a_token_of_another_issuer_or_with_another_tenant_than_its_issuer_is_refused() {
        assertRefused(forged(claims -> claims.setIssuer("https://evil.example/")), "wrong issuer");
        assertRefused(forged(claims -> claims.setClaim("tid", UUID.randomUUID().toString())), "wrong issuer");
        assertRefused(forged(claims -> claims.unsetClaim("iss")), "wrong issuer");
        assertRefused(forged(claims -> claims.unsetClaim("tid")), "wrong issuer");
    }

    @Test
    void claims_of_the_wrong_kind_are_refused() {
        assertRefused(
                forged(claims -> {
                    claims.setClaim("tid", "contoso");
                    claims.setIssuer("https://sts.windows.net/contoso/");
                }),
                "malformed claims");
        assertRefused(forged(claims -> claims.setClaim("appid", 7)), "malformed claims");
        assertRefused(forged(claims -> claims.unsetClaim("appid")), "a claim is missing");
        assertRefused(forged(claims -> claims.setClaim("exp", "tomorrow")), "malformed");
        assertRefused(forged(claims -> claims.setClaim("tid", List.of("a"))), "malformed");
        assertRefused(forged(claims -> claims.setClaim("roles", 5)), "malformed");
    }

    @Test
    void a_users_token_without_a_name_does_not_pass_for_an_application() {
        assertRefused(forged(claims -> claims.setClaim("scp", "user_impersonation")), "without upn");
    }

    @Test
    void a_tampered_token_is_refused() {
        var token = partnerToken(world);
        var parts = token.split("\\.");
        var other = claims(token);
        other.setClaim("tid", UUID.randomUUID().toString());
        var payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(other.toJson().getBytes(StandardCharsets.UTF_8));
        assertRefused(parts[0] + "." + payload + "." + parts[2], "wrong signature");
        var flipped = (parts[2].charAt(5) == 'A' ? 'B' : 'A');
        assertRefused(
                parts[0] + "." + parts[1] + "." + parts[2].substring(0, 5) + flipped + parts[2].substring(6),
                "wrong signature");
        call(token).statusCode(200);
        assertRefused(parts[0] + "." + payload + "." + parts[2], "wrong signature");
    }

    @Test
    void a_token_with_algorithm_none_is_refused() {
        var claims = claims(partnerToken(world));
        var unsigned = Forge.sign(claims, null, Forge.keyOfTheService(database).getKeyId(), AlgorithmIdentifiers.NONE);
        assertRefused(unsigned, "");
        var parts = partnerToken(world).split("\\.");
        assertRefused(unsigned.split("\\.")[0] + "." + parts[1] + "." + parts[2], "");
    }

    @Test
    void a_token_signed_with_hs256_and_the_public_key_is_refused() throws Exception {
        var claims = claims(partnerToken(world));
        var key = Forge.keyOfTheService(database);
        for (var secret : List.of(
                key.getPublicKey().getEncoded(),
                key.toJson(OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8),
                Base64.getEncoder().encode(key.getPublicKey().getEncoded()))) {
            assertRefused(
                    Forge.sign(claims, new HmacKey(secret), key.getKeyId(), AlgorithmIdentifiers.HMAC_SHA256), "");
        }
    }

    @Test
    void other_rsa_algorithms_are_refused() {
        var claims = claims(partnerToken(world));
        var key = Forge.keyOfTheService(database);
        for (var algorithm :
                List.of(AlgorithmIdentifiers.RSA_USING_SHA512, AlgorithmIdentifiers.RSA_PSS_USING_SHA256)) {
            assertRefused(Forge.sign(claims, key.getPrivateKey(), key.getKeyId(), algorithm), "");
        }
    }

    @Test
    void a_token_signed_with_another_key_is_refused() {
        var claims = claims(partnerToken(world));
        var keyId = Forge.keyOfTheService(database).getKeyId();
        assertRefused(Forge.rs256(claims, Forge.newKey(keyId)), "wrong signature");
        assertRefused(Forge.rs256(claims, Forge.newKey("another")), "unknown signing key");
        assertRefused(
                Forge.sign(claims, Forge.keyOfTheService(database).getPrivateKey(), null, "RS256"),
                "no signing key named");
    }

    @Test
    void a_refresh_token_and_an_id_token_are_no_bearer_tokens() {
        var tokens = v1(world.partner, password(world.userName));
        assertRefused(tokens.path("refresh_token"), "wrong audience");
        assertRefused(tokens.path("id_token"), "wrong audience");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "a.b",
                "a.b.c",
                "..",
                "...",
                "e30.e30.e30",
                "a.b.c.d.e",
                "null",
                "W10.W10.W10",
                "bnVsbA.e30.e30"
            })
    void what_is_no_token_at_all_is_refused(String token) {
        assertRefused(token, "");
    }

    @Test
    void a_token_over_8_kib_is_refused() {
        assertRefused(forged(claims -> claims.setClaim("filler", "x".repeat(7000))), "too long");
        call(forged(claims -> claims.setClaim("filler", "x".repeat(4000)))).statusCode(200);
    }

    @Test
    void a_user_of_a_customer_has_no_access_to_the_partner_api_2032() {
        var token = token(v1(world.customer, password(world.customerUserName)));
        for (var path : List.of(
                MIRROR,
                "/v1/customers",
                "/auditactivity/v1/auditrecords",
                "/webhooks/v1/registration",
                "/sandbox/clock")) {
            given().auth().oauth2(token).get(path).then().statusCode(403).body("code", is(2032));
        }
    }

    @Test
    void a_wiped_database_gets_a_new_key_and_the_tokens_of_the_old_one_end() {
        var before = partnerToken(world);
        call(before).statusCode(200);
        var key = Forge.keyOfTheService(database);
        try {
            expectNewKey(before, key.getKeyId());
        } finally {
            useKey(key);
        }
    }

    private void expectNewKey(String before, String oldKey) {
        world.execute("delete from signing_key");
        var after = partnerToken(world);
        assertNotEquals(oldKey, Forge.keyOfTheService(database).getKeyId());
        call(after).statusCode(200);
        assertRefused(before, "unknown signing key");
    }

    @Test
    void a_key_that_another_copy_of_the_service_made_is_found() {
        var claims = claims(partnerToken(world));
        var own = Forge.keyOfTheService(database);
        var key = Forge.newKey(UUID.randomUUID().toString());
        try {
            useKey(key);
            // For a moment after a look-up there is no other: an earlier test may have caused one.
            var token = Forge.rs256(claims, key);
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (call(token).extract().statusCode() != 200) {
                assertTrue(System.nanoTime() < end, "The key was not found in time");
            }
            call(token).statusCode(200).body("tenantId", is(world.partner.toString()));
            assertEquals(key.getKeyId(), Forge.keyOfTheService(database).getKeyId());
        } finally {
            useKey(own);
        }
    }

    /** Other tests go on with the tokens they have: the key they were signed with must come back. */
    private void useKey(RsaJsonWebKey key) {
        world.execute("update signing_key set jwk = ?", key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
    }

    @Test
    void an_absurd_value_of_a_claim_is_refused_and_no_fault() {
        var texts = List.of(
                "1e300",
                "-1e300",
                "1e-300",
                "9223372036854775807",
                "253402300800",
                "-1",
                "true",
                "null",
                "\"\"",
                "\"x\"",
                "\"\\u0000\"",
                "\"\\ud800\"",
                "[]",
                "[null]",
                "[[\"x\"],1]",
                "{}",
                "{\"a\":{\"b\":[]}}",
                "[".repeat(2000) + "]".repeat(2000));
        var key = Forge.keyOfTheService(database);
        var user = claims(token(v1(world.partner, password(world.userName))));
        user.unsetClaim("unique_name"); // which would do in place of upn
        for (var claim : List.of(
                "exp",
                "nbf",
                "iat",
                "iss",
                "aud",
                "tid",
                "oid",
                "appid",
                "upn",
                "amr",
                "roles",
                "scp",
                "sub",
                "idtyp",
                "tenant_kind",
                "jti",
                "name")) {
            for (var value : texts) {
                var kept = new JwtClaims();
                user.getClaimsMap().forEach(kept::setClaim);
                kept.unsetClaim(claim);
                var json = kept.toJson();
                var forged =
                        Forge.rs256(json.substring(0, json.length() - 1) + ",\"" + claim + "\":" + value + "}", key);
                var status = given().header("Authorization", "Bearer " + forged)
                        .get(MIRROR)
                        .statusCode();
                var needed = List.of("exp", "iss", "aud", "tid", "oid", "appid");
                assertTrue(
                        status == 401 || !needed.contains(claim) && status < 500,
                        () -> claim + " of " + value + " is " + status);
            }
        }
        // What would go into the records of the audit.
        assertRefused(forgedUser("a\\u0000b"), "malformed claims");
        assertRefused(forgedUser("\\ud800"), "malformed claims");
    }

    /** @param name as it is written in JSON */
    private String forgedUser(String name) {
        var user = claims(token(v1(world.partner, password(world.userName))));
        user.setClaim("upn", "NAME");
        return Forge.rs256(user.toJson().replace("NAME", name), Forge.keyOfTheService(database));
    }

    @Test
    void unknown_signing_keys_are_refused_one_after_the_other_and_known_ones_are_not() {
        var key = Forge.newKey("unknown");
        var claims = claims(partnerToken(world));
        for (var i = 0; i < 50; i++) {
            assertRefused(
                    Forge.sign(claims, key.getPrivateKey(), "kid-" + i, AlgorithmIdentifiers.RSA_USING_SHA256),
                    "unknown signing key");
        }
        call(partnerToken(world)).statusCode(200);
    }
}
