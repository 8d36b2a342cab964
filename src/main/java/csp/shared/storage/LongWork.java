package csp.shared.storage;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Work whose statements may take longer than those of a request, for which the settings of the connections have limits
 * (docs/adr/0012-a-database-in-trouble.md).
 */
@ApplicationScoped
public class LongWork {

    private final AgroalDataSource database;

    LongWork(AgroalDataSource database) {
        this.database = database;
    }

    /**
     * Does {@code work} with a connection that waits for {@code longest} in each statement.
     *
     * @param work in the transaction under way, without which this changes nothing
     */
    public <T> T allow(Duration longest, Callable<T> work) throws Exception {
        try (var connection = database.getConnection()) {
            var usual = Patience.of(connection);
            new Patience(longest).apply(connection);
            try {
                return work.call();
            } finally {
                usual.applyIfAlive(connection);
            }
        }
    }

    /** How long a connection waits for an answer; the limits of the server are those of the transaction alone. */
    public record Patience(Duration longest) {

        /** @return what to {@link #applyIfAlive} afterwards */
        public static Patience of(Connection connection) throws SQLException {
            return new Patience(Duration.ofMillis(connection.getNetworkTimeout()));
        }

        /** In the transaction under way: for its statements, and for what it waits for others. */
        public void apply(Connection connection) throws SQLException {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(longest.toMillis()));
            try (var statement = connection.createStatement()) {
                var milliseconds = longest.toMillis();
                // No query: a transaction may still choose its isolation after it.
                statement.execute("set local statement_timeout = %d; set local lock_timeout = %d"
                        .formatted(milliseconds, milliseconds));
            }
        }

        /** Of the connection alone: what was told to the server ended with its transaction. */
        public void applyIfAlive(Connection connection) {
            try {
                connection.setNetworkTimeout(Runnable::run, Math.toIntExact(longest.toMillis()));
            } catch (SQLException broken) {
                // The pool drops it, and with it the wrong limit.
            }
        }
    }
}
