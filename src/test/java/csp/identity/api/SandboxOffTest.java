package csp.identity.api;

import static csp.identity.api.TokenCalls.operator;
import static csp.identity.api.TokenCalls.partnerToken;
import static csp.identity.api.TokenCalls.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import csp.testsupport.ContractFilter;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.WithoutSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WithoutSandbox.class)
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class SandboxOffTest {

    @Inject
    SignInWorld world;

    @Test
    void no_path_of_the_sandbox_exists_with_or_without_a_token() {
        var token = partnerToken(world);
        for (var path : new String[] {"/sandbox", "/sandbox/clock", "/sandbox/oauth2/v2.0/token"}) {
            given().get(path).then().statusCode(404).body("code", is(1000));
            given().auth().oauth2(token).get(path).then().statusCode(404).body("code", is(1000));
        }
        for (var path : new String[] {"/sandbox/journal", "/sandbox/report"}) {
            given().filter(ContractFilter.ofAnswers())
                    .auth()
                    .oauth2(token)
                    .get(path)
                    .then()
                    .statusCode(404)
                    .body("code", is(1000));
        }
        given().auth()
                .oauth2(token)
                .delete("/sandbox/refreshTokens")
                .then()
                .statusCode(404)
                .body("code", is(1000));
    }

    @Test
    void the_operator_cannot_sign_in() {
        post("/sandbox/oauth2/token", operator())
                .then()
                .statusCode(400)
                .body("error", is("invalid_request"), "error_description", containsString("AADSTS90002"));
    }
}
