package csp.identity.api;

import static csp.identity.api.SignInWorld.OPERATOR_CLIENT;
import static csp.identity.api.SignInWorld.PARTNER_API;
import static csp.identity.api.SignInWorld.PASSWORD;
import static csp.identity.api.SignInWorld.PUBLIC_CLIENT;
import static csp.identity.api.SignInWorld.SECRET;
import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** Token requests over HTTP, and a look into what comes back. */
class TokenCalls {

    private TokenCalls() {}

    static Map<String, String> clientCredentials(SignInWorld world) {
        return new HashMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                world.application.toString(),
                "client_secret",
                SECRET,
                "resource",
                PARTNER_API));
    }

    static Map<String, String> password(String userName) {
        return new HashMap<>(Map.of(
                "grant_type",
                "password",
                "client_id",
                PUBLIC_CLIENT,
                "username",
                userName,
                "password",
                PASSWORD,
                "resource",
                PARTNER_API));
    }

    static Map<String, String> refresh(String refreshToken) {
        return new HashMap<>(
                Map.of("grant_type", "refresh_token", "client_id", PUBLIC_CLIENT, "refresh_token", refreshToken));
    }

    static Map<String, String> operator() {
        return new HashMap<>(
                Map.of("grant_type", "client_credentials", "client_id", OPERATOR_CLIENT, "client_secret", "sandbox"));
    }

    static Map<String, String> with(Map<String, String> form, String name, String value) {
        var changed = new HashMap<>(form);
        changed.put(name, value);
        return changed;
    }

    static Map<String, String> without(Map<String, String> form, String name) {
        var changed = new HashMap<>(form);
        changed.remove(name);
        return changed;
    }

    static Response v1(Object tenant, Map<String, String> form) {
        return post("/" + tenant + "/oauth2/token", form);
    }

    static Response v2(Object tenant, Map<String, String> form) {
        return post("/" + tenant + "/oauth2/v2.0/token", form);
    }

    static Response post(String path, Map<String, String> form) {
        return given().contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParams(form)
                .post(path);
    }

    static String token(Response response) {
        return response.then().statusCode(200).extract().path("access_token");
    }

    static String partnerToken(SignInWorld world) {
        return token(v1(world.partner, clientCredentials(world)));
    }

    /** The claims, unverified. */
    static JwtClaims claims(String token) {
        try {
            return new JwtConsumerBuilder()
                    .setSkipAllValidators()
                    .setSkipSignatureVerification()
                    .setDisableRequireSignature()
                    .build()
                    .processToClaims(token);
        } catch (InvalidJwtException e) {
            throw new AssertionError(e);
        }
    }
}
