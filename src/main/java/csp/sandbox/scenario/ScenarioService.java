package csp.sandbox.scenario;

import csp.identity.Secrets;
import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;

/**
 * Worlds in and out of the database (design §3). Reads and writes all tables itself: docs/adr/0003-scenarios-write-tables.md.
 */
@ApplicationScoped
public class ScenarioService {

    private static final int LONGEST_LOAD_SECONDS = 600;
    /** Races with requests that run meanwhile: unique_violation, deadlock_detected. */
    private static final Set<String> LOST_RACES = Set.of("23505", "40P01");

    private final AgroalDataSource database;
    private final Secrets secrets;
    private final Clock clock;
    private final StartupScenario startup;

    ScenarioService(AgroalDataSource database, Secrets secrets, Clock clock, StartupScenario startup) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
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
        Shape.check(scenario);
        return transaction(connection -> {
            oneLoadAtATime(connection);
            return new Load(connection, scenario, new SecretHashes(secrets), clock.instant()).run(connection);
        });
    }

    /** The present world as one JSON document: sorted by id, the same text for the same world. */
    public String export() {
        return transaction(connection -> {
            // One snapshot for all tables: a transfer that completes meanwhile is in the export with its orders, or not
            // at all.
            execute(connection, "set transaction isolation level repeatable read, read only");
            return ScenarioJson.write(StoredWorld.all(connection));
        });
    }

    /** Empties the world and loads the start-up scenario again; tokens stay valid. Errors as {@link #load}. */
    public void reset() {
        var scenario = startup.scenario();
        transaction(connection -> {
            oneLoadAtATime(connection);
            Tables.wipe(connection);
            return new Load(connection, scenario, startup.hashes(), clock.instant()).run(connection);
        });
    }

    /** Loads the start-up scenario when there is no partner yet. Of several copies that start together one does. */
    void loadIntoEmptyDatabase() {
        transaction(connection -> {
            oneLoadAtATime(connection);
            if (isEmpty(connection)) {
                new Load(connection, startup.scenario(), startup.hashes(), clock.instant()).run(connection);
            }
            return null;
        });
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (var select = connection.createStatement();
                var partner = select.executeQuery("select 1 from partner limit 1")) {
            return !partner.next();
        }
    }

    /** Until the end of the transaction. Requests read on meanwhile. */
    private static void oneLoadAtATime(Connection connection) throws SQLException {
        execute(connection, "lock table partner in share row exclusive mode");
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
