package csp.platform.jobs;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** Work for later, done by any copy of the service. */
@ApplicationScoped
public class Jobs {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MILLISECONDS_PER_LOOK = 20;

    private final AgroalDataSource database;
    private final TransactionSynchronizationRegistry transaction;
    private final JobScheduler scheduler;
    private final Clock clock;

    Jobs(
            AgroalDataSource database,
            TransactionSynchronizationRegistry transaction,
            JobScheduler scheduler,
            Clock clock) {
        this.database = database;
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
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                insert into scheduled_job (task_name, task_instance, execution_time, picked, version)
                values (?, ?, ?, false, 1) on conflict on constraint scheduled_job_one_per_kind_and_id do nothing""")) {
            insert.setString(1, kind);
            insert.setString(2, id);
            insert.setObject(3, OffsetDateTime.ofInstant(due, ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("A job could not be written", e);
        }
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
        try (var connection = database.getConnection();
                var due =
                        connection.prepareStatement("select 1 from scheduled_job where execution_time <= ? limit 1")) {
            due.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
            try (var row = due.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The jobs could not be read", e);
        }
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
