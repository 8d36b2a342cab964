package csp.benchmark;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Sends requests from one thread, so that on a machine of few cores most is left for what is measured (docs/adr/0018).
 * <p>
 * {@link #atFullRate} keeps every connection busy and tells how many requests go through. {@link #atRate} sends by the clock,
 * whether or not earlier requests have been answered, and counts the time of each from the moment it was due: a service that
 * stalls is charged for all who would have come meanwhile (no coordinated omission).
 */
class LoadGenerator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();

    /** As many at a time as there are connections, for so long or until there are no more {@code calls}. */
    Load atFullRate(int port, int connections, Duration duration, Supplier<Call> calls) {
        return run(
                port,
                connections,
                run -> loop.runOnContext(ignored -> {
                    run.end = System.nanoTime() + duration.toNanos();
                    for (var i = 0; i < connections; i++) {
                        run.keepSending(calls);
                    }
                }));
    }

    /** {@code perSecond} requests a second, evenly, for so long or until there are no more {@code calls}. */
    Load atRate(int port, int connections, double perSecond, Duration duration, Supplier<Call> calls) {
        return run(port, connections, run -> {
            var period = 1e9 / perSecond;
            var begin = System.nanoTime();
            var count = Math.round(duration.toNanos() / period);
            for (var i = 0L; i < count; i++) {
                var due = begin + Math.round(i * period);
                for (var wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                loop.runOnContext(ignored -> run.send(calls, due, () -> {}));
            }
            loop.runOnContext(ignored -> run.noMore());
        });
    }

    /** Whether the call is answered as expected. */
    boolean succeeds(int port, Call call) {
        var left = new ArrayDeque<>(List.of(call));
        return atFullRate(port, 1, PATIENCE, left::poll).requests() == 1;
    }

    /** The body of one answer. */
    String answer(int port, Call call) {
        var client = client(port, 1);
        try {
            return exchange(client, call)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .toString();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(call.path(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            client.close();
        }
    }

    private interface Schedule {
        void begin(Run run);
    }

    private Load run(int port, int connections, Schedule schedule) {
        var client = client(port, connections);
        var run = new Run(client);
        try {
            schedule.begin(run);
            return run.over.get(PATIENCE.toSeconds() * 5, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("The load did not end: " + run.open + " requests without an answer", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            client.close();
        }
    }

    private HttpClient client(int port, int connections) {
        return vertx.createHttpClient(new HttpClientOptions()
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(port)
                .setMaxPoolSize(connections)
                .setMaxWaitQueueSize(-1)
                .setTcpNoDelay(true));
    }

    /** One load. All on the event loop. */
    private static class Run {

        private final HttpClient client;
        private final CompletableFuture<Load> over = new CompletableFuture<>();
        private final Histogram times = new Histogram(LONGEST, 3);
        private final long begin = System.nanoTime();
        private long end = Long.MAX_VALUE;
        private long requests;
        private long errors;
        private long open;
        private boolean ended;
        private String firstError;

        Run(HttpClient client) {
            this.client = client;
        }

        void keepSending(Supplier<Call> calls) {
            if (System.nanoTime() >= end) {
                noMore();
                return;
            }
            send(calls, System.nanoTime(), () -> keepSending(calls));
        }

        void send(Supplier<Call> calls, long due, Runnable next) {
            var call = ended ? null : calls.get();
            if (call == null) {
                noMore();
                return;
            }
            open++;
            exchange(client, call).onComplete(body -> {
                open--;
                times.recordValue(Math.min(LONGEST, System.nanoTime() - due));
                if (body.succeeded()) {
                    requests++;
                } else {
                    errors++;
                    firstError = firstError == null ? body.cause().toString() : firstError;
                }
                next.run();
                finishWhenAnswered();
            });
        }

        void noMore() {
            ended = true;
            finishWhenAnswered();
        }

        private void finishWhenAnswered() {
            if (ended && open == 0) {
                over.complete(new Load(requests, errors, (System.nanoTime() - begin) / 1e9, times, firstError));
            }
        }
    }

    private static Future<Buffer> exchange(HttpClient client, Call call) {
        var options = new RequestOptions()
                .setMethod(call.method())
                .setURI(call.path())
                .setTimeout(PATIENCE.toMillis());
        if (call.token() != null) {
            options.putHeader("Authorization", call.token());
        }
        if (call.body() != null) {
            options.putHeader("Content-Type", call.contentType());
            options.putHeader("MS-RequestId", requestId());
        }
        return client.request(options)
                .compose(request -> call.body() == null ? request.send() : request.send(call.body()))
                .compose(response -> response.body().compose(body -> checked(call, response, body)));
    }

    private static Future<Buffer> checked(Call call, HttpClientResponse response, Buffer body) {
        return response.statusCode() == call.expected()
                ? Future.succeededFuture(body)
                : Future.failedFuture(
                        call.method() + " " + call.path() + " answered " + response.statusCode() + " " + body);
    }

    /** Each write is one of its own, whose answer the service keeps. */
    private static String requestId() {
        var random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
