package csp.sandbox.journal;

import static csp.shared.error.ErrorCode.JOURNAL_ENTRY_NOT_FOUND;

import csp.shared.error.DomainException;
import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The journal in the database, where all copies write theirs. */
@ApplicationScoped
public class JournalStore {

    /** The most entries of one answer. */
    public static final int LONGEST_PAGE = 500;

    private static final String BETWEEN = "\t";

    private static final List<Column> COLUMNS = List.of(
            new Column("received", "timestamptz", entry -> entry.received().toString()),
            new Column("at", "timestamptz", entry -> entry.at().toString()),
            new Column("partner_id", "uuid", JournalEntry::partner),
            new Column("caller_id", "uuid", JournalEntry::caller),
            new Column("method", "text", JournalEntry::method),
            new Column("path", "text", JournalEntry::path),
            new Column("operation", "text", JournalEntry::operation),
            new Column("status", "integer", JournalEntry::status),
            new Column("code", "integer", JournalEntry::code),
            new Column("rule", "text", JournalEntry::rule),
            new Column("request_id", "text", JournalEntry::requestId),
            new Column("correlation_id", "text", JournalEntry::correlationId),
            new Column("milliseconds", "integer", JournalEntry::milliseconds),
            new Column("retry_after", "integer", JournalEntry::retryAfter),
            new Column("fault", "text", JournalEntry::fault),
            new Column("deviations", "text", JournalStore::written),
            new Column("request_headers", "text", entry -> entry.request().headers()),
            new Column("request_body", "text", entry -> entry.request().body()),
            new Column("request_bytes", "integer", entry -> entry.request().bytes()),
            new Column("response_headers", "text", entry -> entry.response().headers()),
            new Column("response_body", "text", entry -> entry.response().body()),
            new Column("response_bytes", "integer", entry -> entry.response().bytes()),
            new Column("size", "integer", JournalEntry::size));

    /** What was received before a reset has no place after it, whichever copy writes it. */
    private static final String WRITE =
            "insert into journal_entry (%s) select * from unnest(%s) as entry(%s)".formatted(names(), casts(), names())
                    + " where received > coalesce((select received from journal_start), '-infinity')";

    /** Of some partners, and of nobody, what is beyond its entries or bytes, counted from the newest. */
    private static final String PRUNE = """
            delete from journal_entry where id in (
                select id from (
                    select id, row_number() over newest_first as position, sum(size) over newest_first as bytes
                    from journal_entry where partner_id is null or partner_id = any (cast(? as uuid[]))
                    window newest_first as (partition by partner_id order by received desc, id desc)) as entry
                where position > ? or bytes > ?)""";

    private static final String LISTED = """
            select id, received, at, partner_id, caller_id, method, path, operation, status, code, rule, request_id, correlation_id,
                milliseconds, retry_after, fault, deviations, '' as request_headers, null as request_body, request_bytes,
                '' as response_headers, null as response_body, response_bytes
            from journal_entry""";

    private static final String OUTLINED =
            LISTED.replace("null as request_body", "md5(request_body) as request_body") + """
             where (cast(? as uuid) is null or partner_id = ?) and (cast(? as timestamptz) is null or at >= ?)
            order by received desc, id desc limit ?""";

    private final PlainSql sql;
    private final JournalConfig config;

    JournalStore(PlainSql sql, JournalConfig config) {
        this.sql = sql;
        this.config = config;
    }

    private record Column(String name, String type, Function<JournalEntry, Object> value) {}

    /**
     * Which entries are wanted.
     *
     * @param partner null for all, those of nobody too
     * @param operation null for any, or none
     * @param lowestStatus of the range of statuses; null for any, and for no answer
     * @param since by the clock of the service; null for any time
     * @param size at most {@link #LONGEST_PAGE}
     */
    public record Search(
            UUID partner, String operation, Integer lowestStatus, Integer highestStatus, Instant since, int size) {}

    /** In one statement. */
    public void write(List<JournalEntry> entries) {
        sql.update(
                WRITE,
                COLUMNS.stream()
                        .map(column -> entries.stream()
                                .map(entry -> text(column.value.apply(entry)))
                                .toArray(String[]::new))
                        .toArray());
    }

