package csp.sandbox.scenario;

import csp.shared.storage.PlainSql;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tables of the service that a reset empties. What others keep in the same schema is none of its business. */
final class WorldTables {

    /** Beside what a scenario says: what follows from it, and what the features remember of what happened. */
    private static final Set<String> BESIDE_SCENARIOS = Set.of(
            "audit_participant",
            "audit_record",
            "customer_listing",
            "outgoing_mail",
            "request_window",
            "scheduled_job",
            "sign_in_failure",
            "stored_answer",
            "transfer_claim",
            "webhook_attempt");

    /**
     * Tokens stay valid over a reset (design §2), and so does the certificate that receivers trust; the clock is set back, not
     * forgotten: its changes are counted.
     */
    static final Set<String> KEPT = Set.of(
            "clock_offset", "journal_start", "refresh_token", "signing_key", "webhook_certificate", "webhook_key");

    /** What was seen of the world and is no part of it: forgotten with it, but neither exported nor stored and brought back. */
    static final Set<String> SEEN = Set.of("journal_entry");

    private WorldTables() {}

    static Set<String> emptied() {
        var tables = new TreeSet<>(BESIDE_SCENARIOS);
        Stream.of(Kind.values()).map(kind -> kind.table).forEach(tables::add);
        return tables;
    }

    static void empty(PlainSql sql) {
        sql.update("truncate " + String.join(", ", emptied()) + ", " + String.join(", ", SEEN));
    }
}
