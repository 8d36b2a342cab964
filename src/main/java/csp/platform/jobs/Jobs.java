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
import java.util.concurrent.TimeUnit;

/** Work for later, done by any copy of the service. */
@ApplicationScoped
public class Jobs {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
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
     * commits. A job of the same kind and id that has not ended yet keeps its time.
     *
     * @param kind of a {@link JobHandler}
     * @throws jakarta.transaction.TransactionalException outside a transaction
     */
    @Transactional(MANDATORY)
    public void schedule(String kind, String id, Instant due) {
        transaction.registerInterposedSynchronization(new WakeAfterCommit());
        // The caller's transaction, and one statement: the library's own client asks first, and cannot survive a lost
        // race.
        sql.update("""
                insert into scheduled_job (task_name, task_instance, execution_time, picked, version)
                values (?, ?, ?, false, 1) on conflict on constraint scheduled_job_one_per_kind_and_id do nothing""", kind, id, due);
    }

    /** Has this copy look for due jobs at once: for whoever moved the clock. */
    public void lookNow() {
        scheduler.lookNow();
    }

    /** Returns when nothing is due any more, whichever copy does it, or after some seconds when it takes longer. */
    public void runDue() {
        var patience = System.nanoTime() + PATIENCE.toNanos();
        while (isAnythingDue() && System.nanoTime() < patience) {
            scheduler.lookNow();
            try {
                TimeUnit.MILLISECONDS.sleep(MILLISECONDS_PER_LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean isAnythingDue() {
        return sql.first("select 1 from scheduled_job where execution_time <= ? limit 1", job -> true, clock.instant())
                .isPresent();
    }

    private final class WakeAfterCommit implements Synchronization {

        @Override
        public void beforeCompletion() {
            // Nothing to prepare.
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                scheduler.lookNow();
            }
        }
    }
}
