package csp.identity.api;

import static csp.identity.api.SignInWorld.OPERATOR_CLIENT;
import static csp.identity.api.SignInWorld.PARTNER_API;
import static csp.identity.api.TokenCalls.claims;
import static csp.identity.api.TokenCalls.clientCredentials;
import static csp.identity.api.TokenCalls.operator;
import static csp.identity.api.TokenCalls.partnerToken;
import static csp.identity.api.TokenCalls.password;
import static csp.identity.api.TokenCalls.post;
import static csp.identity.api.TokenCalls.refresh;
import static csp.identity.api.TokenCalls.token;
import static csp.identity.api.TokenCalls.v1;
import static csp.identity.api.TokenCalls.with;
import static csp.identity.api.TokenCalls.without;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import csp.testsupport.ContractFilter;
import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class OperatorTokenTest {

    private static final String SIGN_IN = "/sandbox/oauth2/token";

    @Inject
    SignInWorld world;

    @Test
    void the_operator_gets_a_token_of_no_partner() throws Exception {
        var response = post(SIGN_IN, operator());
        response.then()
                .statusCode(200)
                .header("Cache-Control", is("no-store"))
                .body("resource", is(PARTNER_API), "expires_in", is("3600"));
        var claims = claims(response.path("access_token"));
        assertEquals(List.of("SandboxOperator"), claims.getStringListClaimValue("roles"));
        assertEquals("sandbox", claims.getStringClaimValue("tid"));
        assertEquals(OPERATOR_CLIENT, claims.getStringClaimValue("oid"));
        assertFalse(claims.hasClaim("upn") || claims.hasClaim("scp"));
    }

    @Test
    void nobody_else_gets_one() {
        post(SIGN_IN, with(operator(), "client_secret", "wrong"))
                .then()
                .statusCode(401)
                .body("error", is("invalid_client"));
        post(SIGN_IN, clientCredentials(world)).then().statusCode(401).body("error", is("invalid_client"));
        post(SIGN_IN, password(world.userName)).then().statusCode(400).body("error", is("unsupported_grant_type"));
        post(SIGN_IN, without(operator(), "client_secret"))
                .then()
                .statusCode(401)
                .body("error", is("invalid_client"), "error_description", containsString("client_secret"));
    }

    @Test
    void the_operator_may_call_the_sandbox_and_nothing_else() {
        var token = token(post(SIGN_IN, operator()));
        // There is nothing at this path; past the token check that is a 404.
        given().auth().oauth2(token).get("/sandbox/nothing-here").then().statusCode(404);
        for (var path : List.of(
                "/v1/customers",
                "/webhooks/v1/registration",
                "/auditactivity/v1/auditrecords",
                "/portal/v1/providers",
                "/generatetoken",
                "/anything",
                "/sandboxes")) {
            given().auth().oauth2(token).get(path).then().statusCode(403).body("code", is(2032));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sandbox",
                "/sandbox/",
                "/sandbox/clock",
                "//sandbox//clock",
                "/%73andbox/clock",
                "/v1/../sandbox/clock",
                "/sandbox;a=b/clock",
                "/sandbox/oauth2/v2.0/token",
                "/sandbox/oauth2/token/more"
            })
    void a_partner_may_not_call_the_sandbox_however_the_path_is_written(String path) {
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2(partnerToken(world))
                .get(path)
                .then()
                .statusCode(403)
                .body("code", is(2032));
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2(token(v1(world.partner, password(world.userName))))
                .get(path)
                .then()
                .statusCode(403)
                .body("code", is(2032));
        given().urlEncodingEnabled(false).get(path).then().statusCode(401).body("code", is(800001));
    }

    @Test
    void a_person_never_becomes_the_operator() {
        give("SandboxOperator");
        try {
            given().auth()
                    .oauth2(token(v1(world.partner, password(world.userName))))
                    .get("/sandbox/clock")
                    .then()
                    .statusCode(403);
        } finally {
            give("AdminAgent"); // no scenario may say so, and other tests export the world
        }
    }

    @Test
    void the_operator_ends_the_refresh_tokens_of_a_user_or_of_everybody() {
        var operator = token(post(SIGN_IN, operator()));
        var other = world.another();
        String ended = v1(world.partner, password(world.userName)).path("refresh_token");
        String kept = v1(other.partner, password(other.userName)).path("refresh_token");
        given().auth()
                .oauth2(operator)
                .queryParam("user", world.user)
                .delete("/sandbox/refreshTokens")
                .then()
                .statusCode(204);
        v1(world.partner, refresh(ended)).then().statusCode(400).body("error", is("invalid_grant"));
        v1(other.partner, refresh(kept)).then().statusCode(200);
        given().filter(ContractFilter.ofAnswers())
                .auth()
                .oauth2(operator)
                .queryParam("user", "ana")
                .delete("/sandbox/refreshTokens")
                .then()
                .statusCode(400)
                .body("code", is(800002));
        given().auth().oauth2(operator).delete("/sandbox/refreshTokens").then().statusCode(204);
        v1(other.partner, refresh(kept)).then().statusCode(400);
        given().auth()
                .oauth2(partnerToken(world))
                .delete("/sandbox/refreshTokens")
                .then()
                .statusCode(403)
                .body("code", is(2032));
    }

    private void give(String role) {
        world.execute("update user_account set roles = ? where object_id = ?", new String[] {role}, world.user);
    }
}
