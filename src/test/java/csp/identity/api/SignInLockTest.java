package csp.identity.api;

import static csp.identity.api.SignInWorld.PASSWORD;
import static csp.identity.api.TokenCalls.clientCredentials;
import static csp.identity.api.TokenCalls.password;
import static csp.identity.api.TokenCalls.refresh;
import static csp.identity.api.TokenCalls.v1;
import static csp.identity.api.TokenCalls.with;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class SignInLockTest {

    @Inject
    SignInWorld world;

    private Response guess(String name) {
        return v1("organizations", with(password(name), "password", "wrong"));
    }

    private void fail(String name, int times) {
        for (var i = 0; i < times; i++) {
            guess(name).then().statusCode(400).body("error", is("invalid_grant"), "error_codes", is(List.of(50126)));
        }
    }

    private static void assertLocked(Response response) {
        response.then()
                .statusCode(400)
                .body(
                        "error",
                        is("invalid_grant"),
                        "error_codes",
                        is(List.of(50053)),
                        "error_description",
                        containsString("AADSTS50053"));
    }

    @Test
    void after_ten_wrong_passwords_the_right_one_is_refused_for_a_while_AADSTS50053() {
        String session = v1(world.partner, password(world.userName)).path("refresh_token");
        fail(world.userName, 10);
        assertLocked(v1(world.partner, password(world.userName)));
        assertLocked(guess(world.userName.toUpperCase()));
        // Nobody else is.
        v1(world.customer, password(world.customerUserName)).then().statusCode(200);
        // Whoever is signed in already stays so: a stranger who guesses throws nobody out.
        v1(world.partner, refresh(session)).then().statusCode(200);
        world.execute("update sign_in_failure set locked_until = now() where account = ?", world.user.toString());
        v1(world.partner, password(world.userName)).then().statusCode(200);
        fail(world.userName, 9);
        v1(world.partner, password(world.userName)).then().statusCode(200);
    }

    @Test
    void a_name_that_nobody_has_is_locked_like_one_that_somebody_has() {
        var nobody = "nobody@" + UUID.randomUUID() + ".example";
        fail(nobody, 10);
        assertLocked(guess(nobody));
    }

    @Test
    void a_good_sign_in_and_a_long_silence_begin_the_count_anew() {
        fail(world.userName, 9);
        v1(world.partner, password(world.userName)).then().statusCode(200);
        fail(world.userName, 9);
        world.execute(
                "update sign_in_failure set last_failed = now() - interval '16 minutes' where account = ?",
                world.user.toString());
        fail(world.userName, 9);
        v1(world.partner, password(world.userName)).then().statusCode(200);
    }

    @Test
    void the_right_password_in_the_wrong_tenant_counts_as_wrong() {
        for (var i = 0; i < 10; i++) {
            v1(world.customer, password(world.userName)).then().body("error_codes", is(List.of(50126)));
        }
        assertLocked(v1(world.partner, password(world.userName)));
    }

    @Test
    void guesses_at_the_same_moment_are_told_of_ten_at_most() {
        var answers = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> guess(world.userName).jsonPath().getInt("error_codes[0]")))
                .toList();
        var told = answers.stream().filter(answer -> answer.join() == 50126).count();
        assertEquals(10, told);
        assertTrue(answers.stream().allMatch(answer -> List.of(50126, 50053).contains(answer.join())));
    }

    @Test
    void an_application_is_not_locked_by_whoever_knows_its_id() {
        for (var i = 0; i < 12; i++) {
            v1(world.partner, with(clientCredentials(world), "client_secret", "wrong" + PASSWORD))
                    .then()
                    .statusCode(401);
        }
        v1(world.partner, clientCredentials(world)).then().statusCode(200);
    }
}
