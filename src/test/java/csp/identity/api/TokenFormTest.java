package csp.identity.api;

import static csp.identity.api.SignInWorld.PARTNER_API;
import static csp.identity.api.TokenCalls.clientCredentials;
import static csp.identity.api.TokenCalls.password;
import static csp.identity.api.TokenCalls.refresh;
import static csp.identity.api.TokenCalls.v1;
import static csp.identity.api.TokenCalls.v2;
import static csp.identity.api.TokenCalls.with;
import static csp.identity.api.TokenCalls.without;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class TokenFormTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    @Inject
    SignInWorld world;

    private Map<String, String> formWith(String parameter) {
        return switch (parameter) {
            case "username", "password" -> password(world.userName);
            case "refresh_token" ->
                refresh(v1(world.partner, password(world.userName)).path("refresh_token"));
            default -> clientCredentials(world);
        };
    }

    private ValidatableResponse raw(String body) {
        return given().contentType(FORM + "; charset=UTF-8")
                .body(body)
                .post("/{tenant}/oauth2/token", world.partner)
                .then();
    }

    /** With exactly this content type; REST Assured would add a charset of its own. */
    private HttpResponse<String> sent(String contentType, String body) throws IOException, InterruptedException {
        var uri = URI.create("http://localhost:" + RestAssured.port + "/" + world.partner + "/oauth2/token");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", contentType)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    private String valid() {
        return "grant_type=client_credentials&client_id=" + world.application
                + "&client_secret=s3cret~of+the%20app&resource=" + PARTNER_API;
    }

    @Test
    void the_plain_form_is_accepted() {
        raw(valid()).statusCode(200);
        raw("&&" + valid() + "&").statusCode(200);
        raw(valid() + "&client_info=1&unknown=x&flag").statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type", "client_id", "resource", "username", "password", "refresh_token"})
    void a_missing_or_empty_parameter_is_named(String parameter) {
        var form = formWith(parameter);
        v1(world.partner, without(form, parameter))
                .then()
                .statusCode(400)
                .header("Cache-Control", is("no-store"))
                .body("error", is("invalid_request"), "error_description", containsString("'" + parameter + "'"));
        v2(world.partner, with(form, parameter, ""))
                .then()
                .statusCode(400)
                .body("error", is("invalid_request"), "error_description", containsString("'" + parameter + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type", "client_id", "client_secret", "resource", "scope", "username", "unknown"})
    void a_repeated_parameter_is_named(String parameter) {
        raw(valid() + "&" + parameter + "=a&" + parameter + "=a")
                .statusCode(400)
                .body(
                        "error",
                        is("invalid_request"),
                        "error_description",
                        containsString("'" + parameter + "' is repeated"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type",
                "client_id",
                "client_secret",
                "resource",
                "scope",
                "username",
                "password",
                "refresh_token"
            })
    void a_control_character_in_a_parameter_is_refused(String parameter) {
        for (var character : new String[] {"\0", "\n", "\u001b", "\u007f"}) {
            v1(world.partner, with(formWith(parameter), parameter, "a" + character + "b"))
                    .then()
                    .statusCode(400)
                    .body(
                            "error",
                            is("invalid_request"),
                            "error_description",
                            containsString("'" + parameter + "' contains a control character"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type",
                "client_id",
                "client_secret",
                "resource",
                "scope",
                "username",
                "password",
                "refresh_token"
            })
    void a_parameter_longer_than_8192_characters_is_refused(String parameter) {
        v1(world.partner, with(formWith(parameter), parameter, "x".repeat(8193)))
                .then()
                .statusCode(400)
                .body(
                        "error",
                        is("invalid_request"),
                        "error_description",
                        containsString("'" + parameter + "' is longer"));
        v1(world.partner, with(formWith(parameter), parameter, "x".repeat(8192)))
                .then()
                .statusCode(anyOf(is(400), is(401)))
                .body("error_description", not(containsString("is longer")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type",
                "client_id",
                "client_secret",
                "resource",
                "scope",
                "username",
                "password",
                "refresh_token"
            })
    void characters_beyond_latin_are_just_wrong_values(String parameter) {
        v1(world.partner, with(formWith(parameter), parameter, "日本✓\uD83D\uDE00"))
                .then()
                .statusCode(anyOf(is(400), is(401)))
                .body(
                        "error",
                        anyOf(
                                is("unsupported_grant_type"),
                                is("invalid_client"),
                                is("invalid_resource"),
                                is("invalid_scope"),
                                is("invalid_grant")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz", "%e4", "%C3%28", "=", "%00=1", "%ED%A0%80"})
    void what_is_not_form_encoded_is_refused_or_ignored_but_never_a_fault(String garbage) {
        raw(valid() + "&x=" + garbage).statusCode(anyOf(is(200), is(400)));
        raw(valid() + "&" + garbage).statusCode(anyOf(is(200), is(400)));
        raw("client_secret=" + garbage).statusCode(400).body("error", is("invalid_request"));
    }

    @Test
    void malformed_escapes_and_malformed_utf_8_are_invalid_requests() {
        for (var garbage : new String[] {"%", "%zz", "%e4", "%C3%28", "%ED%A0%80"}) {
            raw(valid() + "&x=" + garbage).statusCode(400).body("error", is("invalid_request"));
        }
    }

    @Test
    void a_body_over_64_kib_is_refused() {
        raw(valid() + "&x=y".repeat(20_000))
                .statusCode(400)
                .body("error", is("invalid_request"), "error_description", containsString("65536 bytes"));
        var filler = new StringBuilder(valid());
        for (int i = 0; filler.length() < 64 * 1024; i++) {
            filler.append("&f").append(i).append('=').append("x".repeat(50));
        }
        raw(filler.substring(0, 64 * 1024)).statusCode(200);
        raw(filler.substring(0, 64 * 1024) + "x").statusCode(400);
    }

    @Test
    void only_a_form_is_read_with_or_without_a_charset() throws Exception {
        for (var type : new String[] {
            FORM,
            FORM + "; charset=utf-8",
            FORM + ";charset=UTF-8",
            FORM + "; charset=ISO-8859-1",
            "APPLICATION/X-WWW-Form-urlencoded"
        }) {
            assertEquals(200, sent(type, valid()).statusCode(), type);
        }
        for (var type : new String[] {
            "application/json",
            "text/plain",
            "*/*",
            "nonsense",
            "multipart/form-data; boundary=x",
            FORM + "; charset=klingon"
        }) {
            var response = sent(type, valid());
            assertEquals(400, response.statusCode(), type);
            assertTrue(response.body().contains("\"error\":\"invalid_request\""), response.body());
        }
        given().post("/{tenant}/oauth2/token", world.partner)
                .then()
                .statusCode(400)
                .body("error", is("invalid_request"), "error_description", containsString("'grant_type'"));
    }

    @Test
    void parameters_in_the_query_do_not_count() {
        given().contentType(FORM)
                .body("x=1")
                .post("/" + world.partner + "/oauth2/token?" + valid())
                .then()
                .statusCode(400)
                .body("error", is("invalid_request"));
    }
}
