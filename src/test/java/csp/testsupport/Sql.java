package csp.testsupport;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assertions;

/** One connection of a test's own to the database of the service, to look behind the API or to get in its way. */
public final class Sql implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Connection connection;

    /** Takes the connection over. */
    public Sql(Connection connection) {
        this.connection = connection;
    }

    /** A connection of its own to {@code database}. */
    public static Sql on(DataSource database) {
        try {
            return new Sql(database.getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public int update(String statement, Object... arguments) {
        try (var prepared = prepare(statement, arguments)) {
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** The only number that the query finds. */
    public long number(String query, Object... arguments) {
        return Long.parseLong(column(query, arguments).get(0));
    }

    /** The first column of every row, as text. */
    public List<String> column(String query, Object... arguments) {
        try (var prepared = prepare(query, arguments);
                var rows = prepared.executeQuery()) {
            var column = new ArrayList<String>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** Keeps what the following statements lock until {@link #letGo}. */
    public Sql hold() {
        try {
            connection.setAutoCommit(false);
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives back every lock and undoes every change since {@link #hold}. */
    public void letGo() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives back every lock and keeps every change since {@link #hold}. */
    public void commit() {
        try {
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until {@code count} requests wait for a lock that this connection holds, or for one another. */
    public void awaitWaiting(int count) {
        await(
                count + " requests waiting for a lock",
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and state = 'active'",
                count);
    }

    /** Asks again and again until the query finds {@code expected}; fails after 20 seconds. */
    public void await(String what, String query, long expected, Object... arguments) {
        var deadline = System.nanoTime() + DEADLINE.toNanos();
        while (number(query, arguments) != expected) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("Not in time: " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5); // between two polls
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedStatement prepare(String statement, Object... arguments) throws SQLException {
        var prepared = connection.prepareStatement(statement);
        for (var i = 0; i < arguments.length; i++) {
            prepared.setObject(i + 1, arguments[i]);
        }
        return prepared;
    }
}
