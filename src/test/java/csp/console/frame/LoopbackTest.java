package csp.console.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the console asks the service itself. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoopbackTest {

    private static final int REQUESTS = 500;

    @Inject
    Loopback loopback;

    @Test
    void an_answer_is_whole_however_late_the_asking_thread_gets_to_run() throws Exception {
        var self = SocketAddress.inetSocketAddress(RestAssured.port, "127.0.0.1");
        var whole = new AtomicInteger();
        var threads =
                Executors.newFixedThreadPool(32); // more than there are processors, so that they wait for each other
        for (var i = 0; i < REQUESTS; i++) {
            threads.execute(() -> {
                var answer = loopback.exchange(self, false, "GET", "/q/health/live", Map.of(), null, null);
                if (answer.json().path("status").asText().equals("UP")) {
                    whole.incrementAndGet();
                }
            });
        }
        threads.shutdown();
        threads.awaitTermination(60, TimeUnit.SECONDS);
        assertEquals(REQUESTS, whole.get());
    }
}
