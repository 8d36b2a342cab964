package csp.platform.log;

import io.quarkus.logging.LoggingFilter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logging.Logger;

/**
 * Of identical failures the log gets the first with its trace, then a line with their number: a database that is gone would
 * otherwise fill it with thousands of the same trace. Lines without a trace all pass.
 */
@LoggingFilter(name = "traces")
public final class TraceFilter implements Filter {

    private static final Logger LOG = Logger.getLogger(TraceFilter.class);
    private static final long SECONDS_PER_LOOK = 5;

    private final RepeatedFailures failures = new RepeatedFailures(System::nanoTime);
    private ScheduledExecutorService looks;

    @Override
    public boolean isLoggable(LogRecord line) {
        var failure = line.getThrown();
        if (failure == null) {
            return true;
        }
        try {
            var first = failures.isFirst(line.getLoggerName(), failure);
            lookFromNowOn();
            return first;
        } catch (RuntimeException oddException) { // one whose own methods fail: better twice than never
            return true;
        }
    }

    /** Only a service in which something failed has a thread for it. */
    private synchronized void lookFromNowOn() {
        if (looks == null) {
            looks = Executors.newSingleThreadScheduledExecutor(work -> {
                var thread = new Thread(work, "csp-repeated-failures");
                thread.setDaemon(true);
                return thread;
            });
            looks.scheduleWithFixedDelay(this::tell, SECONDS_PER_LOOK, SECONDS_PER_LOOK, TimeUnit.SECONDS);
        }
    }

    private void tell() {
        failures.over()
                .forEach(repeats -> LOG.warnf(
                        "%d more of the same within a minute, as told above: %s", repeats.times(), repeats.what()));
    }
}
