package csp.sandbox.clock;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.DemoPartner;
import csp.testsupport.PackagedService;
import csp.testsupport.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of the packaged service that share nothing but the database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClockIT {

    @TempDir
    Path directory;

    @Test
    void every_copy_follows_a_move_and_one_that_starts_later_too() {
        try (var server = TestDatabase.startWithSchema(directory.resolve("database"))) {
            var settings = TestDatabase.settingsFor(server, Map.of("csp.sandbox", "true"));
            try (var one = PackagedService.start(directory.resolve("one"), settings);
                    var another = PackagedService.start(directory.resolve("another"), settings)) {
                var operator = DemoPartner.operatorToken(one.baseUrl());
                given().auth()
                        .oauth2(operator)
                        .contentType("application/json")
                        .body(Map.of("now", "2040-01-01T00:00:00Z"))
                        .put(one.baseUrl() + "/sandbox/clock")
                        .then()
                        .statusCode(200);
                another.await("in 2040", () -> year(another, operator).equals("2040"));
                try (var late = PackagedService.start(directory.resolve("late"), settings)) {
                    assertEquals("2040", year(late, operator));
                }
                given().auth()
                        .oauth2(operator)
                        .delete(another.baseUrl() + "/sandbox/clock")
                        .then()
                        .statusCode(204);
                one.await("back", () -> !year(one, operator).equals("2040"));
            }
        }
    }

    private static String year(PackagedService copy, String operator) {
        return given().auth()
                .oauth2(operator)
                .get(copy.baseUrl() + "/sandbox/clock")
                .then()
                .statusCode(200)
                .extract()
                .<String>path("now")
                .substring(0, 4);
    }
}
