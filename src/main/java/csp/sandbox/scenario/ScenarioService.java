package csp.sandbox.scenario;

import csp.identity.Secrets;
import csp.sandbox.clock.SandboxClock;
import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Worlds in and out of the database (design §3). Reads and writes all tables itself: docs/adr/0003-scenarios-write-tables.md.
 */
@ApplicationScoped
public class ScenarioService {

    private static final int LONGEST_LOAD_SECONDS = 600;
    /** Races with requests that run meanwhile: unique_violation, deadlock_detected. */
    private static final Set<String> LOST_RACES = Set.of("23505", "40P01");

    /** The years of the calendar begin and end there, whatever the time zone of the session. */
    private static final String TIMES_IN_UTC = "set local time zone 'UTC'";

    private final AgroalDataSource database;
    private final Secrets secrets;
    private final Clock clock;
    private final SandboxClock sandboxClock;
    private final StartupScenario startup;

    ScenarioService(
            AgroalDataSource database,
            Secrets secrets,
            Clock clock,
            SandboxClock sandboxClock,
            StartupScenario startup) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
        this.sandboxClock = sandboxClock;
        this.startup = startup;
    }

    /**
     * Loads a document on top of what is there, all of it or nothing.
     *
     * @param document JSON
     * @return what was new
     * @throws DomainException 400 code 800002 for a document that cannot be, 409 code 800002 for one that differs from what is
     *         stored, 409 code 900104 when a request that ran meanwhile was faster
     */
    public Counts load(byte[] document) {
        var scenario = ScenarioJson.read(document);
        var hashes = new SecretHashes(secrets);
        hashes.prepare(scenario, storedHashes(scenario));
        return transaction(connection -> {
            oneLoadAtATime(connection);
            return new Load(connection, scenario, hashes, clock.instant()).run(connection);
        });
    }

    /** The present world as one JSON document: sorted by id, the same text for the same world. */
    public String export() {
        return transaction(connection -> {
            // One snapshot for all tables: a transfer that completes meanwhile is in the export with its orders, or not
            // at all.
            execute(connection, "set transaction isolation level repeatable read, read only");
            execute(connection, TIMES_IN_UTC);
            return ScenarioJson.write(StoredWorld.all(connection));
        });
    }

    /**
     * Empties the world, loads the start-up scenario again and sets the clock back to that of the machine, all of it or nothing;
     * tokens stay valid. Errors as {@link #load}.
     */
    public void reset() {
        var scenario = startup.scenario();
        startup.hashes().prepare(scenario, Map.of());
        transaction(connection -> {
            oneLoadAtATime(connection);
            var now = sandboxClock.releaseWithCaller();
            WorldTables.empty(connection);
            return new Load(connection, scenario, startup.hashes(), now).run(connection);
        });
    }

    /** Loads the start-up scenario when there is no partner yet. Of several copies that start together one does. */
    void loadIntoEmptyDatabase() {
        if (!transaction(ScenarioService::isEmpty)) {
            return;
        }
        var scenario = startup.scenario();
        startup.hashes().prepare(scenario, Map.of());
        transaction(connection -> {
            oneLoadAtATime(connection);
            return isEmpty(connection)
                    ? new Load(connection, scenario, startup.hashes(), clock.instant()).run(connection)
                    : null;
        });
    }

    /** Read before the load waits for its turn: what changes meanwhile is compared again then. */
    private Map<UUID, String> storedHashes(Entry scenario) {
        var holders = SecretHashes.holders(scenario)
                .filter(holder -> SecretHashes.plainOf(holder) != null)
                .map(SecretHashes::idOf)
                .toArray(UUID[]::new);
        return holders.length == 0 ? Map.of() : transaction(connection -> StoredIds.secretHashes(connection, holders));
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (var select = connection.createStatement();
                var partner = select.executeQuery("select 1 from partner limit 1")) {
            return !partner.next();
        }
    }

    /** Until the end of the transaction. Requests read on meanwhile. */
    private static void oneLoadAtATime(Connection connection) throws SQLException {
        execute(connection, TIMES_IN_UTC + "; lock table partner in share row exclusive mode");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private <T> T transaction(Work<T> work) {
        return QuarkusTransaction.requiringNew().timeout(LONGEST_LOAD_SECONDS).call(() -> {
            try (var connection = database.getConnection()) {
                return work.with(connection);
            } catch (SQLException e) {
                throw LOST_RACES.contains(e.getSQLState())
                        ? new DomainException(ErrorCode.RESOURCE_BUSY)
                        : new IllegalStateException("A scenario statement failed", e);
            }
        });
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }
}
