package csp.sandbox.snapshot;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import csp.sandbox.scenario.WorldTables;
import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Copies of the rows of all tables of the world, made and put back by the database itself: each in one statement. */
@ApplicationScoped
class SnapshotTable {

    private static final String SNAPSHOT =
            "select name, created_time, clock_microseconds, migration, row_count, bytes from sandbox_snapshot";

    /**
     * What is no part of a world but of the copies of the service that work at it: nobody does after it was put back, and who does at
     * the moment cannot end it any more.
     */
    private static final Map<String, String> AT_WORK = Map.of(
            "scheduled_job.picked", "false",
            "scheduled_job.picked_by", "null",
            "scheduled_job.last_heartbeat", "null",
            "scheduled_job.version", "r.version + cast(extract(epoch from clock_timestamp()) as bigint)",
            "webhook_delivery.holder", "null",
            "webhook_delivery.leased_until", "null",
            "outgoing_mail.talk_until", "null");

    private final PlainSql sql;

    SnapshotTable(PlainSql sql) {
        this.sql = sql;
    }

    List<Snapshot> all() {
        return sql.list(SNAPSHOT + " order by created_time, name", SnapshotTable::snapshot);
    }

    Optional<Snapshot> find(String name) {
        return sql.first(SNAPSHOT + " where name = ?", SnapshotTable::snapshot, name);
    }

    /** Nobody makes or removes one until the transaction ends. */
    void lock() {
        sql.update("lock table sandbox_snapshot in share row exclusive mode");
    }

    /** The last migration of the schema. */
    String migration() {
        return sql.first(
                        "select version from flyway_schema_history where success order by installed_rank desc limit 1",
                        row -> row.getString(1))
                .orElseThrow();
    }

    /** Takes up the present world, with the document that says the same. The sizes of the snapshot are found out here. */
    Snapshot add(Snapshot snapshot, String scenario) {
        sql.update(
                "insert into sandbox_snapshot values (?, ?, ?, ?, 0, 0, ?)",
                snapshot.name(),
                snapshot.created(),
                TimeUnit.MICROSECONDS.convert(snapshot.offset()),
                snapshot.migration(),
                scenario);
        sql.update(
                "insert into sandbox_snapshot_row (name, table_name, content) select ?, world.table_name, world.content from ("
                        + WorldTables.ofTheWorld().stream()
                                .map(table -> "select '%1$s', row_to_json(t) from %1$s t".formatted(table))
                                .collect(joining(" union all "))
                        + ") world (table_name, content)",
                snapshot.name());
        sql.update("""
                update sandbox_snapshot set (row_count, bytes) = (
                    select count(*), coalesce(sum(octet_length(cast(content as text))), 0) + octet_length(scenario) from sandbox_snapshot_row r
                    where r.name = sandbox_snapshot.name)
                where name = ?""", snapshot.name());
        return find(snapshot.name()).orElseThrow();
    }

    /** Of all snapshots. */
    long bytes() {
        return sql.first("select coalesce(sum(bytes), 0) from sandbox_snapshot", row -> row.getLong(1))
                .orElseThrow();
    }

    /**
     * Nobody reads or writes the world until the transaction ends. Who holds a part of it and waits for another part would wait for
     * ever: so this one gives up soon, and lets go of everything.
     *
     * @throws IllegalStateException for lock_not_available
     */
    void lockWorld(Duration patience) {
        sql.first("select set_config('lock_timeout', ?, true)", row -> true, patience.toMillis() + "ms");
        sql.update("lock table " + String.join(", ", WorldTables.ofTheWorld()) + " in access exclusive mode");
    }

    /** In place of the present world, which is locked. */
    void putBack(String name) {
        var columns = columns();
        sql.update("truncate " + String.join(", ", WorldTables.ofTheWorld()));
        var inserts = WorldTables.ofTheWorld().stream()
                .map(table -> """
                        %1$s_back as (insert into %1$s (%2$s) overriding system value select %3$s
                            from sandbox_snapshot_row s, json_populate_record(null::%1$s, s.content) r
                            where s.name = (select name from named) and s.table_name = '%1$s')""".formatted(table, columns.get(table), values(table, columns.get(table))))
                .collect(joining(", "));
        sql.first("with named (name) as (values (cast(? as text))), " + inserts + " select 1", row -> true, name);
    }

    private static String values(String table, String columns) {
        return Arrays.stream(columns.split(", "))
                .map(column -> AT_WORK.getOrDefault(table + "." + column, "r." + column))
                .collect(joining(", "));
    }

    /** Of each table those that are not generated. */
    private Map<String, String> columns() {
        return sql
                .list("""
                        select t.name, string_agg(a.attname, ', ' order by a.attnum) from unnest(cast(? as text[])) t (name)
                        join pg_attribute a on a.attrelid = to_regclass(t.name)
                        where a.attnum > 0 and not a.attisdropped and a.attgenerated = '' group by t.name""", row -> Map.entry(row.getString(1), row.getString(2)), (Object)
                        WorldTables.ofTheWorld().toArray(String[]::new))
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Optional<String> scenario(String name) {
        return sql.first("select scenario from sandbox_snapshot where name = ?", row -> row.getString(1), name);
    }

    int remove(String name) {
        return sql.update("delete from sandbox_snapshot where name = ?", name);
    }

    private static Snapshot snapshot(ResultSet row) throws SQLException {
        return new Snapshot(
                row.getString(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                Duration.of(row.getLong(3), ChronoUnit.MICROS),
                row.getString(4),
                row.getLong(5),
                row.getLong(6));
    }
}
