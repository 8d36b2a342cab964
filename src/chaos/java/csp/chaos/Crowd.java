package csp.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Many that do the same at the same time, until they are told to stop or are through. */
final class Crowd implements AutoCloseable {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(null, task, "crowd", 128 * 1024);
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<?>> members = new ArrayList<>();

    /** What member {@code number} of a crowd does, looking at {@link #isOver} in between. */
    interface Member {
        void act(int number) throws Exception;
    }

    void join(int count, Member member) {
        for (var i = 0; i < count; i++) {
            var number = i;
            members.add(threads.submit(() -> {
                member.act(number);
                return null;
            }));
        }
    }

    /** Asks for {@code request} again and again, with {@code pause} milliseconds in between, over connections of its own. */
    Samples asking(int port, Request request, int count, long pause) {
        var samples = new Samples();
        join(count, number -> {
            try (var wire = new Wire(port, Stage.PATIENCE)) {
                while (!isOver()) {
                    if (wire.ask(request, samples) == null || pause > 0) {
                        rest(Math.max(pause, 20));
                    }
                }
            }
        });
        return samples;
    }

    boolean isOver() {
        return stopped.get() || Thread.currentThread().isInterrupted();
    }

    static void rest(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    /** Waits until all are through by themselves, at most so long; those that are not are interrupted by {@link #close}. */
    boolean await(Duration most) throws InterruptedException {
        var deadline = System.nanoTime() + most.toNanos();
        for (var member : members) {
            try {
                member.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException("A member of the crowd failed", e.getCause());
            }
        }
        return true;
    }

    /** Tells all to stop and waits until the answers that are under way are there. */
    void stop() throws InterruptedException {
        stopped.set(true);
        await(Stage.PATIENCE.multipliedBy(2));
    }

    @Override
    public void close() {
        stopped.set(true);
        threads.shutdownNow();
    }
}
