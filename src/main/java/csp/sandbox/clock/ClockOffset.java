package csp.sandbox.clock;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
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

    Duration read() {
        return with(connection -> micros(connection, "select microseconds from clock_offset"));
    }

    /** In the caller's transaction; nobody else changes it until that ends. */
    Duration lock() {
        return with(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("insert into clock_offset (microseconds) values (0) on conflict do nothing");
            }
            return micros(connection, "select microseconds from clock_offset for update");
        });
    }

    /** In the caller's transaction; told to all copies when it commits. */
    void write(Duration offset) {
        with(connection -> {
            try (var update = connection.prepareStatement("update clock_offset set microseconds = ?")) {
                update.setLong(1, TimeUnit.MICROSECONDS.convert(offset));
                update.executeUpdate();
            }
            try (var notify = connection.createStatement()) {
                notify.execute("notify " + CHANNEL);
            }
            return null;
        });
    }

    private static Duration micros(Connection connection, String query) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery(query)) {
            return row.next() ? Duration.of(row.getLong(1), ChronoUnit.MICROS) : Duration.ZERO;
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
