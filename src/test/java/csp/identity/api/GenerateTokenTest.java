package csp.identity.api;

import static csp.identity.api.SignInWorld.GRAPH;
import static csp.identity.api.SignInWorld.PARTNER_API;
import static csp.identity.api.TokenCalls.claims;
import static csp.identity.api.TokenCalls.clientCredentials;
import static csp.identity.api.TokenCalls.partnerToken;
import static csp.identity.api.TokenCalls.password;
import static csp.identity.api.TokenCalls.token;
import static csp.identity.api.TokenCalls.v1;
import static csp.identity.api.TokenCalls.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PostgresTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class GenerateTokenTest {

    private static final String MIRROR = "/v1/test-caller";

    @Inject
    AgroalDataSource database;

    @Inject
    SignInWorld world;

    private static Response exchange(String token) {
        return given().auth().oauth2(token).formParam("grant_type", "jwt_token").post("/generatetoken");
    }

    @Test
    void a_user_gets_a_token_of_the_same_identity_that_serves_as_bearer() {
        var presented = token(v1(world.partner, password(world.userName)));
        var response = exchange(presented);
        response.then()
                .statusCode(200)
                .header("Cache-Control", is("no-store"))
                .body("token_type", is("Bearer"), "scope", is("user_impersonation"), "refresh_token", nullValue());
        String token = response.path("access_token");
        assertEquals(claims(presented).getClaimsMap(), claims(token).getClaimsMap());
        var seen = given().auth().oauth2(presented).get(MIRROR).asString();
        assertEquals(
                seen,
                given().auth()
                        .oauth2(token)
                        .get(MIRROR)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    @Test
    void W40_a_token_for_the_former_audience_is_exchanged_for_one_of_the_partner_api() {
        var response = exchange(token(v1(world.partner, with(clientCredentials(world), "resource", GRAPH))));
        response.then().statusCode(200).body("resource", is(PARTNER_API), "scope", nullValue());
        given().auth().oauth2(response.path("access_token")).get(MIRROR).then().statusCode(200);
    }

    @Test
    void W42_the_grant_may_be_written_in_any_case() {
        given().auth()
                .oauth2(partnerToken(world))
                .formParam("grant_type", "JWT_Token")
                .post("/generatetoken")
                .then()
                .statusCode(200);
    }

    @Test
    void W45_an_applications_token_is_exchanged_as_a_users_is() {
        var presented = partnerToken(world);
        var response = exchange(presented);
        response.then().statusCode(200).body("token_type", is("Bearer"), "resource", is(PARTNER_API));
        assertEquals(
                claims(presented).getClaimsMap(),
                claims(response.path("access_token")).getClaimsMap());
    }

    @Test
    void the_new_token_does_not_live_longer_than_the_presented_one() throws Exception {
        var claims = claims(partnerToken(world));
        var expires = NumericDate.fromSeconds(System.currentTimeMillis() / 1000 + 100);
        claims.setExpirationTime(expires);
        var response = exchange(Forge.rs256(claims, Forge.keyOfTheService(database)));
        response.then().statusCode(200).body("expires_on", is(String.valueOf(expires.getValue())));
        assertTrue(Integer.parseInt(response.path("expires_in")) <= 100);
        assertEquals(
                expires.getValue(),
                claims(response.path("access_token")).getExpirationTime().getValue());
    }

    @Test
    void without_a_bearer_token_or_with_a_bad_one_it_answers_401() {
        given().formParam("grant_type", "jwt_token")
                .post("/generatetoken")
                .then()
                .statusCode(401)
                .body("code", is(800001));
        exchange("a.b.c").then().statusCode(401).body("code", is(400));
        String refreshToken = v1(world.partner, password(world.userName)).path("refresh_token");
        exchange(refreshToken).then().statusCode(401).body("code", is(400));
    }

    @Test
    void the_form_must_say_jwt_token_800002() {
        var token = partnerToken(world);
        for (var body : new String[] {
            "",
            "grant_type=",
            "x=1",
            "grant_type=password",
            "grant_type=jwt_token&grant_type=jwt_token",
            "grant_type=%zz"
        }) {
            given().auth()
                    .oauth2(token)
                    .contentType("application/x-www-form-urlencoded")
                    .body(body)
                    .post("/generatetoken")
                    .then()
                    .statusCode(400)
                    .body("code", is(800002));
        }
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{}")
                .post("/generatetoken")
                .then()
                .statusCode(415)
                .body("code", is(800002), "description", containsString("x-www-form-urlencoded"));
        given().auth()
                .oauth2(token)
                .header("Content-Type", "nonsense")
                .body("x".getBytes())
                .post("/generatetoken")
                .then()
                .statusCode(400)
                .body("code", is(800002));
        given().auth()
                .oauth2(token)
                .contentType("application/x-www-form-urlencoded")
                .body("a".repeat(70_000))
                .post("/generatetoken")
                .then()
                .statusCode(413)
                .body("code", is(800002));
    }

    @Test
    void a_user_of_a_customer_may_exchange_too() {
        exchange(token(v1(world.customer, password(world.customerUserName))))
                .then()
                .statusCode(200);
    }
}
