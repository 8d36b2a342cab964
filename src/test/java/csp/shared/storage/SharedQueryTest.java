package csp.shared.storage;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Questions of several in one statement; the answer is ten times the question. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedQueryTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);
    /** Question whose statement waits for the gate. */
    private static final int HANGING = 0;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final BlockingQueue<List<Integer>> statements = new LinkedBlockingQueue<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void stop() {
        gate.countDown();
        workers.shutdownNow();
    }

    @Test
    void alone_a_question_goes_at_once_and_what_has_no_answer_is_null() {
        var query = new SharedQuery<Integer, Integer>(workers, 1, 4, LONG, questions -> Map.of(1, 10));
        assertEquals(10, ask(query, 1).join());
        assertNull(ask(query, 2).join());
    }

    @Test
    void those_that_come_while_the_lane_is_taken_go_together_and_each_gets_its_own_answer() throws Exception {
        var query = new SharedQuery<>(workers, 1, 4, LONG, this::answers);
        var first = ask(query, HANGING);
        assertEquals(List.of(HANGING), statements.take());
        var others = IntStream.rangeClosed(1, 6).mapToObj(n -> ask(query, n)).toList();
        assertEquals(6, query.waiting());
        gate.countDown();
        assertEquals(0, first.join());
        for (var n = 1; n <= 6; n++) {
            assertEquals(10 * n, others.get(n - 1).join());
        }
        assertEquals(4, statements.take().size());
        assertEquals(2, statements.take().size());
        assertTrue(statements.isEmpty());
    }

    @Test
    void who_asks_the_same_shares_the_answer() throws Exception {
        var query = new SharedQuery<>(workers, 1, 4, LONG, this::answers);
        ask(query, HANGING);
        statements.take();
        var twice = List.of(ask(query, 7), ask(query, 7));
        gate.countDown();
        twice.forEach(answer -> assertEquals(70, answer.join()));
        assertEquals(List.of(7), statements.take());
    }

    @Test
    void nobody_waits_long_for_a_statement_that_hangs() throws Exception {
        var query = new SharedQuery<>(workers, 1, 4, SHORT, this::answers);
        var hanging = ask(query, HANGING);
        statements.take();
        assertEquals(20, ask(query, 2).get(20, TimeUnit.SECONDS));
        assertFalse(hanging.isDone());
    }

    @Test
    void a_failure_is_everybodys_whose_question_the_statement_carried_and_nobody_elses() throws Exception {
        var failure = new IllegalStateException("no database");
        var query = new SharedQuery<Integer, Integer>(workers, 1, 4, LONG, questions -> {
            if (questions.contains(1)) {
                throw failure;
            }
            return answers(questions);
        });
        var first = ask(query, HANGING);
        statements.take();
        var failing = List.of(ask(query, 1), ask(query, 2));
        gate.countDown();
        failing.forEach(answer -> assertSame(
                failure, assertThrows(CompletionException.class, answer::join).getCause()));
        assertEquals(0, first.join());
        assertEquals(30, ask(query, 3).join());
    }

    @Test
    void who_asks_does_not_wait_for_the_database() {
        var thread = new CompletableFuture<Thread>();
        new SharedQuery<Integer, Integer>(workers, 1, 4, LONG, questions -> {
                    thread.complete(Thread.currentThread());
                    return Map.of();
                })
                .ask(1);
        assertNotSame(Thread.currentThread(), thread.join());
    }

    @Test
    void once_there_are_no_workers_left_everybody_is_refused() {
        workers.shutdown();
        var query = new SharedQuery<>(workers, 1, 4, LONG, this::answers);
        for (var n = 0; n < 3; n++) {
            var refused = ask(query, n);
            assertInstanceOf(
                    RejectedExecutionException.class,
                    assertThrows(CompletionException.class, refused::join).getCause());
        }
    }

    @Test
    void of_many_at_once_each_gets_its_own_answer() throws Exception {
        gate.countDown();
        var query = new SharedQuery<>(workers, 2, 8, SHORT, this::answers);
        var all = IntStream.range(0, 16)
                .mapToObj(asker -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 5_000)
                                .map(n -> asker * 5_000 + n)
                                .forEach(n -> assertEquals(10 * n, ask(query, n).join())),
                        workers))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).get(60, TimeUnit.SECONDS);
        assertEquals(80_000, statements.stream().mapToInt(List::size).sum());
        assertTrue(statements.stream().allMatch(questions -> questions.size() <= 8));
    }

    private static CompletableFuture<Integer> ask(SharedQuery<Integer, Integer> query, int question) {
        return query.ask(question).toCompletableFuture();
    }

    private Map<Integer, Integer> answers(List<Integer> questions) {
        statements.add(questions);
        if (questions.contains(HANGING)) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return questions.stream().collect(toMap(n -> n, n -> 10 * n));
    }
}
