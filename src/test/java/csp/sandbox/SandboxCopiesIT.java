package csp.sandbox;

import static csp.testsupport.DemoPartner.CONTOSO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.platform.database.EmbeddedDatabase;
import csp.testsupport.PackagedService;
import csp.testsupport.PartnerClient;
import csp.testsupport.PartnerClient.Answer;
import csp.testsupport.Simultaneously;
import csp.testsupport.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of the packaged service that share nothing but the database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SandboxCopiesIT {

    private static final String TRANSFERS = "/v1/customers/c0000000-0000-4000-8000-000000000001/transfers";

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Map<String, String> settings;
    private static PackagedService one;
    private static PackagedService another;

    @BeforeAll
    static void start() {
        server = TestDatabase.startWithSchema(directory.resolve("database"));
        settings = TestDatabase.settingsFor(server, Map.of("csp.sandbox", "true", "csp.scenario", "demo"));
        one = PackagedService.start(directory.resolve("one"), settings);
        another = PackagedService.start(directory.resolve("another"), settings);
    }

    @AfterAll
    static void stop() {
        another.close();
        one.close();
        server.close();
    }

    @Test
    void every_copy_follows_a_move_at_once_and_one_that_starts_later_too() {
        assertTrue(operator(one)
                .post("/sandbox/snapshots", Map.of("name", "today"))
                .succeeded());
        assertTrue(operator(one)
                .send("PUT", "/sandbox/clock", UUID.randomUUID(), Map.of("now", "2040-01-01T00:00:00Z"))
                .succeeded());
        assertEquals("2040", year(another));
        assertTrue(operator(another)
                .post("/sandbox/snapshots", Map.of("name", "future"))
                .succeeded());
        try (var late = PackagedService.start(directory.resolve("late"), settings)) {
            assertEquals("2040", year(late));
            // What was named before it started is there, too.
            assertEquals(
                    204,
                    operator(late)
                            .post("/sandbox/snapshots/today/restore", null)
                            .status());
            assertTrue(!year(another).equals("2040"));
            assertEquals(
                    204,
                    operator(one)
                            .post("/sandbox/snapshots/future/restore", null)
                            .status());
            assertEquals("2040", year(late));
        }
        assertTrue(operator(another).delete("/sandbox/clock").succeeded());
        assertTrue(!year(one).equals("2040"));
    }

    private static String year(PackagedService copy) {
        return operator(copy).get("/sandbox/clock").json().path("now").asText().substring(0, 4);
    }

    @Test
    void every_copy_obeys_a_fault_at_once_and_all_together_as_often_as_it_says() {
        fault(1);
        assertEquals(500, list(another).status());
        assertEquals(200, list(one).status());
        fault(6);
        var statuses = new ArrayList<Integer>();
        for (var n = 0; n < 10; n++) {
            Simultaneously.run(() -> list(one), () -> list(another)).forEach(answer -> statuses.add(answer.status()));
        }
        assertEquals(6, Collections.frequency(statuses, 500), statuses::toString);
        assertEquals(14, Collections.frequency(statuses, 200), statuses::toString);
        fault(1);
        assertTrue(operator(another).delete("/sandbox/faults").succeeded());
        assertEquals(200, list(one).status());
    }

    @Test
    void a_world_comes_back_on_every_copy_while_others_read() {
        var subscription = "50000000-0000-4000-8000-000000000001";
        var contoso = PartnerClient.of(CONTOSO, one.baseUrl());
        assertTrue(operator(one)
                .post("/sandbox/snapshots", Map.of("name", "clean"))
                .succeeded());
        var empty = list(one).body();
        var isOver = new AtomicBoolean();
        var readers = List.of(one, another).stream()
                .map(copy -> Simultaneously.inBackground(() -> {
                    var seen = new ArrayList<Integer>();
                    while (!isOver.get()) {
                        seen.add(list(copy).status());
                    }
                    return seen;
                }))
                .toList();
        for (var n = 0; n < 5; n++) {
            assertTrue(contoso.post(
                            TRANSFERS,
                            Map.of(
                                    "sourcePartnerTenantId",
                                    CONTOSO.tenantId,
                                    "targetPartnerTenantId",
                                    "a0000000-0000-4000-8000-000000000002",
                                    "lineItems",
                                    List.of(Map.of("subscriptionId", subscription))))
                    .succeeded());
            assertTrue(list(another).body().length() > empty.length());
            assertEquals(
                    204,
                    operator(n % 2 == 0 ? one : another)
                            .post("/sandbox/snapshots/clean/restore", null)
                            .status());
            assertEquals(empty, list(another).body());
            assertEquals(empty, list(one).body());
        }
        isOver.set(true);
        readers.forEach(reader ->
                assertEquals(List.of(200), reader.join().stream().distinct().toList()));
        assertTrue(operator(one).delete("/sandbox/snapshots/clean").succeeded());
    }

    private static void fault(int times) {
        var set = operator(one)
                .post(
                        "/sandbox/faults",
                        Map.of(
                                "operation",
                                "listTransfers",
                                "times",
                                times,
                                "effect",
                                Map.of("type", "error", "status", 500, "code", 900103)));
        assertEquals(201, set.status(), set::body);
    }

    private static Answer list(PackagedService copy) {
        return PartnerClient.of(CONTOSO, copy.baseUrl()).get(TRANSFERS);
    }

    private static PartnerClient operator(PackagedService copy) {
        return PartnerClient.operator(copy.baseUrl());
    }
}
