package csp.platform.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RetriesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void pauses_double_until_the_longest() {
        assertEquals(12, Retries.FOREVER.pausesThatGrow()); // 1 s to 2048 s, then an hour
        assertEquals(0, new Retries(SECOND, SECOND, OptionalInt.empty()).pausesThatGrow());
    }

    @Test
    void a_job_is_given_up_when_so_many_runs_failed_and_else_never() {
        assertFalse(Retries.FOREVER.areOver(Integer.MAX_VALUE));
        assertFalse(Retries.FOREVER.upTo(3).areOver(2));
        assertTrue(Retries.FOREVER.upTo(3).areOver(3));
    }

    @Test
    void pauses_that_are_none_or_shrink_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Retries(Duration.ZERO, SECOND, OptionalInt.empty()));
        assertThrows(IllegalArgumentException.class, () -> new Retries(SECOND, Duration.ZERO, OptionalInt.empty()));
        assertThrows(IllegalArgumentException.class, () -> Retries.FOREVER.upTo(0));
    }
}
