package csp.shared.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A question that many ask at the same time, asked for several of them in one statement: what comes while the lanes to the database are
 * taken goes along with the next statement that leaves. Alone, nobody waits. No thread of those who ask does: they get a promise. Each
 * statement begins after all whose question it carries have asked, so everybody sees what was committed before
 * (docs/adr/0027-reads-together.md).
 * <p>
 * Not for within a transaction, whose changes another connection does not see.
 *
 * @param <Q> what is asked
 * @param <A> the answer
 */
public final class SharedQuery<Q, A> {

    private final Executor workers;
    private final Executor afterPatience;
    private final int most;
    private final long patience;
    private final Function<List<Q>, Map<Q, A>> statement;
    private final Semaphore lanes;
    private final ConcurrentLinkedQueue<Asker<Q, A>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isWatched = new AtomicBoolean();

    /**
     * @param workers whose threads may wait for the database
     * @param lanes how many statements are under way at the same time, as long as each of them is quick
     * @param most how many questions go into one
     * @param patience how long a question waits for a lane before one more is opened: a statement that hangs holds up nobody else
     * @param statement finds the answers; to a question without one the answer is null
     */
    public SharedQuery(
            Executor workers, int lanes, int most, Duration patience, Function<List<Q>, Map<Q, A>> statement) {
        this.workers = workers;
        this.afterPatience = CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS, workers);
        this.lanes = new Semaphore(lanes);
        this.most = most;
        this.patience = patience.toNanos();
        this.statement = statement;
    }

    /** A question with the promise of its answer. */
    private static final class Asker<Q, A> extends CompletableFuture<A> {

        private final Q question;
        private final long begun = System.nanoTime();

        Asker(Q question) {
            this.question = question;
        }
    }

    /**
     * The answer, null when there is none; or the exception of the statement, as for all whose questions it carried. What depends on
     * it is done by the worker that asked the database, and holds up the next statement.
     */
    public CompletionStage<A> ask(Q question) {
        var asker = new Asker<Q, A>(question);
        waiting.add(asker);
        if (!takeLane()) {
            watch();
        }
        return asker;
    }

    /** How many wait for a lane. */
    int waiting() {
        return waiting.size();
    }

    /** Whether there was one. */
    private boolean takeLane() {
        if (!lanes.tryAcquire()) {
            return false;
        }
        try {
            workers.execute(this::drive);
        } catch (RejectedExecutionException stopped) {
            lanes.release();
            next().forEach(asker -> asker.completeExceptionally(stopped));
        }
        return true;
    }

    /** One statement after the other, as long as somebody waits. */
    private void drive() {
        try {
            for (var next = next(); !next.isEmpty(); next = next()) {
                answer(next);
            }
        } finally {
            lanes.release();
        }
        if (!waiting.isEmpty()) {
            takeLane(); // who came while this one was still taken
        }
    }

    /** Has somebody look after a while whether the lanes hang. */
    private void watch() {
        if (isWatched.compareAndSet(false, true)) {
            afterPatience.execute(this::look);
        }
    }

    private void look() {
        isWatched.set(false);
        var first = waiting.peek();
        if (first != null) {
            watch();
            if (System.nanoTime() - first.begun >= patience) {
                answer(next());
            }
        }
    }

    private List<Asker<Q, A>> next() {
        var next = new ArrayList<Asker<Q, A>>(most);
        while (next.size() < most) {
            var asker = waiting.poll();
            if (asker == null) {
                break;
            }
            next.add(asker);
        }
        return next;
    }

    private void answer(List<Asker<Q, A>> askers) {
        if (askers.isEmpty()) {
            return;
        }
        try {
            var answers = statement.apply(
                    askers.stream().map(asker -> asker.question).distinct().toList());
            askers.forEach(asker -> asker.complete(answers.get(asker.question)));
        } catch (RuntimeException | Error failure) {
            askers.forEach(asker -> asker.completeExceptionally(failure));
        }
    }
}
