package csp.sandbox.scenario;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows on their way into the database: one statement per table, however many rows there are. */
final class Tables {

    // Parents first. Within one statement the order of the rows is free: foreign keys are checked at its end.
    private static final List<String> ORDER = List.of(
            "partner",
            "partnership",
            "customer",
            "user_account",
            "application",
            "customer_relationship",
            "customer_agreement",
            "subscription",
            "transfer",
            "transfer_claim",
            "customer_order",
            "offer",
            "enrolment",
            "incentive",
            "partnership_invitation",
            "customer_invitation",
            "extension_consent",
            "scheduled_job");
    /** What a wipe leaves: tokens stay valid over a reset (design §2), and Flyway knows what it did. */
    private static final Set<String> KEPT = Set.of("signing_key", "flyway_schema_history");

    private final Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();

    /** @param columns name and value in turn; every row of a table names the same columns */
    void add(String table, Object... columns) {
        var row = new LinkedHashMap<String, Object>();
        for (var i = 0; i < columns.length; i += 2) {
            row.put((String) columns[i], columns[i + 1] instanceof Named named ? named.name() : columns[i + 1]);
        }
        rows.computeIfAbsent(table, t -> new ArrayList<>()).add(row);
    }

    int count(String table) {
        return rows.getOrDefault(table, List.of()).size();
    }

    void insert(Connection connection) throws SQLException {
        for (var table : ORDER) {
            if (count(table) > 0) {
                var columns = String.join(", ", rows.get(table).get(0).keySet());
                var sql =
                        "insert into %1$s (%2$s) select %2$s from json_populate_recordset(null::%1$s, cast(? as json))"
                                .formatted(table, columns);
                try (var insert = connection.prepareStatement(sql)) {
                    insert.setString(1, ScenarioJson.write(rows.get(table)));
                    insert.executeUpdate();
                }
            }
        }
    }

    /** Empties every table but the signing key's, those of later migrations too. */
    static void wipe(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement()) {
            try (var names =
                    statement.executeQuery("select tablename from pg_tables where schemaname = current_schema()")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            tables.removeAll(KEPT);
            statement.execute("truncate "
                    + tables.stream().sorted().map("\"%s\""::formatted).collect(joining(", ")));
        }
    }
}
