package csp.sandbox.scenario;

import csp.shared.storage.PlainSql;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tables of the service that a reset empties. What others keep in the same schema is none of its business. */
public final class WorldTables {

    /** Beside what a scenario says: what follows from it, and what the features remember of what happened. */
    private static final Set<String> BESIDE_SCENARIOS = Set.of(
            "audit_participant",
            "audit_record",
            "customer_listing",
            "journal_entry",
            "outgoing_mail",
            "request_window",
            "sandbox_fault",
            "scheduled_job",
            "sign_in_failure",
            "stored_answer",
            "transfer_claim",
            "webhook_attempt");

    /**
     * Tokens stay valid over a reset (design §2), and so does the certificate that receivers trust; the clock is set back, not
     * forgotten: its changes are counted. Copies of the service run on, and snapshots are there to be gone back to.
     */
    static final Set<String> KEPT = Set.of(
            "clock_offset",
            "journal_start",
            "refresh_token",
            "sandbox_copy",
            "sandbox_snapshot",
            "sandbox_snapshot_row",
            "signing_key",
            "webhook_certificate",
            "webhook_key");

    /** What a reset empties too, and yet tells of the world from outside: a snapshot leaves it where it is. */
    private static final Set<String> NOT_OF_THE_WORLD = Set.of("journal_entry");

    private WorldTables() {}

    static Set<String> emptied() {
        var tables = new TreeSet<>(BESIDE_SCENARIOS);
        Stream.of(Kind.values()).map(kind -> kind.table).forEach(tables::add);
        return tables;
    }

    /** What makes up a world: all that a reset empties, so that a table which is known to that is in every snapshot. */
    public static Set<String> ofTheWorld() {
        var tables = new TreeSet<>(emptied());
        tables.removeAll(NOT_OF_THE_WORLD);
        return tables;
    }

    /**
     * Nobody empties a table until the transaction ends. For whoever is to read several of them as they were at one moment, before that
     * moment: a table that was emptied since is empty to everybody.
     */
    public static void keepFilled(PlainSql sql) {
        sql.update("lock table " + String.join(", ", emptied()) + " in access share mode");
    }

    static void empty(PlainSql sql) {
        sql.update("truncate " + String.join(", ", emptied()));
    }
}
