package csp.sandbox.clock;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** The offset of the service's clock from that of its machines, as the database keeps it for all copies. */
@ApplicationScoped
class ClockOffset {

    /** Whoever listens here learns of every change. */
    static final String CHANNEL = "csp_clock";

    private final AgroalDataSource database;

    ClockOffset(AgroalDataSource database) {
        this.database = database;
    }

    /**
     * What the database says at a moment.
     *
     * @param offset of what the machine's clock says
     * @param revision counts the changes, so that two copies of it can be told apart by their age
     */
    record Setting(Duration offset, long revision) {}

    Setting read() {
        return with(connection -> setting(connection, "select microseconds, revision from clock_offset"));
    }

    /** Nobody else changes it until the caller's transaction ends. */
    @Transactional(MANDATORY)
    Setting lock() {
        return with(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("insert into clock_offset (microseconds) values (0) on conflict do nothing");
            }
            return setting(connection, "select microseconds, revision from clock_offset for update");
        });
    }

    /** Told to all copies when the caller's transaction commits. */
    @Transactional(MANDATORY)
    Setting write(Duration offset) {
        return with(connection -> {
            var micros = TimeUnit.MICROSECONDS.convert(offset);
            var written = setting(
                    connection,
                    "update clock_offset set microseconds = %d, revision = revision + 1 returning microseconds, revision"
                            .formatted(micros));
            try (var notify = connection.createStatement()) {
                notify.execute("notify " + CHANNEL);
            }
            return written;
        });
    }

    private static Setting setting(Connection connection, String query) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery(query)) {
            return row.next()
                    ? new Setting(Duration.of(row.getLong(1), ChronoUnit.MICROS), row.getLong(2))
                    : new Setting(Duration.ZERO, 0);
        }
    }

    private <T> T with(Statements<T> statements) {
        try (var connection = database.getConnection()) {
            return statements.run(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The clock's offset could not be read or written", e);
        }
    }

    private interface Statements<T> {
        T run(Connection connection) throws SQLException;
    }
}
