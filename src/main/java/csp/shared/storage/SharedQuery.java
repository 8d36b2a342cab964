package csp.shared.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A question that many ask at the same time, asked for several of them in one statement: whoever finds the lanes to the database taken
 * waits a moment, and goes along with the next one that leaves. Alone, nobody waits. Each statement begins after all whose question it
 * carries have asked, so everybody sees what was committed before (docs/adr/0027-reads-together.md).
 * <p>
 * Not for within a transaction, whose changes another connection does not see.
 *
 * @param <Q> what is asked
 * @param <A> the answer
 */
public final class SharedQuery<Q, A> {

    private final int most;
    private final long patience;
    private final Function<List<Q>, Map<Q, A>> statement;
    private final Semaphore lanes;
    private final ConcurrentLinkedQueue<Asker<Q, A>> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param lanes how many statements are under way at the same time, as long as each of them is quick
     * @param most how many questions go into one
     * @param patience how long somebody waits for a lane before he takes one more: a statement that hangs holds up nobody else
     * @param statement finds the answers; to a question without one the answer is null
     */
    public SharedQuery(int lanes, int most, Duration patience, Function<List<Q>, Map<Q, A>> statement) {
        this.lanes = new Semaphore(lanes);
        this.most = most;
        this.patience = patience.toNanos();
        this.statement = statement;
    }

    /** Whoever waits for an answer: the one that asks the database for all, or one of the others. */
    private static final class Asker<Q, A> {

        private final Q question;
        private final Semaphore news = new Semaphore(0);
        private final long begun = System.nanoTime();
        private volatile boolean isTaken;
        private A answer;
        private Throwable failure;
        private volatile boolean isDone;

        Asker(Q question) {
            this.question = question;
        }

        void done(A found, Throwable problem) {
            answer = found;
            failure = problem;
            isDone = true;
            news.release();
        }

        A outcome() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (RuntimeException) failure;
            }
            return answer;
        }
    }

    /**
     * The answer; null when there is none.
     *
     * @throws RuntimeException the statement's, for all whose questions it carried
     */
    public A ask(Q question) {
        var own = new Asker<Q, A>(question);
        waiting.add(own);
        var isInterrupted = false;
        while (!own.isDone) {
            if (!own.isTaken && lanes.tryAcquire()) {
                try {
                    answer(next());
                } finally {
                    lanes.release();
                }
                wakeNext();
            } else if (!own.isTaken && System.nanoTime() - own.begun > patience) {
                answer(next());
            } else {
                try {
                    own.news.tryAcquire(patience, TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    isInterrupted = true; // nobody ends half way
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        return own.outcome();
    }

    /** How many wait for a lane. */
    int waiting() {
        return waiting.size();
    }

    private List<Asker<Q, A>> next() {
        var next = new ArrayList<Asker<Q, A>>(most);
        while (next.size() < most) {
            var asker = waiting.poll();
            if (asker == null) {
                break;
            }
            asker.isTaken = true;
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
            askers.forEach(asker -> asker.done(answers.get(asker.question), null));
        } catch (RuntimeException | Error failure) {
            askers.forEach(asker -> asker.done(null, failure));
        }
    }

    /** Who came while all lanes were taken may find one free now. */
    private void wakeNext() {
        var first = waiting.peek();
        if (first != null) {
            first.news.release();
        }
    }
}
