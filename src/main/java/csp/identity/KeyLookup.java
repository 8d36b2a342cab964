package csp.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Brings the keys in memory up to date when a token names one that is not there. Strangers choose what tokens name, so there is
 * one look-up at a time, none in the thread of a request, and none for a while after one that found nothing or failed.
 */
final class KeyLookup {

    /** How long a key id that was looked for in vain is not looked for again. */
    static final Duration REMEMBERED = Duration.ofSeconds(30);
    /** How long after its begin a look-up is waited for; later its result is for those who ask later. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Of all key ids in memory together, in characters. */
    private static final long MOST_REMEMBERED = 100_000;

    private static final CompletableFuture<Void> NOTHING_TO_WAIT_FOR = CompletableFuture.completedFuture(null);

    private final Executor executor;
    private final Source source;
    private final Duration pause;
    private final Duration pauseAfterFailure;
    private final int mostWaiting;
    private final Ticker ticker;
    private final Cache<String, Boolean> inVain;

    private CompletableFuture<Void> running;
    private int waiting;
    private Throwable failure;
    private long resumed;

    /**
     * @param pause from the end of one look-up to the begin of another, for a key id that was not looked for
     * @param pauseAfterFailure the same when it failed
     * @param mostWaiting requests that wait for one look-up; the others are answered from what is known
     */
    KeyLookup(
            Executor executor,
            Source source,
            Duration pause,
            Duration pauseAfterFailure,
            int mostWaiting,
            Ticker ticker) {
        this.executor = executor;
        this.source = source;
        this.pause = pause;
        this.pauseAfterFailure = pauseAfterFailure;
        this.mostWaiting = mostWaiting;
        this.ticker = ticker;
        this.resumed = ticker.read();
        inVain = Caffeine.newBuilder()
                .maximumWeight(MOST_REMEMBERED)
                .weigher((String keyId, Boolean any) -> keyId.length())
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** Where the keys are kept; reading brings those in memory up to date, or throws. */
    interface Source {
        void read() throws Exception;
    }

    /**
     * Completes when the keys in memory are all there is to go by for this key id: at once, or with the look-up under way, but
     * not later than {@link #PATIENCE} after its begin. Fails when the look-up, or the one that the pause is for, failed.
     */
    synchronized CompletableFuture<Void> bringUpToDate(String keyId) {
        if (running == null) {
            if (inVain.getIfPresent(keyId) != null) {
                return NOTHING_TO_WAIT_FOR;
            }
            if (isPaused()) {
                return failure == null ? NOTHING_TO_WAIT_FOR : CompletableFuture.failedFuture(failure);
            }
            inVain.put(keyId, true); // when it is found, nobody asks here again
            waiting = 1;
            return start();
        }
        if (waiting >= mostWaiting) {
            return NOTHING_TO_WAIT_FOR;
        }
        inVain.put(keyId, true);
        waiting++;
        return running;
    }

    /** Begins a look-up that nobody waits for, unless there is one or its time has not come. */
    synchronized void refresh() {
        if (running == null && !isPaused()) {
            waiting = 0;
            start();
        }
    }

    private boolean isPaused() {
        return ticker.read() - resumed < 0;
    }

    private CompletableFuture<Void> start() {
        var begun = new CompletableFuture<Void>();
        running = begun;
        var read = CompletableFuture.runAsync(
                () -> {
                    try {
                        source.read();
                        ended(null, pause);
                    } catch (Exception e) {
                        ended(e, pauseAfterFailure);
                        throw new IllegalStateException(e.getMessage(), e);
                    }
                },
                executor);
        read.whenComplete((done, problem) -> {
            if (problem == null) {
                begun.complete(null);
            } else {
                begun.completeExceptionally(problem.getCause());
            }
        });
        return begun.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void ended(Exception problem, Duration rest) {
        running = null;
        failure = problem == null ? null : new IllegalStateException(problem.getMessage(), problem);
        resumed = ticker.read() + rest.toNanos();
    }
}
