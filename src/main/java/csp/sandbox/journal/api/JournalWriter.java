package csp.sandbox.journal.api;

import csp.sandbox.journal.JournalConfig;
import csp.sandbox.journal.JournalEntry;
import csp.sandbox.journal.JournalStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the journal behind the requests: one thread, one statement for what came within some time. Whoever is recorded never waits; when
 * too much waits, the oldest is dropped and counted. What the bounds of the journal would drop anyway is not even written, and about a
 * tenth of the time goes into it.
 */
@ApplicationScoped
public class JournalWriter {

    private static final long MOST_NANOS_OF_PAUSE = TimeUnit.SECONDS.toNanos(2);
    private static final int PAUSES_PER_WORK = 9;
    private static final long SECONDS_TO_FLUSH = 10;
    private static final long MILLISECONDS_AT_STOP = 2_000;

    private final JournalStore store;
    private final EntryComposer composer;
    private final JournalConfig config;
    private final BlockingQueue<Waiting> queue;
    private final AtomicLong dropped = new AtomicLong();
    /** One permit for each who waits: the writer does not pause then. */
    private final Semaphore readers = new Semaphore(0);

    private final Set<UUID> toPrune = new HashSet<>();
    private int sinceLastPrune;
    private boolean isFailing;
    private volatile boolean isStopped;
    private volatile Thread thread;

    JournalWriter(JournalStore store, EntryComposer composer, JournalConfig config, MeterRegistry meters) {
        this.store = store;
        this.composer = composer;
        this.config = config;
        queue = new ArrayBlockingQueue<>(Math.max(1, config.queue()));
        FunctionCounter.builder("csp.journal.dropped", dropped, AtomicLong::get)
                .description("Requests that are missing in the journal of the sandbox")
                .register(meters);
    }

    /** One of both: an exchange, or somebody who waits for all before it. */
    private record Waiting(RecordedExchange exchange, CountDownLatch isWritten) {}

    /** Never waits. */
    void take(RecordedExchange exchange) {
        begin();
        var waiting = new Waiting(exchange, null);
        while (!queue.offer(waiting)) {
            var oldest = queue.poll();
            if (oldest != null && oldest.isWritten != null) {
                oldest.isWritten.countDown();
            } else if (oldest != null) {
                dropped.incrementAndGet();
            }
        }
    }

    /** Returns when what this copy has taken so far is in the journal, or after ten seconds. */
    public void flush() {
        begin();
        var isWritten = new CountDownLatch(1);
        try {
            if (queue.offer(new Waiting(null, isWritten), SECONDS_TO_FLUSH, TimeUnit.SECONDS)) {
                readers.release();
                isWritten.await(SECONDS_TO_FLUSH, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only a service that has something to write has a thread for it. */
    private void begin() {
        if (thread == null) {
            synchronized (this) {
                if (thread == null) {
                    var writer = new Thread(this::run, "csp-journal");
                    writer.setDaemon(true);
                    writer.start();
                    thread = writer;
                }
            }
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        isStopped = true;
        readers.release();
        var writer = thread;
        if (writer != null) {
            writer.join(MILLISECONDS_AT_STOP);
        }
    }

    private void run() {
        try {
            while (!isStopped || !queue.isEmpty()) {
                var first = queue.poll(MOST_NANOS_OF_PAUSE, TimeUnit.NANOSECONDS);
                if (first != null) {
                    var begin = System.nanoTime();
                    var flushed = new ArrayList<CountDownLatch>();
                    var batch = batch(first, flushed);
                    write(batch);
                    flushed.forEach(CountDownLatch::countDown);
                    pause(PAUSES_PER_WORK * (System.nanoTime() - begin));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that waits. */
    private List<RecordedExchange> batch(Waiting first, List<CountDownLatch> flushed) {
        var waiting = new ArrayList<Waiting>();
        waiting.add(first);
        queue.drainTo(waiting);
        waiting.stream().map(Waiting::isWritten).filter(Objects::nonNull).forEach(flushed::add);
        return newest(
                waiting.stream().map(Waiting::exchange).filter(Objects::nonNull).toList());
    }

    /** Of each partner so many as the journal keeps. */
    private List<RecordedExchange> newest(List<RecordedExchange> exchanges) {
        if (exchanges.size() <= config.entriesPerPartner()) {
            return exchanges;
        }
        var counts = new HashMap<UUID, Integer>();
        var newest = new ArrayList<RecordedExchange>();
        for (var i = exchanges.size() - 1; i >= 0; i--) {
            var caller = exchanges.get(i).caller;
            if (counts.merge(caller == null ? null : caller.tenantId(), 1, Integer::sum)
                    <= config.entriesPerPartner()) {
                newest.add(exchanges.get(i));
            }
        }
        Collections.reverse(newest);
        return newest;
    }

    private void write(List<RecordedExchange> batch) {
        var entries =
                batch.stream().map(this::composed).filter(Objects::nonNull).toList();
        if (entries.isEmpty()) {
            return;
        }
        try {
            store.write(entries);
            pruneNowAndThen(entries);
            isFailing = false;
        } catch (RuntimeException e) { // the health checks tell of a database that is gone
            dropped.addAndGet(entries.size());
            if (!isFailing) {
                Log.warnf(e, "%d requests are missing in the journal", entries.size());
            }
            isFailing = true;
        }
    }

    /** No request is worth the end of the thread. */
    private JournalEntry composed(RecordedExchange exchange) {
        try {
            return composer.compose(exchange);
        } catch (RuntimeException | StackOverflowError e) {
            dropped.incrementAndGet();
            Log.warnf(e, "Request %s is missing in the journal", exchange.correlationId);
            return null;
        }
    }

    private void pruneNowAndThen(List<JournalEntry> written) {
        written.stream().map(JournalEntry::partner).filter(Objects::nonNull).forEach(toPrune::add);
        sinceLastPrune += written.size();
        if (sinceLastPrune >= config.entriesPerPartner() / 10) {
            store.prune(toPrune);
            toPrune.clear();
            sinceLastPrune = 0;
        }
    }

    /** Unless somebody waits. */
    private void pause(long nanos) throws InterruptedException {
        var pause = Math.max(nanos, config.writeInterval().toNanos());
        if (readers.tryAcquire(Math.min(MOST_NANOS_OF_PAUSE, pause), TimeUnit.NANOSECONDS)) {
            readers.drainPermits();
        }
    }
}
