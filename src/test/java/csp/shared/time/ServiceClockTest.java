package csp.shared.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The clock that a sandbox moves. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ServiceClockTest {

    private static final Duration A_DAY = Duration.ofDays(1);

    private final ServiceClock clock = new ServiceClock(Clock.systemUTC());

    @Test
    void a_newer_revision_with_another_offset_moves_it() {
        assertTrue(clock.moveTo(A_DAY, 1));
        assertEquals(A_DAY, clock.offset());
    }

    @Test
    void a_newer_revision_with_the_same_offset_is_no_move_and_makes_older_ones_count_no_more() {
        clock.moveTo(A_DAY, 1);
        assertFalse(clock.moveTo(A_DAY, 3));
        assertFalse(clock.moveTo(Duration.ZERO, 2));
        assertEquals(A_DAY, clock.offset());
    }
}
