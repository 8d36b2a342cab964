package csp.transfer;

import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import csp.platform.database.EmbeddedDatabase;
import csp.testsupport.PackagedService;
import csp.testsupport.PartnerClient;
import csp.testsupport.Simultaneously;
import csp.testsupport.Sql;
import csp.testsupport.TestDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two requests reach two copies of the packaged service, which share nothing but the database. */
class TransferRaceIT extends TransferRaces {

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Map<String, String> settings;
    private static PackagedService one;
    private static PackagedService another;

    @BeforeAll
    static void start() {
        server = TestDatabase.startWithSchema(directory.resolve("database"));
        settings = TestDatabase.settingsFor(server, Map.of("csp.scenario", "demo", "csp.sandbox", "true"));
        one = PackagedService.start(directory.resolve("one"), settings);
        another = PackagedService.start(directory.resolve("another"), settings);
    }

    @AfterAll
    static void stop() {
        for (var copy : new PackagedService[] {one, another}) {
            if (copy != null) {
                copy.close();
            }
        }
        server.close();
    }

    @Override
    String oneCopy() {
        return one.baseUrl();
    }

    @Override
    String anotherCopy() {
        return another.baseUrl();
    }

    @Override
    Sql connect() {
        try {
            return new Sql(DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_copy_killed_in_the_middle_of_an_acceptance_leaves_nothing_half_done_and_the_other_copy_accepts() {
        var doomed = PackagedService.start(directory.resolve("doomed"), settings);
        try (var obstacle = connect()) {
            var customer = customer();
            var path = open(customer, 0);
            // An acceptance takes the transfer first and then its subscriptions: here it stops in between.
            obstacle.hold()
                    .column("select id from subscription where id = ? for update", customer.subscription(line(0)));
            var target = PartnerClient.of(FABRIKAM, doomed.baseUrl());
            var accepting = Simultaneously.inBackground(() -> accept(target, path));
            database.await(
                    "the acceptance in its middle",
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and state = 'active'",
                    1);
            doomed.kill();
            assertThrows(CompletionException.class, accepting::join);
            obstacle.letGo();
            // PostgreSQL rolls back once it notices that its client is gone.
            database.await(
                    "the end of the dead copy's transaction",
                    "select count(*) from pg_stat_activity where xact_start is not null and pid <> pg_backend_pid()",
                    0);
            assertEquals(
                    "Active",
                    PartnerClient.of(FABRIKAM, oneCopy())
                            .get(path)
                            .json()
                            .path("status")
                            .asText());
            assertEquals(
                    0,
                    database.number(
                            "select count(*) from subscription where moved_from is not null and customer_id = ?",
                            customer.id));
            assertEquals(
                    2, database.number("select count(*) from transfer_claim where subscription_id = any (?)", (Object)
                            members(customer, 0)));
            assertEquals(
                    "200",
                    accept(PartnerClient.of(FABRIKAM, anotherCopy()), path).outcome());
            assertMoved(1, customer, 0);
        } finally {
            doomed.kill();
        }
    }
}
