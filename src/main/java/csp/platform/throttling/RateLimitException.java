package csp.platform.throttling;

import java.time.Duration;

/** The partner called too often. Its answer has a form of its own (errors-and-headers.md §1). */
public class RateLimitException extends RuntimeException {

    private final Duration wait;

    /** @param wait until it is refused no more */
    public RateLimitException(Duration wait) {
        super(null, null, false, false); // an answer, not a fault, and most of them come when there is most to do
        this.wait = wait;
    }

    /** Until when it is refused, in whole seconds, at least one. */
    public long secondsToWait() {
        return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
