package csp.sandbox.clock;

import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Which copies of the service follow the sandbox, and how far each has come. A row is written with a change, and at no other time. */
@ApplicationScoped
class CopyRegister {

    /** A copy that does not answer within it is dead, or hangs. It enters itself again when it comes to. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final long MILLISECONDS_PER_LOOK = 5;

    private final PlainSql sql;
    private final UUID copy = UUID.randomUUID();

    CopyRegister(PlainSql sql) {
        this.sql = sql;
    }

    /** This copy has taken over everything up to a revision. */
    void note(long revision) {
        sql.update("""
                insert into sandbox_copy (id, revision) values (?, ?)
                on conflict (id) do update set revision = greatest(sandbox_copy.revision, excluded.revision)""", copy, revision);
    }

    /** This copy follows no more. */
    void leave() {
        sql.update("delete from sandbox_copy where id = ?", copy);
    }

    /** Returns when every copy has taken over a revision, or once the others are given up. */
    void await(long revision) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (isAnyBehind(revision)) {
            if (System.nanoTime() > end) {
                sql.update("delete from sandbox_copy where revision < ?", revision);
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(MILLISECONDS_PER_LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean isAnyBehind(long revision) {
        return sql.first("select 1 from sandbox_copy where revision < ? limit 1", row -> true, revision)
                .isPresent();
    }
}
