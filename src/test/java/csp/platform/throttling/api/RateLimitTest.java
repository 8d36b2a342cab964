package csp.platform.throttling.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.platform.throttling.RateLimit;
import csp.platform.throttling.RateLimitException;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestPartner;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A storefront that calls too often (errors-and-headers.md §5; storefront.md ST6). */
@QuarkusTest
@TestProfile(RateLimitTest.ThreeRequestsPerMinute.class)
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RateLimitTest {

    private static final String CUSTOMERS = "/v1/customers";
    private static final int MOST = 3;

    public static class ThreeRequestsPerMinute implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("csp.throttling.requests-per-minute", Integer.toString(MOST));
        }
    }

    @Inject
    AgroalDataSource database;

    @Inject
    RateLimit limit;

    private TestPartner partner;

    @BeforeEach
    void load() {
        partner = new TestPartner().load();
    }

    @AfterEach
    void releaseTheClock() {
        Sandbox.releaseClock();
    }

    @Test
    void ST6_one_request_too_many_is_refused_429_with_the_whole_seconds_to_wait() {
        useUp(partner);
        var requestId = UUID.randomUUID().toString();
        var refused = partner.calls()
                .header("MS-RequestId", requestId)
                .get(CUSTOMERS)
                .then()
                .statusCode(429)
                .header("MS-RequestId", is(requestId))
                .body("statusCode", is(429), "code", nullValue())
                .extract();
        var seconds = Integer.parseInt(refused.header("Retry-After"));
        assertTrue(seconds >= 1 && seconds <= 60, refused.header("Retry-After"));
        assertEquals("Rate limit is exceeded. Try again in %d seconds.".formatted(seconds), refused.path("message"));
    }

    @Test
    void a_refusal_is_an_answer_and_carries_no_stack_trace() {
        for (var n = 0; n < MOST; n++) {
            limit.count(partner.tenantId);
        }
        var refusal = assertThrows(RateLimitException.class, () -> limit.count(partner.tenantId));
        assertEquals(0, refusal.getStackTrace().length);
    }

    @Test
    void what_is_refused_counts_too_and_the_next_minute_begins_anew() {
        useUp(partner);
        partner.calls().get(CUSTOMERS).then().statusCode(429);
        try (var sql = Sql.on(database)) {
            assertEquals(
                    MOST + 1, sql.number("select requests from request_window where partner_id = ?", partner.tenantId));
        }
        Sandbox.advanceClock("PT1M");
        partner.calls().get(CUSTOMERS).then().statusCode(200);
    }

    @Test
    void one_partner_does_not_use_up_what_another_has() {
        useUp(partner);
        new TestPartner().load().calls().get(CUSTOMERS).then().statusCode(200);
    }

    @Test
    void of_many_requests_at_the_same_time_no_more_than_the_limit_pass() {
        Supplier<Integer> call =
                () -> given().auth().oauth2(partner.appToken()).get(CUSTOMERS).statusCode();
        @SuppressWarnings("unchecked")
        Supplier<Integer>[] calls = IntStream.range(0, 8).mapToObj(n -> call).toArray(Supplier[]::new);
        assertEquals(
                MOST,
                Simultaneously.run(calls).stream()
                        .filter(status -> status == 200)
                        .count());
    }

    @Test
    void the_portal_has_no_limit() {
        for (var n = 0; n <= MOST; n++) {
            partner.calls().get("/portal/v1/providers").then().statusCode(200);
        }
    }

    private static void useUp(TestPartner partner) {
        for (var n = 0; n < MOST; n++) {
            partner.calls().get(CUSTOMERS).then().statusCode(200);
        }
    }
}
