package csp.platform.log;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Hands lines of the log to other handlers on a thread of its own. Whoever logs never waits: when the others do not take the lines,
 * because nobody reads the output of the service for example, those that find no room are dropped, and counted. The others need not
 * flush: they are told to once a few lines are there, or no more wait.
 */
final class DroppingHandler extends ExtHandler {

    private static final int LINES = 4096;
    /** Somebody who stops the service wants to see why; not at any price. */
    private static final long LAST_LINES_MILLIS = 1000;

    /**
     * So long lines are gathered when one comes soon after another: woken for each, the thread would take more of the processors than
     * what it writes.
     */
    private static final long GATHER_MILLIS = 10;
    /** So many fit into what a pipe takes in one piece, so no line is cut by those of another writer. */
    private static final int LINES_AT_ONCE = 16;

    private final BlockingQueue<ExtLogRecord> lines = new ArrayBlockingQueue<>(LINES);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::write, "log");
    private volatile boolean isClosed;

    DroppingHandler() {
        writer.setDaemon(true);
        writer.start();
    }

    /** How many lines were dropped so far. */
    long dropped() {
        return dropped.get();
    }

    @Override
    protected void doPublish(ExtLogRecord line) {
        if (isClosed) {
            publishToNestedHandlers(line);
            flush();
            return;
        }
        if (isCallerCalculationRequired()) {
            line.copyAll();
        } else {
            line.copyMdc();
        }
        if (!lines.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    private void write() {
        var told = 0L;
        var last = System.nanoTime();
        try {
            while (!isClosed || !lines.isEmpty()) {
                var line = lines.poll(100, TimeUnit.MILLISECONDS);
                if (line == null) {
                    continue;
                }
                if (!isClosed && System.nanoTime() - last < TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS)) {
                    TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
                }
                for (var written = 1; line != null; written++) {
                    publishToNestedHandlers(line);
                    if (written % LINES_AT_ONCE == 0) {
                        flush();
                    }
                    line = lines.poll();
                }
                var now = dropped.get();
                if (now > told) {
                    publishToNestedHandlers(droppedLines(now - told));
                    told = now;
                }
                flush();
                last = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExtLogRecord droppedLines(long count) {
        return new ExtLogRecord(
                Level.WARNING,
                count + " lines of the log were dropped: the output of the service was not read.",
                DroppingHandler.class.getName());
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            writer.join(LAST_LINES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        super.close();
    }
}
