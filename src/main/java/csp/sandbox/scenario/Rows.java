package csp.sandbox.scenario;

import csp.shared.storage.PlainSql;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rows on their way into the database: one statement per table, however many rows there are. */
final class Rows {

    /** A job may be left of what is gone, such as a transfer of a deleted customer: the new one has its id, and its time. */
    private static final Map<String, String> ON_CONFLICT = Map.of("scheduled_job", """
             on conflict on constraint scheduled_job_one_per_kind_and_id do update
            set execution_time = excluded.execution_time, picked = false, picked_by = null, version = scheduled_job.version + 1""");

    // In the order in which they go in: parents first. Within one statement the order is free: foreign keys are checked
    // at its end.
    private final Map<String, List<Map<String, Object>>> ofTables = new LinkedHashMap<>();

    Rows() {
        Stream.of(Kind.values()).forEach(kind -> ofTables.put(kind.table, new ArrayList<>()));
    }

    /** @param row names of columns and what they hold */
    void add(String table, Map<String, Object> row) {
        ofTables.computeIfAbsent(table, name -> new ArrayList<>()).add(row);
    }

    int count(Kind kind) {
        return ofTables.get(kind.table).size();
    }

    /** The rows of a table in the order in which the database is to number them. */
    void sort(Kind kind, Comparator<Map<String, Object>> order) {
        ofTables.get(kind.table).sort(order);
    }

    void insert(PlainSql sql) {
        ofTables.forEach((table, rows) -> {
            var columns = new LinkedHashSet<String>();
            rows.forEach(row -> columns.addAll(row.keySet()));
            if (!rows.isEmpty()) {
                sql.update(
                        "insert into %1$s (%2$s) select %2$s from json_populate_recordset(null::%1$s, cast(? as json))%3$s"
                                .formatted(table, String.join(", ", columns), ON_CONFLICT.getOrDefault(table, "")),
                        ScenarioJson.write(rows));
            }
        });
    }
}
