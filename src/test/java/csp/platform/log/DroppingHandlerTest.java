package csp.platform.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The log when nobody reads it: in a service of its own {@code blocked-console} tries it, see docs/reliability.md. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DroppingHandlerTest {

    private static final int MORE_THAN_ARE_KEPT = 10_000;

    private final Output output = new Output();
    private final DroppingHandler handler = new DroppingHandler();

    @AfterEach
    void close() {
        output.read();
        handler.close();
    }

    @Test
    void an_output_that_nobody_reads_holds_up_nobody_and_later_tells_how_many_lines_it_cost() throws Exception {
        handler.addHandler(output);
        for (var i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            handler.publish(new ExtLogRecord(Level.INFO, "line", getClass().getName()));
        }
        var dropped = handler.dropped();
        assertTrue(dropped > 0, "none was dropped");
        output.read();
        for (var i = 0; i < MORE_THAN_ARE_KEPT - dropped; i++) {
            assertEquals("line", output.next());
        }
        assertEquals(
                dropped + " lines of the log were dropped: the output of the service was not read.", output.next());
    }

    @Test
    void a_line_reaches_an_output_that_keeps_what_it_has_until_it_is_told_to_flush() throws Exception {
        output.read();
        var kept = new LinkedBlockingQueue<String>();
        handler.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                kept.add(line.getMessage());
            }

            @Override
            public void flush() {
                kept.forEach(line -> output.publish(new LogRecord(Level.INFO, line)));
                kept.clear();
            }

            @Override
            public void close() {}
        });
        handler.publish(new ExtLogRecord(Level.INFO, "line", getClass().getName()));
        assertEquals("line", output.next());
    }

    /** Blocks until somebody reads it. */
    private static final class Output extends Handler {

        private final CountDownLatch isRead = new CountDownLatch(1);
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        void read() {
            isRead.countDown();
        }

        String next() throws InterruptedException {
            return lines.poll(30, TimeUnit.SECONDS);
        }

        @Override
        public void publish(LogRecord line) {
            try {
                isRead.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
