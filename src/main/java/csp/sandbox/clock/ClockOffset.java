package csp.sandbox.clock;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** The offset of the service's clock from that of its machines, as the database keeps it for all copies. */
@ApplicationScoped
class ClockOffset {

    private static final String SETTING = "microseconds, revision";

    private final PlainSql sql;

    ClockOffset(PlainSql sql) {
        this.sql = sql;
    }

    /**
     * What the database says at a moment.
     *
     * @param offset of what the machine's clock says
     * @param revision counts the changes, so that two copies of it can be told apart by their age
     */
    record Setting(Duration offset, long revision) {}

    Setting read() {
        return setting("select " + SETTING + " from clock_offset");
    }

    /** Nobody else changes it until the caller's transaction ends. */
    @Transactional(MANDATORY)
    Setting lock() {
        sql.update("insert into clock_offset (microseconds) values (0) on conflict do nothing");
        return setting("select " + SETTING + " from clock_offset for update");
    }

    /** Seen by all copies when the caller's transaction has committed. */
    @Transactional(MANDATORY)
    Setting write(Duration offset) {
        return setting(
                "update clock_offset set microseconds = ?, revision = revision + 1 returning " + SETTING,
                TimeUnit.MICROSECONDS.convert(offset));
    }

    private Setting setting(String query, Object... parameters) {
        return sql.first(
                        query,
                        row -> new Setting(Duration.of(row.getLong(1), ChronoUnit.MICROS), row.getLong(2)),
                        parameters)
                .orElse(new Setting(Duration.ZERO, 0));
    }
}
