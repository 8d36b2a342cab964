package csp.platform.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RepeatedFailuresTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // the clock of a JVM may begin anywhere
    private final RepeatedFailures failures = new RepeatedFailures(nanos::get);

    @Test
    void of_a_thousand_identical_failures_one_is_shown_and_the_others_are_counted_once_the_minute_is_over() {
        var shown = 0;
        for (var i = 0; i < 1000; i++) {
            shown += failures.isFirst("csp.A", failure("id " + i)) ? 1 : 0;
        }
        assertEquals(1, shown);
        assertEquals(List.of(), failures.over());
        pass(60);
        assertEquals(
                List.of(new RepeatedFailures.Repeats("csp.A: java.lang.IllegalStateException", 999)), failures.over());
        assertEquals(List.of(), failures.over());
    }

    @Test
    void the_next_minute_shows_one_again() {
        assertTrue(failures.isFirst("csp.A", failure("")));
        pass(60);
        assertEquals(List.of(), failures.over());
        assertTrue(failures.isFirst("csp.A", failure("")));
    }

    @Test
    void another_exception_another_place_another_cause_another_state_and_another_logger_are_all_shown() {
        assertTrue(failures.isFirst("csp.A", failure("")));
        assertTrue(failures.isFirst("csp.A", new IllegalStateException("elsewhere")));
        assertTrue(failures.isFirst("csp.A", new IllegalStateException(failure(""))));
        assertTrue(failures.isFirst("csp.B", failure("")));
        for (var state : List.of("23505", "42P01")) {
            assertTrue(failures.isFirst("csp.A", new SQLException("", state)), state);
        }
    }

    @Test
    void more_kinds_than_it_knows_cost_the_oldest_their_place_but_not_their_count() {
        failures.isFirst("logger 0", failure(""));
        failures.isFirst("logger 0", failure(""));
        for (var i = 1; i <= 150; i++) {
            assertTrue(failures.isFirst("logger " + i, failure("")));
        }
        assertEquals(
                List.of(new RepeatedFailures.Repeats("logger 0: java.lang.IllegalStateException", 1)), failures.over());
        assertTrue(failures.isFirst("logger 0", failure("")));
        assertFalse(failures.isFirst("logger 150", failure("")));
    }

    @Test
    void a_cause_that_leads_back_to_itself_and_an_exception_without_a_trace_are_kinds_as_well() {
        var one = new RuntimeException("one");
        var two = new RuntimeException("two", one);
        one.initCause(two);
        assertTrue(failures.isFirst("csp.A", two));
        assertFalse(failures.isFirst("csp.A", two));
        var bare = failure("");
        bare.setStackTrace(new StackTraceElement[0]);
        assertTrue(failures.isFirst("csp.A", bare));
    }

    private void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private static IllegalStateException failure(String message) {
        return new IllegalStateException(message);
    }
}
