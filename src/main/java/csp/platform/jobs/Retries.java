package csp.platform.jobs;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How a job is tried again that failed: after pauses that double from the first to the longest, until it has run so many times.
 *
 * @param first pause, at least a millisecond
 * @param longest pause, not shorter than the first
 * @param runs that may fail before the job is given up, at least one; empty when it never is. A run that ended with its copy of
 *        the service counts too.
 */
public record Retries(Duration first, Duration longest, OptionalInt runs) {

    /** After 1, 2, 4, ... seconds, in the end once an hour, for ever. */
    public static final Retries FOREVER = new Retries(Duration.ofSeconds(1), Duration.ofHours(1), OptionalInt.empty());

    /** @throws IllegalArgumentException for values that make no sense */
    public Retries {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0 || runs.orElse(1) < 1) {
            throw new IllegalArgumentException("No way to try again: %s, %s, %s".formatted(first, longest, runs));
        }
    }

    /** The same pauses, but given up after so many failed runs. */
    public Retries upTo(int failedRuns) {
        return new Retries(first, longest, OptionalInt.of(failedRuns));
    }

    /** How many pauses there are before the longest. */
    int pausesThatGrow() {
        var pauses = 0;
        for (var pause = first; pause.compareTo(longest) < 0; pause = pause.multipliedBy(2)) {
            pauses++;
        }
        return pauses;
    }

    /** @param failedRuns including the latest */
    boolean areOver(int failedRuns) {
        return runs.isPresent() && failedRuns >= runs.getAsInt();
    }
}
