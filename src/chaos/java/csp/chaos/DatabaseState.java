package csp.chaos;

import csp.testsupport.Sql;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is stored, table by table, so that one can tell which has changed. */
final class DatabaseState {

    /** Change by themselves, or are there to count what is refused. */
    private static final Set<String> APART = Set.of(
            "flyway_schema_history",
            "journal_entry",
            "journal_start",
            "refresh_token",
            "request_window",
            "sandbox_copy",
            "scheduled_job",
            "sign_in_failure",
            "webhook_attempt",
            "webhook_certificate",
            "webhook_key");

    /** What is sent goes on by itself; what is to be sent does not. */
    private static final Map<String, String> COLUMNS =
            Map.of("outgoing_mail", "id, recipient, subject, text_body", "webhook_delivery", "id, partner_id, body");

    private static final String JOBS = """
            select count(*) from scheduled_job where picked or execution_time <= now()
                + coalesce((select microseconds from clock_offset), 0) * interval '1 microsecond'""";

    private static final Duration TO_SETTLE = Duration.ofSeconds(20);

    private final Sql database;
    private final String query;

    DatabaseState(Sql database) {
        this.database = database;
        query = database.column("select tablename from pg_tables where schemaname = 'public' order by 1").stream()
                .filter(table -> !APART.contains(table))
                .map(table -> """
                        select '%1$s ' || md5(coalesce(string_agg(md5(row::text), '' order by md5(row::text)), ''))
                        from (select %2$s from "%1$s") row""".formatted(table, COLUMNS.getOrDefault(table, "*")))
                .collect(Collectors.joining(" union all "));
    }

    Map<String, String> read() {
        return database.column(query).stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(part -> part[0], part -> part[1], (a, b) -> a, TreeMap::new));
    }

    /** Waits until nothing is under way that follows from what was done. */
    void settle() throws InterruptedException {
        var deadline = System.nanoTime() + TO_SETTLE.toNanos();
        while (database.number(JOBS) > 0 && System.nanoTime() < deadline) {
            Crowd.rest(10);
        }
    }

    /** The tables that are not the same. */
    static Set<String> difference(Map<String, String> before, Map<String, String> after) {
        var changed = new TreeSet<String>();
        before.forEach((table, digest) -> {
            if (!digest.equals(after.get(table))) {
                changed.add(table);
            }
        });
        return changed;
    }
}
