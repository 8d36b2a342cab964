package csp.sandbox.scenario;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rows on their way into the database: one statement per kind, however many rows there are. */
final class Rows {

    private static final String CLAIMS = "transfer_claim";
    private static final String JOBS = "scheduled_job";

    // In the order in which they go in: parents first. Within one statement the order is free: foreign keys are checked
    // at its
    // end.
    private final Map<Kind, List<Map<String, Object>>> ofKinds = new LinkedHashMap<>();
    private final Map<String, List<Map<String, Object>>> others = new LinkedHashMap<>();

    Rows() {
        for (var kind : Kind.values()) {
            ofKinds.put(kind, new ArrayList<>());
        }
        others.put(CLAIMS, new ArrayList<>());
        others.put(JOBS, new ArrayList<>());
    }

    /**
     * @param owner the id of the parent; null without one
     * @param more columns that no document has
     */
    void add(Kind kind, Entry entry, UUID owner, Map<String, Object> more) {
        var row = kind.row(entry, owner);
        row.putAll(more);
        ofKinds.get(kind).add(row);
    }

    /** Holds the subscription until the transfer, which is active, closes. */
    void addClaim(UUID subscription, UUID transfer) {
        others.get(CLAIMS).add(Map.of("subscription_id", subscription, "transfer_id", transfer));
    }

    /** What the feature itself would have scheduled when it got so far. */
    void addJob(String jobKind, UUID id, Instant due) {
        others.get(JOBS)
                .add(Map.of(
                        "task_name",
                        jobKind,
                        "task_instance",
                        id,
                        "execution_time",
                        due,
                        "picked",
                        false,
                        "version",
                        1));
    }

    int count(Kind kind) {
        return ofKinds.get(kind).size();
    }

    void insert(Connection connection) throws SQLException {
        for (var kind : ofKinds.entrySet()) {
            insert(connection, kind.getKey().table, kind.getValue());
        }
        for (var table : others.entrySet()) {
            insert(connection, table.getKey(), table.getValue());
        }
    }

    private static void insert(Connection connection, String table, List<Map<String, Object>> rows)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var sql = "insert into %1$s (%2$s) select %2$s from json_populate_recordset(null::%1$s, cast(? as json))"
                .formatted(table, String.join(", ", rows.get(0).keySet()));
        try (var insert = connection.prepareStatement(sql)) {
            insert.setString(1, ScenarioJson.write(rows));
            insert.executeUpdate();
        }
    }
}