    /** Forgets what these partners have beyond the bounds of the settings. In one statement. */
    public void prune(Set<UUID> partners) {
        sql.update(
                PRUNE,
                partners.stream().map(UUID::toString).toArray(String[]::new),
                config.entriesPerPartner(),
                config.bytesPerPartner());
    }

    /** Newest first, without headers and bodies. One query. */
    public List<JournalEntry> list(Search search) {
        var conditions = new ArrayList<String>();
        var parameters = new ArrayList<Object>();
        if (search.partner() != null) {
            conditions.add("partner_id = ?");
            parameters.add(search.partner());
        }
        if (search.operation() != null) {
            conditions.add("lower(operation) = lower(?)");
            parameters.add(search.operation());
        }
        if (search.lowestStatus() != null) {
            conditions.add("status between ? and ?");
            parameters.add(search.lowestStatus());
            parameters.add(search.highestStatus());
        }
        if (search.since() != null) {
            conditions.add("at >= ?");
            parameters.add(search.since());
        }
        parameters.add(search.size());
        return sql.list(
                LISTED + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                        + " order by received desc, id desc limit ?",
                JournalStore::entry,
                parameters.toArray());
    }

    /**
     * Newest first, without headers; in place of the body of a request is its digest, which tells the same one again. One query.
     *
     * @param partner null for all
     * @param since by the clock of the service; null for any time
     * @param most the newest that are wanted
     */
    public List<JournalEntry> outlines(UUID partner, Instant since, int most) {
        return sql.list(OUTLINED, JournalStore::entry, partner, partner, since, since, most);
    }

    /** The whole entry. One query. Error 404 code 1000 for one that is not there, or not any more. */
    public JournalEntry get(long id) {
        return sql.first("select * from journal_entry where id = ?", JournalStore::entry, id)
                .orElseThrow(() -> new DomainException(JOURNAL_ENTRY_NOT_FOUND, id));
    }

    private static JournalEntry entry(ResultSet row) throws SQLException {
        return new JournalEntry(
                row.getLong("id"),
                row.getObject("received", OffsetDateTime.class).toInstant(),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("partner_id", UUID.class),
                row.getObject("caller_id", UUID.class),
                row.getString("method"),
                row.getString("path"),
                row.getString("operation"),
                row.getObject("status", Integer.class),
                row.getObject("code", Integer.class),
                row.getString("rule"),
                row.getString("request_id"),
                row.getString("correlation_id"),
                row.getInt("milliseconds"),
                row.getObject("retry_after", Integer.class),
                row.getString("fault"),
                read(row.getString("deviations")),
                new JournalEntry.Message(
                        row.getString("request_headers"), row.getString("request_body"), row.getInt("request_bytes")),
                new JournalEntry.Message(
                        row.getString("response_headers"),
                        row.getString("response_body"),
                        row.getInt("response_bytes")));
    }

    /** One in a line. */
    private static String written(JournalEntry entry) {
        return entry.deviations().stream()
                .map(deviation ->
                        deviation.rule().name() + BETWEEN + deviation.message().replaceAll("\\p{Cntrl}", " "))
                .collect(Collectors.joining("\n"));
    }

    private static List<Deviation> read(String written) {
        return written.isEmpty()
                ? List.of()
                : Arrays.stream(written.split("\n"))
                        .map(line -> line.split(BETWEEN, 2))
                        .flatMap(parts -> Stream.of(DeviationRule.values())
                                .filter(rule -> rule.name().equals(parts[0]))
                                .map(rule -> new Deviation(rule, parts[1])))
                        .toList();
    }

    /** The database knows no zero in a text. */
    private static String text(Object value) {
        return value == null ? null : value.toString().replace('\0', '\ufffd');
    }

    private static String names() {
        return COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String casts() {
        return COLUMNS.stream()
                .map(column -> "cast(? as %s[])".formatted(column.type))
                .collect(Collectors.joining(", "));
    }
}
