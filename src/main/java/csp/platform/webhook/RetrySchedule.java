package csp.platform.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When a notification is attempted again: after 0 s, 30 s, 1, 2, 5, 10, 30 min, 1, 6, 24 h, and never more (D25). */
final class RetrySchedule {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(24));

    private RetrySchedule() {}

    /**
     * How long to wait after a failed attempt; empty when it was the last one.
     *
     * @param attempts made so far, at least 1
     */
    static Optional<Duration> pauseAfter(int attempts) {
        return attempts > PAUSES.size() ? Optional.empty() : Optional.of(PAUSES.get(attempts - 1));
    }
}
