package csp.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.WithoutSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WithoutSandbox.class)
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsoleOffTest {

    @Test
    void without_a_sandbox_there_is_no_console_and_nothing_that_it_loads() {
        for (var path : new String[] {
            "/console", "/console/transfers", "/console/assets/console.css", "/webjars/htmx.org/dist/htmx.min.js"
        }) {
            given().get(path).then().statusCode(404).body("code", is(1000));
        }
        given().formParam("x", "y")
                .post("/console/world/reset")
                .then()
                .statusCode(404)
                .body("code", is(1000));
    }

    @Test
    void the_root_is_a_path_like_any_other_then() {
        given().redirects().follow(false).get("/").then().statusCode(401).body("code", is(800001));
    }
}
