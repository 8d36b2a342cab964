package csp.platform.jobs;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Work for later, done by any copy of the service. */
@ApplicationScoped
public class Jobs {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** When nothing has moved for so long, what is still due hangs on somebody else. */
    private static final Duration STILL = Duration.ofSeconds(2);

    private static final long MILLISECONDS_PER_LOOK = 20;

    private final PlainSql sql;
    private final TransactionSynchronizationRegistry transaction;
    private final JobScheduler scheduler;
    private final Clock clock;

    Jobs(PlainSql sql, TransactionSynchronizationRegistry transaction, JobScheduler scheduler, Clock clock) {
        this.sql = sql;
        this.transaction = transaction;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /**
     * Has {@link JobHandler#run} called once {@code due} has come by the clock of the service, if the caller's transaction
     * commits. A job of the same kind and id that waits keeps its time; one that is just being run runs again, for it may not
     * have seen what the caller changed.
     *
     * @param kind of a {@link JobHandler}
     * @throws jakarta.transaction.TransactionalException outside a transaction
     */
    @Transactional(MANDATORY)
    public void schedule(String kind, String id, Instant due) {
        transaction.registerInterposedSynchronization(new WakeAfterCommit(kind));
        // The caller's transaction, and one statement: the library's own client asks first, and cannot survive a lost
        // race. With another version, whoever runs the job now cannot end it any more.
        sql.update("""
                insert into scheduled_job as job (task_name, task_instance, execution_time, picked, version)
                values (?, ?, ?, false, 1) on conflict on constraint scheduled_job_one_per_kind_and_id do update
                set execution_time = excluded.execution_time, picked = false, picked_by = null, last_heartbeat = null,
                    version = job.version + 1
                where job.picked""", kind, id, due);
    }

    /** Has this copy look for due jobs at once: for whoever moved the clock. */
    public void lookNow() {
        scheduler.lookNow();
    }

    /**
     * Returns when nothing is due any more, whichever copy does it, or when nothing that is due has moved for two seconds, or after
     * ten.
     */
    public void runDue() {
        var begun = System.nanoTime();
        var moved = begun;
        var before = due();
        for (var due = before; !due.isEmpty(); due = due()) {
            var now = System.nanoTime();
            if (!due.equals(before)) {
                before = due;
                moved = now;
            }
            if (now - moved > STILL.toNanos() || now - begun > PATIENCE.toNanos()) {
                return;
            }
            scheduler.lookNow();
            try {
                TimeUnit.MILLISECONDS.sleep(MILLISECONDS_PER_LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** When the first of the jobs is due that are due later than a time. */
    public Optional<Instant> nextAfter(Instant time) {
        return sql.first(
                "select execution_time from scheduled_job where execution_time > ? order by execution_time limit 1",
                row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                time);
    }

    /** What is due: how many jobs, and the sum of their versions, of which each is higher with whatever happens to the job. */
    private List<Long> due() {
        return sql.first(
                        "select count(*), coalesce(sum(version), 0) from scheduled_job where execution_time <= ?",
                        due -> due.getLong(1) == 0 ? List.<Long>of() : List.of(due.getLong(1), due.getLong(2)),
                        clock.instant())
                .orElseThrow();
    }

    private final class WakeAfterCommit implements Synchronization {

        private final String kind;

        WakeAfterCommit(String kind) {
            this.kind = kind;
        }

        @Override
        public void beforeCompletion() {
            // Nothing to prepare.
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                scheduler.lookNow(kind);
            }
        }
    }
}
