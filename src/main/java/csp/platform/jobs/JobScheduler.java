package csp.platform.jobs;

import static java.util.stream.Collectors.toMap;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.Waiter;
import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/**
 * Runs the due jobs in this copy of the service. Which copy takes which job, the rows of the table scheduled_job decide. Each kind
 * has a scheduler and threads of its own: jobs that hang hold up none of another kind.
 */
@ApplicationScoped
class JobScheduler {

    /** A copy that was killed loses its jobs to the others after so many heartbeats. */
    private static final int MISSED_HEARTBEATS = 4;

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    /** No scheduler deletes a row because it does not know its kind: another one does, or another release. */
    private static final Duration NEVER = Duration.ofDays(365_000_000);

    private final Map<String, Scheduler> schedulers;

    JobScheduler(AgroalDataSource database, Clock clock, JobsConfig config, @All List<JobHandler> handlers) {
        var copy = UUID.randomUUID().toString();
        schedulers = handlers.stream()
                .collect(toMap(JobHandler::kind, handler -> scheduler(database, clock, config, copy, handler)));
    }

    private static Scheduler scheduler(
            AgroalDataSource database, Clock clock, JobsConfig config, String copy, JobHandler handler) {
        // Between two looks it sleeps by the machine: the clock of the service may be set back while it does.
        var builder = new SchedulerBuilder(database, List.of(new JobTask(handler, clock).build())) {
            @Override
            protected Waiter buildWaiter() {
                return new Waiter(config.pollInterval());
            }
        };
        return builder.tableName("scheduled_job")
                .clock(clock::instant)
                .threads(handler.parallel())
                .heartbeatInterval(config.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .deleteUnresolvedAfter(NEVER)
                .shutdownMaxWait(STOP_PATIENCE)
                .schedulerName(new SchedulerName.Fixed(copy))
                .jdbcCustomization(new OneKind(handler.kind()))
                .build();
    }

    void start(@Observes @Priority(StartOrder.JOBS) StartupEvent event) {
        schedulers.values().forEach(Scheduler::start);
    }

    /** All at the same time: each waits for the jobs that it runs. */
    void stop(@Observes ShutdownEvent event) {
        var stopping = Executors.newFixedThreadPool(Math.max(1, schedulers.size()));
        CompletableFuture.allOf(schedulers.values().stream()
                        .map(scheduler -> CompletableFuture.runAsync(scheduler::stop, stopping))
                        .toArray(CompletableFuture[]::new))
                .join();
        stopping.shutdown();
    }

    /** Looks for due jobs without waiting for the next time. */
    void lookNow() {
        schedulers.values().forEach(Scheduler::triggerCheckForDueExecutions);
    }

    /** Looks for due jobs of one kind, if this copy knows it. */
    void lookNow(String kind) {
        var scheduler = schedulers.get(kind);
        if (scheduler != null) {
            scheduler.triggerCheckForDueExecutions();
        }
    }
}
