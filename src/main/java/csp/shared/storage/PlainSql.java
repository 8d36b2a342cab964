package csp.shared.storage;

import static java.util.stream.Collectors.joining;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Plain SQL beside the entities: one statement and one round trip a call, in the transaction under way or, without one,
 * committed by itself. For tables without an entity and for what must not wait for a session.
 * <p>
 * Parameters are what JDBC takes, arrays and nulls too, and {@link Instant}. Where the type of an array does not follow from
 * the statement it needs a cast. A failure is an {@link IllegalStateException} whose cause is the {@link SQLException}.
 */
@ApplicationScoped
public class PlainSql {

    private final AgroalDataSource database;

    PlainSql(AgroalDataSource database) {
        this.database = database;
    }

    /** What one row means. Called with the cursor on the row. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** All rows that the query finds, in its order. */
    public <T> List<T> list(String query, Row<T> row, Object... parameters) {
        return run(query, parameters, statement -> {
            try (var rows = statement.executeQuery()) {
                var read = new ArrayList<T>();
                while (rows.next()) {
                    read.add(row.read(rows));
                }
                return read;
            }
        });
    }

    /** The first row that the query finds. */
    public <T> Optional<T> first(String query, Row<T> row, Object... parameters) {
        return run(query, parameters, statement -> {
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
            }
        });
    }

    /** How many rows a statement changed that returns none. */
    public int update(String statement, Object... parameters) {
        return run(statement, parameters, PreparedStatement::executeUpdate);
    }

    /**
     * Several statements, one after the other, in one round trip: what each changed the next one sees. When one fails, those after
     * it are not begun. Many writes of one request cost less so than one by one, for it is the way to the database and back that is
     * dear (docs/adr/0020-writes-in-few-round-trips.md).
     */
    public void together(SqlStatement<?>... statements) {
        var sql = Stream.of(statements).map(statement -> statement.text).collect(joining(";\n"));
        var parameters = Stream.of(statements)
                .flatMap(statement -> Stream.of(statement.parameters))
                .toArray();
        run(sql, parameters, prepared -> {
            prepared.execute();
            for (var statement : statements) {
                statement.read(prepared);
                prepared.getMoreResults();
            }
            return null;
        });
    }

    private <T> T run(String sql, Object[] parameters, Execution<T> execution) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(
                        i + 1, parameters[i] instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : parameters[i]);
            }
            return execution.of(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("A statement failed: " + sql, e);
        }
    }

    private interface Execution<T> {
        T of(PreparedStatement statement) throws SQLException;
    }
}
