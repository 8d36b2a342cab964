package csp.platform.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells the first of many identical failures from the others: within a minute one of each kind counts as new, the others are
 * counted. A kind is where it was logged and what went wrong at which place; what differs in its text alone, such as an id, is
 * the same kind. It knows a bounded number of kinds, of more the oldest are told early.
 */
class RepeatedFailures {

    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MOST_KINDS = 100;
    private static final int MOST_CAUSES = 20;

    private final Map<String, Window> windows = new LinkedHashMap<>(); // oldest first
    private final LongSupplier nanos;

    /** @param nanos a clock that only goes forward, in nanoseconds */
    RepeatedFailures(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Failures that were counted and not shown.
     *
     * @param what logger and exception
     * @param times at least one
     */
    record Repeats(String what, int times) {}

    private static final class Window {

        private final long began;
        private final String what;
        private int repeats;

        Window(long began, String what) {
            this.began = began;
            this.what = what;
        }
    }

    /** Whether it is the first of its kind within the minute; otherwise it has been counted. */
    synchronized boolean isFirst(String logger, Throwable failure) {
        var present = windows.get(kind(logger, failure));
        if (present != null) {
            present.repeats++;
            return false;
        }
        windows.put(kind(logger, failure), new Window(nanos.getAsLong(), logger + ": " + name(failure)));
        return true;
    }

    /** What was counted in minutes that are over, and of the oldest kinds when there are too many; each is told once. */
    synchronized List<Repeats> over() {
        var now = nanos.getAsLong();
        var over = new ArrayList<Repeats>();
        var oldest = windows.values().iterator();
        var left = windows.size();
        while (oldest.hasNext()) {
            var window = oldest.next();
            if (now - window.began < WINDOW_NANOS && left <= MOST_KINDS) {
                break;
            }
            oldest.remove();
            left--;
            if (window.repeats > 0) {
                over.add(new Repeats(window.what, window.repeats));
            }
        }
        return over;
    }

    private static String kind(String logger, Throwable failure) {
        var kind = new StringBuilder(logger);
        var cause = failure;
        for (var depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            var trace = cause.getStackTrace();
            kind.append('|').append(name(cause)).append('@').append(trace.length == 0 ? "" : trace[0].toString());
            ownPlace(trace, kind);
            cause = cause.getCause();
        }
        return kind.toString();
    }

    private static String name(Throwable failure) {
        return failure instanceof java.sql.SQLException sql
                ? failure.getClass().getName() + " " + sql.getSQLState()
                : failure.getClass().getName();
    }

    /** The same exception of a library means another thing at another place of ours. */
    private static void ownPlace(StackTraceElement[] trace, StringBuilder kind) {
        for (var frame : trace) {
            if (frame.getClassName().startsWith("csp.")) {
                kind.append('@').append(frame);
                return;
            }
        }
    }
}
