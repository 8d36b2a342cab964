package csp.shared.transport;

import static csp.testsupport.DemoPartner.CONTOSO;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer tells browsers and caches, and bodies of which nothing is built. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class SafeAnswersTest {

    private static final String NO_STORE = "no-store";

    @ParameterizedTest
    @ValueSource(strings = {"/v1/customers", "/v1/nothing", "/sandbox/scenario", "/common/discovery/instance"})
    void nothing_of_the_API_is_kept_by_a_cache_or_taken_for_another_type(String path) {
        CONTOSO.sendsAnything()
                .get(path)
                .then()
                .header("Cache-Control", startsWith(NO_STORE))
                .header("X-Content-Type-Options", is("nosniff"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/swagger-ui/", "/q/openapi", "/q/health/live", "/q/metrics", "/q/nothing"})
    void no_page_is_shown_within_another_or_runs_what_others_serve(String path) {
        given().get(path)
                .then()
                .header("X-Content-Type-Options", is("nosniff"))
                .header("Content-Security-Policy", startsWith("default-src 'self'; "))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
    }

    @Test
    void Swagger_UI_may_run_the_script_of_its_page_and_other_pages_may_not() {
        given().get("/q/swagger-ui/").then().header("Content-Security-Policy", containsString("'unsafe-inline'"));
        given().get("/q/openapi").then().header("Content-Security-Policy", not(containsString("unsafe")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{},{},{}]", "7", "\"text\"", "null", "[["})
    void a_body_is_refused_by_its_first_token_where_an_object_is_wanted(String body) {
        refused(body, "the body must be a JSON object but is '" + body.replace("\"", ""));
    }

    @Test
    void a_body_is_refused_for_its_depth_and_for_the_number_of_its_values() {
        refused("{\"a\":".repeat(101), "nested");
        refused("{\"a\":[" + "{},".repeat(40_000) + "{}]}", "50000");
    }

    private static void refused(String body, String why) {
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .header("MS-RequestId", UUID.randomUUID())
                .body(body)
                .post("/v1/customers")
                .then()
                .statusCode(400)
                .body("code", is(800002))
                .body("description", containsString(why));
    }
}
