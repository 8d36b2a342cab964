package csp.testsupport;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Map;

/** Test control over HTTP, as the operator. */
public final class Sandbox {

    private Sandbox() {}

    /** A request with the operator's token. */
    public static RequestSpecification operator() {
        return given().auth().oauth2(DemoPartner.operatorToken(RestAssured.baseURI + ":" + RestAssured.port));
    }

    /** Loads a document on top of the present world. */
    public static Response load(Object document) {
        return operator().contentType("application/json").body(document).post("/sandbox/scenarios");
    }

    /** The present world, as text. */
    public static String export() {
        return operator()
                .get("/sandbox/scenario")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** Back to the demo world. */
    public static void reset() {
        operator().post("/sandbox/reset").then().statusCode(204);
    }

    /** Time passes, an ISO 8601 duration of it, until {@link #releaseClock}. */
    public static void advanceClock(String by) {
        operator()
                .contentType("application/json")
                .body(Map.of("by", by))
                .post("/sandbox/clock/advance")
                .then()
                .statusCode(200);
    }

    /** What the clock of the service says. */
    public static Instant now() {
        return Instant.parse(operator()
                .get("/sandbox/clock")
                .then()
                .statusCode(200)
                .extract()
                .path("now"));
    }

    /** It is the time of the machine again. */
    public static void releaseClock() {
        operator().delete("/sandbox/clock").then().statusCode(204);
    }
}
