package csp.identity.api;

import static csp.identity.api.SignInWorld.GRAPH;
import static csp.identity.api.SignInWorld.PARTNER_API;
import static csp.identity.api.SignInWorld.PASSWORD;
import static csp.identity.api.SignInWorld.PUBLIC_CLIENT;
import static csp.identity.api.SignInWorld.SECRET;
import static csp.identity.api.TokenCalls.claims;
import static csp.identity.api.TokenCalls.clientCredentials;
import static csp.identity.api.TokenCalls.operator;
import static csp.identity.api.TokenCalls.password;
import static csp.identity.api.TokenCalls.post;
import static csp.identity.api.TokenCalls.refresh;
import static csp.identity.api.TokenCalls.token;
import static csp.identity.api.TokenCalls.v1;
import static csp.identity.api.TokenCalls.v2;
import static csp.identity.api.TokenCalls.with;
import static csp.identity.api.TokenCalls.without;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.identity.Secrets;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestTokenTest {

    @Inject
    AgroalDataSource database;

    @Inject
    SignInWorld world;

    @Test
    void an_application_gets_the_recorded_answer_with_strings_in_the_recorded_order() {
        var response = v1(world.partner, with(clientCredentials(world), "resource", GRAPH));
        response.then()
                .statusCode(200)
                .contentType("application/json; charset=utf-8")
                .header("Cache-Control", is("no-store"))
                .body(
                        "token_type",
                        is("Bearer"),
                        "expires_in",
                        is("3600"),
                        "ext_expires_in",
                        is("3600"),
                        "resource",
                        is(GRAPH));
        assertEquals(
                List.of(
                        "token_type",
                        "expires_in",
                        "ext_expires_in",
                        "expires_on",
                        "not_before",
                        "resource",
                        "access_token"),
                new ArrayList<>(response.jsonPath().<String, Object>getMap("").keySet()));
        var expires = Long.parseLong(response.path("expires_on"));
        var notBefore = Long.parseLong(response.path("not_before"));
        assertEquals(3900, expires - notBefore);
        assertTrue(Math.abs(expires - 3600 - System.currentTimeMillis() / 1000) < 60);
    }

    @Test
    void the_second_version_answers_with_numbers_and_the_scope() {
        var scope = PARTNER_API + "/.default";
        var response = v2(world.partner, with(without(clientCredentials(world), "resource"), "scope", scope));
        response.then()
                .statusCode(200)
                .header("Cache-Control", is("no-store"))
                .body(
                        "token_type",
                        is("Bearer"),
                        "expires_in",
                        is(3600),
                        "ext_expires_in",
                        is(3600),
                        "scope",
                        is(scope));
        assertEquals(
                List.of("token_type", "scope", "expires_in", "ext_expires_in", "access_token"),
                new ArrayList<>(response.jsonPath().<String, Object>getMap("").keySet()));
    }

    @Test
    void an_app_only_token_names_the_application_and_no_user() throws Exception {
        var claims = claims(token(v1(world.partner, clientCredentials(world))));
        assertEquals(List.of(PARTNER_API), claims.getAudience());
        assertEquals("https://sts.windows.net/" + world.partner + "/", claims.getIssuer());
        assertEquals(world.partner.toString(), claims.getStringClaimValue("tid"));
        assertEquals(world.application.toString(), claims.getStringClaimValue("oid"));
        assertEquals(world.application.toString(), claims.getStringClaimValue("appid"));
        assertEquals("1", claims.getStringClaimValue("appidacr"));
        assertEquals("1.0", claims.getStringClaimValue("ver"));
        assertEquals(
                3600,
                claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue());
        assertEquals(
                300, claims.getIssuedAt().getValue() - claims.getNotBefore().getValue());
        for (var absent : List.of("scp", "upn", "name", "unique_name", "roles", "amr", "tenant_kind")) {
            assertFalse(claims.hasClaim(absent), absent);
        }
    }

    @Test
    void a_user_gets_scope_refresh_token_and_id_token_and_the_claims_of_a_person() throws Exception {
        var response = v1(world.partner, password(world.userName));
        response.then()
                .statusCode(200)
                .body(
                        "scope",
                        is("user_impersonation"),
                        "refresh_token",
                        notNullValue(),
                        "id_token",
                        notNullValue(),
                        "expires_in",
                        is("3600"));
        var claims = claims(response.path("access_token"));
        assertEquals(world.partner.toString(), claims.getStringClaimValue("tid"));
        assertEquals(world.user.toString(), claims.getStringClaimValue("oid"));
        assertEquals(world.userName, claims.getStringClaimValue("upn"));
        assertEquals(world.userName, claims.getStringClaimValue("unique_name"));
        assertEquals("Ana Trujillo", claims.getStringClaimValue("name"));
        assertEquals("Ana", claims.getStringClaimValue("given_name"));
        assertEquals("Trujillo", claims.getStringClaimValue("family_name"));
        assertEquals(PUBLIC_CLIENT, claims.getStringClaimValue("appid"));
        assertEquals("0", claims.getStringClaimValue("appidacr"));
        assertEquals("user_impersonation", claims.getStringClaimValue("scp"));
        assertEquals(List.of("pwd", "mfa"), claims.getStringListClaimValue("amr"));
        assertEquals(List.of("GlobalAdmin", "AdminAgent"), claims.getStringListClaimValue("roles"));
    }

    @Test
    void the_tenant_is_an_id_or_a_domain_name_in_any_case_on_both_paths() throws Exception {
        for (var tenant : List.of(
                world.partner.toString(),
                world.partner.toString().toUpperCase(Locale.ROOT),
                world.domain,
                world.domain.toUpperCase(Locale.ROOT),
                "organizations")) {
            for (var response : List.of(
                    v1(tenant, clientCredentials(world)),
                    v2(tenant, clientCredentials(world)),
                    v1(tenant, password(world.userName)),
                    v2(tenant, password(world.userName)))) {
                assertEquals(world.partner.toString(), claims(token(response)).getStringClaimValue("tid"), tenant);
            }
        }
    }

    @Test
    void a_user_of_a_customer_signs_in_at_the_customer() throws Exception {
        for (var tenant : List.of(world.customer.toString(), world.customerDomain, "organizations")) {
            var claims = claims(token(v1(tenant, password(world.customerUserName))));
            assertEquals(world.customer.toString(), claims.getStringClaimValue("tid"));
            assertEquals(world.customerUser.toString(), claims.getStringClaimValue("oid"));
        }
        v1(world.partner, password(world.customerUserName))
                .then()
                .statusCode(400)
                .body("error", is("invalid_grant"));
    }

    @Test
    void customers_that_share_a_domain_are_told_apart_by_the_user() throws Exception {
        world.execute(
                "insert into customer (tenant_id, company_name, domain, country, version) values (?, 'Other', ?, 'US', 1)",
                UUID.randomUUID(),
                world.customerDomain);
        var claims = claims(token(v1(world.customerDomain, password(world.customerUserName))));
        assertEquals(world.customer.toString(), claims.getStringClaimValue("tid"));
    }

    @Test
    void a_user_may_also_sign_in_through_an_application_of_the_own_partner_with_its_secret() throws Exception {
        var form = with(
                with(password(world.userName), "client_id", world.application.toString()), "client_secret", SECRET);
        var claims = claims(token(v1(world.partner, form)));
        assertEquals(world.application.toString(), claims.getStringClaimValue("appid"));
        assertEquals(world.user.toString(), claims.getStringClaimValue("oid"));
        v1(world.partner, without(form, "client_secret"))
                .then()
                .statusCode(401)
                .body("error", is("invalid_client"), "error_description", containsString("client_secret"));
        v1(world.partner, with(form, "client_secret", "wrong"))
                .then()
                .statusCode(401)
                .body("error", is("invalid_client"));
        v1(world.customer, with(form, "username", world.customerUserName))
                .then()
                .statusCode(400)
                .body("error", is("unauthorized_client"));
    }

    @Test
    void user_names_are_compared_ignoring_case() {
        v1(world.partner, password(world.userName.toUpperCase(Locale.ROOT)))
                .then()
                .statusCode(200);
    }

    @Test
    void the_application_may_show_its_secret_by_basic_authentication() {
        var form = without(without(clientCredentials(world), "client_id"), "client_secret");
        given().auth()
                .preemptive()
                .basic(world.application.toString(), "s3cret%7Eof+the+app")
                .formParams(form)
                .post("/{tenant}/oauth2/token", world.partner)
                .then()
                .statusCode(200);
        given().auth()
                .preemptive()
                .basic(world.application.toString(), "wrong")
                .formParams(form)
                .post("/{tenant}/oauth2/token", world.partner)
                .then()
                .statusCode(401)
                .body("error", is("invalid_client"))
                .header("WWW-Authenticate", containsString("Basic"));
        given().auth()
                .preemptive()
                .basic(PUBLIC_CLIENT, "")
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParams(without(password(world.userName), "client_id"))
                .post("/{tenant}/oauth2/v2.0/token", "organizations")
                .then()
                .statusCode(200);
        for (var header : List.of("Basic %%%", "Basic", "Basic bm9jb2xvbg==", "Basic //79/A==")) {
            given().header("Authorization", header)
                    .formParams(form)
                    .post("/{tenant}/oauth2/token", world.partner)
                    .then()
                    .body("error", is(header.equals("Basic") ? "invalid_request" : "invalid_client"));
        }
        given().auth()
                .preemptive()
                .basic(world.application.toString(), "s")
                .formParams(clientCredentials(world))
                .post("/{tenant}/oauth2/token", world.partner)
                .then()
                .statusCode(400)
                .body("error", is("invalid_request"));
    }

    @Test
    void a_wrong_secret_an_unknown_client_and_a_malformed_client_id_get_the_same_401() {
        var form = clientCredentials(world);
        var description = v1(world.partner, with(form, "client_secret", "wrong"))
                .then()
                .statusCode(401)
                .body("error", is("invalid_client"))
                .header("Cache-Control", is("no-store"))
                .header("WWW-Authenticate", nullValue())
                .extract()
                .<String>path("error_description")
                .split("\r\n")[0];
        for (var client : List.of(UUID.randomUUID().toString(), "not-a-guid", "1-1-1-1-1", world.user.toString())) {
            v1(world.partner, with(form, "client_id", client))
                    .then()
                    .statusCode(401)
                    .body("error", is("invalid_client"), "error_description", startsWith(description + "\r\n"));
        }
    }

    @Test
    void an_application_without_a_stored_secret_cannot_sign_in() {
        world.execute("update application set client_secret_hash = null where client_id = ?", world.application);
        v1(world.partner, clientCredentials(world)).then().statusCode(401).body("error", is("invalid_client"));
    }

    @Test
    void a_client_of_another_tenant_is_refused() {
        var other = world.another();
        v1(other.partner, clientCredentials(world)).then().statusCode(400).body("error", is("unauthorized_client"));
        v1(world.customer, clientCredentials(world)).then().statusCode(400).body("error", is("unauthorized_client"));
        var foreignUser = with(
                with(password(other.userName), "client_id", world.application.toString()), "client_secret", SECRET);
        v1(world.partner, foreignUser).then().statusCode(400).body("error", is("invalid_grant"));
        v1("organizations", foreignUser).then().statusCode(400).body("error", is("invalid_grant"));
    }

    @Test
    void W44_a_wrong_password_an_unknown_user_and_a_user_of_another_tenant_get_the_same_400() {
        var other = world.another();
        var description = v1(world.partner, with(password(world.userName), "password", "wrong"))
                .then()
                .statusCode(400)
                .body("error", is("invalid_grant"))
                .extract()
                .<String>path("error_description")
                .split("\r\n")[0];
        for (var user :
                List.of("nobody@" + world.domain, other.userName, "'; drop table user_account; --", "ünïcode✓@x")) {
            v1(world.partner, password(user))
                    .then()
                    .statusCode(400)
                    .body("error", is("invalid_grant"), "error_description", startsWith(description + "\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00000000-0000-4000-8000-00000000dead", "nowhere.example", "sandbox", "%00", "a%0Ab", "%C3%BC"})
    void an_unknown_tenant_is_an_invalid_request(String tenant) {
        for (var path : List.of("/oauth2/token", "/oauth2/v2.0/token")) {
            if (tenant.equals("sandbox")) { // the operator's own endpoint, see OperatorTokenTest
                continue;
            }
            given().urlEncodingEnabled(false)
                    .contentType("application/x-www-form-urlencoded")
                    .formParams(clientCredentials(world))
                    .post("/" + tenant + path)
                    .then()
                    .statusCode(400)
                    .body("error", is("invalid_request"), "error_description", containsString("AADSTS90002"));
        }
    }

    @Test
    void the_public_client_has_no_secret_and_may_not_act_without_a_user() {
        v1(world.partner, with(clientCredentials(world), "client_id", PUBLIC_CLIENT))
                .then()
                .statusCode(401)
                .body("error", is("invalid_client"));
        v1(world.partner, without(with(clientCredentials(world), "client_id", PUBLIC_CLIENT), "client_secret"))
                .then()
                .statusCode(400)
                .body("error", is("unauthorized_client"));
    }

    @Test
    void the_operator_application_is_unknown_to_every_partner() {
        for (var tenant : List.of(world.partner, "organizations")) {
            v1(tenant, with(operator(), "resource", PARTNER_API))
                    .then()
                    .statusCode(401)
                    .body("error", is("invalid_client"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_code", "implicit", "urn:ietf:params:oauth:grant-type:device_code"})
    void other_grants_are_unsupported(String grant) {
        v1(world.partner, with(clientCredentials(world), "grant_type", grant))
                .then()
                .statusCode(400)
                .body("error", is("unsupported_grant_type"), "error_description", containsString("refresh_token"));
    }

    @Test
    void W42_the_grant_may_be_written_in_any_case() {
        v1(world.partner, with(clientCredentials(world), "grant_type", "client_Credentials"))
                .then()
                .statusCode(200);
        var first = v2(world.partner, with(password(world.userName), "grant_type", "PASSWORD"));
        first.then().statusCode(200);
        v1(world.partner, with(refresh(first.path("refresh_token")), "grant_type", "Refresh_Token"))
                .then()
                .statusCode(200);
        post("/sandbox/oauth2/token", with(operator(), "grant_type", "Client_Credentials"))
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openid profile email offline_access https://api.partnercenter.microsoft.com/user_impersonation",
                "https://api.partnercenter.microsoft.com/.default",
                "https://api.partnercenter.microsoft.com//.default",
                "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd/.default",
                "FA3D9A0C-3FB0-42CC-9193-47C7ECD2EDBD/user_impersonation"
            })
    void W43_the_scopes_that_callers_send_mean_the_partner_api(String scope) throws Exception {
        for (var form : List.of(clientCredentials(world), password(world.userName))) {
            var token = token(v2(world.partner, with(without(form, "resource"), "scope", scope)));
            assertEquals(List.of(PARTNER_API), claims(token).getAudience());
        }
        var byId =
                v1(world.partner, with(clientCredentials(world), "resource", "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"));
        byId.then().statusCode(200).body("resource", is(PARTNER_API));
    }

    @Test
    void W43_a_refresh_for_openid_alone_means_the_resource_of_the_first_grant() {
        for (var resource : List.of(PARTNER_API, GRAPH)) {
            String refreshToken = v1(world.partner, with(password(world.userName), "resource", resource))
                    .path("refresh_token");
            v1(world.partner, with(refresh(refreshToken), "scope", "openid"))
                    .then()
                    .statusCode(200)
                    .body("resource", is(resource));
        }
    }

    @Test
    void W43_common_and_organizations_stand_for_the_tenant_of_the_user() throws Exception {
        for (var tenant : List.of("common", "organizations", "COMMON")) {
            for (var userName : List.of(world.userName, world.customerUserName)) {
                var first = v2(tenant, password(userName));
                var second = v1(tenant, refresh(first.path("refresh_token")));
                var tid = userName.equals(world.userName) ? world.partner : world.customer;
                for (var response : List.of(first, second)) {
                    assertEquals(tid.toString(), claims(token(response)).getStringClaimValue("tid"));
                }
            }
        }
        v2("common", clientCredentials(world))
                .then()
                .statusCode(400)
                .body("error", is("invalid_request"), "error_codes", is(List.of(50059)));
    }

    @Test
    void W44_a_refusal_has_the_six_recorded_fields() {
        var correlation = UUID.randomUUID().toString();
        for (var path : List.of("/oauth2/token", "/oauth2/v2.0/token")) {
            var refused = given().header("client-request-id", correlation)
                    .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                    .formParams(with(password(world.userName), "password", "wrong"))
                    .post("/" + world.partner + path);
            refused.then().statusCode(400).body("error", is("invalid_grant"), "correlation_id", is(correlation));
            var body = refused.jsonPath().<String, Object>getMap("");
            assertEquals(
                    List.of("error", "error_description", "error_codes", "timestamp", "trace_id", "correlation_id"),
                    List.copyOf(body.keySet()));
            assertEquals(List.of(50126), body.get("error_codes"));
            assertTrue(body.get("timestamp").toString().matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ"));
            assertEquals(
                    "AADSTS50126: Error validating credentials due to invalid username or password.\r\nTrace ID: "
                            + UUID.fromString(body.get("trace_id").toString())
                            + "\r\nCorrelation ID: " + correlation + "\r\nTimestamp: " + body.get("timestamp"),
                    body.get("error_description"));
        }
    }

    @Test
    void W44_a_confidential_client_without_its_secret_or_with_a_wrong_one_is_invalid() {
        var user = with(password(world.userName), "client_id", world.application.toString());
        for (var form : List.of(user, without(clientCredentials(world), "client_secret"))) {
            v1(world.partner, form)
                    .then()
                    .statusCode(401)
                    .body("error", is("invalid_client"), "error_codes", is(List.of(7000218)));
            v2(world.partner, with(form, "client_secret", "wrong"))
                    .then()
                    .statusCode(401)
                    .body("error", is("invalid_client"), "error_codes", is(List.of(7000215)));
        }
    }

    @Test
    void an_unknown_audience_is_refused() {
        v1(world.partner, with(clientCredentials(world), "resource", "https://management.azure.com"))
                .then()
                .statusCode(400)
                .body("error", is("invalid_resource"));
        var form = without(clientCredentials(world), "resource");
        for (var scope : List.of(
                "https://graph.microsoft.com/.default",
                PARTNER_API + "/.default " + GRAPH + "/.default",
                "openid",
                PARTNER_API,
                "openid unknown")) {
            v2(world.partner, with(form, "scope", scope)).then().statusCode(400).body("error", is("invalid_scope"));
        }
        v1(world.partner, with(clientCredentials(world), "scope", GRAPH + "/.default"))
                .then()
                .statusCode(400)
                .body("error", is("invalid_scope"));
    }

    @Test
    void resource_or_scope_either_is_understood_on_both_paths() throws Exception {
        var byScope = with(
                without(password(world.userName), "resource"),
                "scope",
                "openid offline_access profile " + GRAPH + "/user_impersonation");
        v1(world.partner, byScope).then().statusCode(200).body("resource", is(GRAPH));
        v2(world.partner, byScope)
                .then()
                .statusCode(200)
                .body(
                        "scope",
                        is(byScope.get("scope")),
                        "resource",
                        nullValue(),
                        "expires_on",
                        nullValue(),
                        "refresh_token",
                        notNullValue());
        v2(world.partner, password(world.userName)).then().statusCode(200).body("scope", is(PARTNER_API + "/.default"));
        v1(world.partner, with(password(world.userName), "scope", "openid"))
                .then()
                .statusCode(200)
                .body("resource", is(PARTNER_API));
        var slash = v1(world.partner, with(clientCredentials(world), "resource", GRAPH + "/"));
        assertEquals(List.of(GRAPH), claims(token(slash)).getAudience());
    }

    @Test
    void a_refresh_token_gives_new_tokens_and_another_refresh_token() throws Exception {
        var first = v1(world.partner, password(world.userName));
        var second = v1(world.partner, refresh(first.path("refresh_token")));
        second.then()
                .statusCode(200)
                .body("resource", is(PARTNER_API), "refresh_token", notNullValue(), "id_token", notNullValue());
        assertEquals(world.userName, claims(second.path("access_token")).getStringClaimValue("upn"));
        // As one integrator sends it: a scope of the second version on the path of the first.
        v1(world.domain, with(refresh(second.path("refresh_token")), "scope", GRAPH + "/.default"))
                .then()
                .statusCode(200)
                .body("resource", is(GRAPH), "expires_in", is("3600"));
        v2("organizations", with(refresh(second.path("refresh_token")), "scope", "openid"))
                .then()
                .statusCode(200);
        var life = claims(first.path("refresh_token"));
        assertEquals(
                90L * 24 * 3600,
                life.getExpirationTime().getValue() - life.getIssuedAt().getValue());
    }

    @Test
    void a_refresh_reads_the_roles_again() throws Exception {
        var first = v1(world.partner, password(world.userName));
        world.execute("update user_account set roles = ? where object_id = ?", new String[] {"SalesAgent"}, world.user);
        var claims = claims(token(v1(world.partner, refresh(first.path("refresh_token")))));
        assertEquals(List.of("SalesAgent"), claims.getStringListClaimValue("roles"));
    }

    @Test
    void a_refresh_fails_when_the_user_is_gone() {
        String refreshToken = v1(world.partner, password(world.userName)).path("refresh_token");
        world.execute("delete from user_account where object_id = ?", world.user);
        v1(world.partner, refresh(refreshToken)).then().statusCode(400).body("error", is("invalid_grant"));
    }

    @Test
    void a_refresh_token_is_not_spent_by_its_use_and_lives_90_days_from_the_last() {
        String refreshToken = v1(world.partner, password(world.userName)).path("refresh_token");
        for (var i = 0; i < 3; i++) {
            world.execute(
                    "update refresh_token set last_used = last_used - interval '89 days' where user_id = ?",
                    world.user);
            v1(world.partner, refresh(refreshToken)).then().statusCode(200);
        }
        world.execute(
                "update refresh_token set last_used = last_used - interval '91 days' where user_id = ?", world.user);
        v1(world.partner, refresh(refreshToken)).then().statusCode(400).body("error", is("invalid_grant"));
    }

    @Test
    void another_password_ends_the_refresh_tokens_of_the_former_one() {
        String refreshToken = v1(world.partner, password(world.userName)).path("refresh_token");
        world.execute(
                "update user_account set password_hash = ? where object_id = ?",
                new Secrets().hash("another"),
                world.user);
        v1(world.partner, refresh(refreshToken))
                .then()
                .statusCode(400)
                .body("error", is("invalid_grant"), "error_codes", is(List.of(50173)));
    }

    @Test
    void of_a_refresh_token_only_a_digest_is_stored() throws Exception {
        String refreshToken = v1(world.partner, password(world.userName)).path("refresh_token");
        try (var sql = Sql.on(database)) {
            var stored = String.join(
                    " ", sql.column("select refresh_token::text from refresh_token where user_id = ?", world.user));
            assertFalse(stored.contains(refreshToken) || stored.contains("$2a$"), stored);
            assertTrue(stored.contains(world.user.toString()), stored);
        }
    }

    @Test
    void a_refresh_token_serves_its_own_client_and_tenant_only() {
        String refreshToken = v1(world.partner, password(world.userName)).path("refresh_token");
        var otherClient =
                with(with(refresh(refreshToken), "client_id", world.application.toString()), "client_secret", SECRET);
        v1(world.partner, otherClient).then().statusCode(400).body("error", is("invalid_grant"));
        v1(world.customer, refresh(refreshToken)).then().statusCode(400).body("error", is("invalid_grant"));
    }

    @Test
    void what_is_no_refresh_token_is_an_invalid_grant() {
        var tokens = v1(world.partner, password(world.userName));
        String refreshToken = tokens.path("refresh_token");
        for (var wrong : List.of(
                tokens.<String>path("access_token"),
                tokens.<String>path("id_token"),
                "x",
                "a.b.c",
                refreshToken.substring(0, refreshToken.length() - 8) + "AAAAAAAA")) {
            assertNotEquals(refreshToken, wrong);
            v1(world.partner, refresh(wrong)).then().statusCode(400).body("error", is("invalid_grant"));
        }
    }

    @Test
    void tokens_are_requested_with_post_only() {
        given().get("/{tenant}/oauth2/token", world.partner)
                .then()
                .statusCode(405)
                .body("error", is("invalid_request"));
        given().put("/sandbox/oauth2/token").then().statusCode(405).body("error", is("invalid_request"));
    }

    @Test
    void no_secret_comes_back_in_a_refusal() {
        for (Map<String, String> form : List.of(
                with(clientCredentials(world), "client_secret", "hush-hush"),
                with(password(world.userName), "password", "hush-hush"),
                refresh("hush-hush"))) {
            assertFalse(v1(world.partner, form).asString().contains("hush-hush"));
        }
        assertFalse(v1(world.partner, password(world.userName)).asString().contains(PASSWORD));
    }
}
