package csp.sandbox.clock;

import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Which copies of the service follow the sandbox, and how far each has come. A row is written with a change, and at no other time. */
@ApplicationScoped
class CopyRegister {

    /** A copy that does not follow within it hangs. It enters itself again when it comes to. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Of whom the database has no connection any more, it is dead, or has not spoken for long. */
    private static final Duration PATIENCE_WITH_THE_SILENT = Duration.ofSeconds(1);

    private static final String BEHIND = """
            select a.pid is not null as connected from sandbox_copy c left join pg_stat_activity a on a.pid = c.backend
            where c.revision < ? order by connected desc limit 1""";

    private static final long MILLISECONDS_PER_LOOK = 5;

    private final PlainSql sql;
    private final UUID copy = UUID.randomUUID();

    CopyRegister(PlainSql sql) {
        this.sql = sql;
    }

    /** This copy has taken over everything up to a revision. */
    void note(long revision) {
        sql.update("""
                insert into sandbox_copy (id, revision, backend) values (?, ?, pg_backend_pid())
                on conflict (id) do update set revision = greatest(sandbox_copy.revision, excluded.revision),
                    backend = excluded.backend""", copy, revision);
    }

    /** This copy follows no more. */
    void leave() {
        sql.update("delete from sandbox_copy where id = ?", copy);
    }

    /** Returns when every copy has taken over a revision, or once the others are given up. */
    void await(long revision) {
        var begun = System.nanoTime();
        for (var behind = behind(revision); behind.isPresent(); behind = behind(revision)) {
            if (System.nanoTime() - begun > behind.get().toNanos()) {
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

    /** How long to wait for those who are behind; empty when nobody is. */
    private Optional<Duration> behind(long revision) {
        return sql.first(BEHIND, row -> row.getBoolean(1) ? PATIENCE : PATIENCE_WITH_THE_SILENT, revision);
    }
}
