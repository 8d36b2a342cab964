package csp.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KeyLookupTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private long now;
    private int reads;
    private boolean broken;
    private final KeyLookup lookup = new KeyLookup(
            tasks::add,
            () -> {
                reads++;
                if (broken) {
                    throw new IOException("no answer");
                }
            },
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            10,
            () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void a_few_unknown_ids_wait_for_one_look_up_and_the_others_for_none() throws Exception {
        var waiting = IntStream.range(0, 300)
                .mapToObj(i -> lookup.bringUpToDate("kid-" + i))
                .toList();
        assertEquals(1, tasks.size());
        assertEquals(10, waiting.stream().filter(one -> !one.isDone()).count());
        run();
        for (var one : waiting) {
            one.get(5, TimeUnit.SECONDS);
        }
        assertEquals(1, reads);
    }

    @Test
    void an_id_that_was_looked_for_is_not_looked_for_again_for_30_seconds() {
        lookup.bringUpToDate("kid");
        run();
        pass(Duration.ofSeconds(29));
        assertTrue(lookup.bringUpToDate("kid").isDone());
        assertTrue(tasks.isEmpty());
        pass(Duration.ofSeconds(2));
        lookup.bringUpToDate("kid");
        assertEquals(1, tasks.size());
    }

    @Test
    void another_id_is_looked_for_after_the_pause() {
        lookup.bringUpToDate("one");
        run();
        assertTrue(lookup.bringUpToDate("two").isDone());
        assertTrue(tasks.isEmpty());
        pass(Duration.ofSeconds(5));
        assertFalse(lookup.bringUpToDate("two").isDone());
        assertEquals(1, tasks.size());
    }

    @Test
    void a_failure_is_told_to_everybody_for_30_seconds() {
        broken = true;
        var first = lookup.bringUpToDate("one");
        run();
        assertTrue(first.isCompletedExceptionally());
        pass(Duration.ofSeconds(29));
        assertTrue(lookup.bringUpToDate("two").isCompletedExceptionally());
        lookup.refresh();
        assertTrue(tasks.isEmpty());
        broken = false;
        pass(Duration.ofSeconds(2));
        var later = lookup.bringUpToDate("two");
        run();
        assertFalse(later.isCompletedExceptionally());
        assertEquals(2, reads);
    }

    @Test
    void a_look_up_that_hangs_is_not_waited_for() throws InterruptedException, TimeoutException, Exception {
        var first = lookup.bringUpToDate("one");
        first.get(20, TimeUnit.SECONDS);
        assertSame(first, lookup.bringUpToDate("two"));
        assertEquals(1, tasks.size());
    }
}
