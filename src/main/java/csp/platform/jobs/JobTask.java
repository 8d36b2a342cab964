package csp.platform.jobs;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Clock;
import java.time.Instant;

/** A kind of job in the terms of the library. */
class JobTask {

    private static final double DOUBLE = 2;

    private final JobHandler handler;
    private final Retries retries;
    private final Clock clock;
    private final FailureHandler<Void> later;

    JobTask(JobHandler handler, Clock clock) {
        this.handler = handler;
        this.retries = handler.retries();
        this.clock = clock;
        this.later = FailureHandler.<Void>maxRetries(retries.pausesThatGrow())
                .withBackoff(retries.first(), DOUBLE)
                .then(new FailureHandler.OnFailureRetryLater<>(retries.longest()), failed -> {});
    }

    Task<Void> build() {
        return Tasks.custom(handler.kind(), Void.class)
                .onFailure(this::failed)
                // By the clock of the service, which may be years from that of the machine.
                .onDeadExecution((dead, job) -> job.reschedule(dead, clock.instant()))
                .execute((job, context) -> handler.run(job.getId())
                        .map(JobTask::comeAgain)
                        .orElseGet(CompletionHandler.OnCompleteRemove::new));
    }

    private static CompletionHandler<Void> comeAgain(Instant next) {
        return (done, job) -> job.reschedule(done, next);
    }

    private void failed(ExecutionComplete failed, ExecutionOperations<Void> job) {
        var runs = failed.getExecution().consecutiveFailures + 1;
        var cause = failed.getCause().orElseThrow();
        if (retries.areOver(runs)) {
            Log.errorf("Job %s given up after %d runs: %s", name(failed), runs, cause);
            QuarkusTransaction.requiringNew().run(() -> handler.givenUp(id(failed), reason(cause)));
            job.remove();
        } else {
            Log.warnf("Job %s failed %d times, it is tried again: %s", name(failed), runs, cause);
            later.onFailure(failed, job);
        }
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static String name(ExecutionComplete done) {
        return done.getExecution().taskInstance.getTaskAndInstance();
    }

    private static String id(ExecutionComplete done) {
        return done.getExecution().taskInstance.getId();
    }
}
