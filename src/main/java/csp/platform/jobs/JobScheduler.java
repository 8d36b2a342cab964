package csp.platform.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Runs the due jobs in this copy of the service. Which copy takes which job, the rows of the table scheduled_job decide. */
@ApplicationScoped
class JobScheduler {

    /** A job runs in one transaction and one connection; requests need the rest of the pool. */
    private static final int THREADS = 4;
    /** A copy that was killed loses its jobs to the others after so many heartbeats. */
    private static final int MISSED_HEARTBEATS = 4;

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofHours(1);

    private final Scheduler scheduler;
    private final Clock clock;

    JobScheduler(AgroalDataSource database, Clock clock, JobsConfig config, @All List<JobHandler> handlers) {
        this.clock = clock;
        List<Task<?>> tasks = handlers.stream().<Task<?>>map(this::task).toList();
        // Between two looks it sleeps by the machine: the clock of the service may be set back while it does.
        var builder = new SchedulerBuilder(database, tasks) {
            @Override
            protected Waiter buildWaiter() {
                return new Waiter(config.pollInterval());
            }
        };
        scheduler = builder.tableName("scheduled_job")
                .clock(clock::instant)
                .threads(THREADS)
                .heartbeatInterval(config.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(STOP_PATIENCE)
                .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                .build();
    }

    void start(@Observes @Priority(StartOrder.JOBS) StartupEvent event) {
        scheduler.start();
    }

    void stop(@Observes ShutdownEvent event) {
        scheduler.stop();
    }

    /** Looks for due jobs without waiting for the next time. */
    void lookNow() {
        scheduler.triggerCheckForDueExecutions();
    }

    private Task<Void> task(JobHandler handler) {
        return Tasks.oneTime(handler.kind())
                .onFailure(this::again)
                .execute((job, context) -> QuarkusTransaction.requiringNew().run(() -> handler.run(job.getId())));
    }

    /** After 1, 2, 4, ... seconds, in the end once an hour, for ever. */
    private void again(ExecutionComplete failed, ExecutionOperations<Void> job) {
        var failures = failed.getExecution().consecutiveFailures;
        var pause = failures > 12 ? LAST_RETRY : FIRST_RETRY.multipliedBy(1L << failures);
        var next = clock.instant().plus(pause.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause);
        Log.warnf(
                "Job %s failed %d times, next try at %s: %s",
                failed.getExecution().taskInstance.getTaskAndInstance(),
                failures + 1,
                next,
                failed.getCause().map(Throwable::toString).orElse("the copy that ran it ended"));
        job.reschedule(failed, next);
    }
}
