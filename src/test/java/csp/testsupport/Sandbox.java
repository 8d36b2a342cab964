package csp.testsupport;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Test control over HTTP, as the operator. */
public final class Sandbox {

    private Sandbox() {
    }

    /** A request with the operator's token. */
    public static RequestSpecification operator() {
        return given().auth().oauth2(token());
    }

    /** Loads a document on top of the present world. */
    public static Response load(Object document) {
        return operator().contentType("application/json").body(document).post("/sandbox/scenarios");
    }

    /** The present world, as text. */
    public static String export() {
        return operator().get("/sandbox/scenario").then().statusCode(200).extract().asString();
    }

    /** Back to the demo world. */
    public static void reset() {
        operator().post("/sandbox/reset").then().statusCode(204);
    }

    private static String token() {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "e0000000-0000-4000-8000-0000000000ff")
                .formParam("client_secret", "sandbox").formParam("resource", "https://api.partnercenter.microsoft.com")
                .post("/sandbox/oauth2/token").then().statusCode(200).extract().path("access_token");
    }
}
