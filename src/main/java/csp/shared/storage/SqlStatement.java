package csp.shared.storage;

import csp.shared.storage.PlainSql.Row;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * One of the statements that {@link PlainSql#together} sends at once: its parameters are as there, and its outcome is known after it.
 *
 * @param <T> what comes of it
 */
public final class SqlStatement<T> {

    final String text;
    final Object[] parameters;
    private final Reading<T> reading;
    private T outcome;

    private SqlStatement(String text, Object[] parameters, Reading<T> reading) {
        this.text = text;
        this.parameters = parameters;
        this.reading = reading;
    }

    /** Changes rows; its outcome is how many. */
    public static SqlStatement<Integer> update(String text, Object... parameters) {
        return new SqlStatement<>(text, parameters, PreparedStatement::getUpdateCount);
    }

    /** Returns rows; its outcome are all of them, in their order. */
    public static <R> SqlStatement<List<R>> query(String text, Row<R> row, Object... parameters) {
        return new SqlStatement<>(text, parameters, statement -> {
            try (var rows = statement.getResultSet()) {
                var read = new ArrayList<R>();
                while (rows.next()) {
                    read.add(row.read(rows));
                }
                return read;
            }
        });
    }

    /**
     * One column of many rows, as a parameter: texts, whatever their type, which the statement casts to arrays of it.
     *
     * @param value null for none
     */
    public static <R> String[] column(List<R> rows, Function<R, ?> value) {
        return rows.stream()
                .map(value)
                .map(one -> one == null ? null : one.toString())
                .toArray(String[]::new);
    }

    /** What {@link #column} makes of the ids themselves. */
    public static String[] column(List<?> values) {
        return column(values, one -> one);
    }

    void read(PreparedStatement statement) throws SQLException {
        outcome = reading.of(statement);
    }

    /** What came of it. */
    public T outcome() {
        if (outcome == null) {
            throw new IllegalStateException("Not sent yet: " + text + " " + Arrays.toString(parameters));
        }
        return outcome;
    }

    private interface Reading<T> {
        T of(PreparedStatement statement) throws SQLException;
    }
}
