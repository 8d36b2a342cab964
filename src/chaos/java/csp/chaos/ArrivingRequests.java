package csp.chaos;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests that arrive at a rate, whether or not the earlier ones were answered, as those of many strangers do. How long one takes counts
 * from the moment at which it was to arrive, so that a generator that comes late makes nothing look better.
 */
final class ArrivingRequests implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 3_000;
    private static final int SECONDS_OF_PATIENCE = 30;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http;
    private final int port;
    private final List<Request> requests;
    private final AtomicLong underWay = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    /** What was answered with anything but 503, and what was not answered at all. */
    final Samples accepted = new Samples();

    final Samples refused = new Samples();
    final AtomicLong refusedWithoutRetryAfter = new AtomicLong();

    /** @param requests sent by turns */
    ArrivingRequests(int port, List<Request> requests) {
        this.port = port;
        this.requests = requests;
        http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setIdleTimeout(SECONDS_OF_PATIENCE)
                        .setConnectTimeout(SECONDS_OF_PATIENCE * 1_000),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS).setMaxWaitQueueSize(-1));
    }

    /** So many a second for so long; returns when all are answered, and how many a second were in the end. */
    double arrive(double aSecond, Duration duration) throws InterruptedException {
        var begin = System.nanoTime();
        for (var elapsed = 0L; elapsed < duration.toNanos(); elapsed = System.nanoTime() - begin) {
            while (sent.get() < elapsed / 1e9 * aSecond) {
                var number = sent.getAndIncrement();
                send(number, begin + (long) (number / aSecond * 1e9));
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        awaitAnswers();
        return sent() / ((System.nanoTime() - begin) / 1e9);
    }

    /** So many always under way, for so long: what the service can do. Answers how many a second it answered. */
    double keepBusy(int count, Duration duration) throws InterruptedException {
        var begin = System.nanoTime();
        var end = begin + duration.toNanos();
        while (System.nanoTime() < end) {
            while (underWay.get() < count) {
                send(sent.getAndIncrement(), System.nanoTime());
            }
            TimeUnit.MICROSECONDS.sleep(200);
        }
        var rate = accepted.count() / duration.toSeconds();
        awaitAnswers();
        return rate;
    }

    private void awaitAnswers() throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_OF_PATIENCE);
        while (underWay.get() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    long sent() {
        return sent.get();
    }

    private void send(long number, long planned) {
        underWay.incrementAndGet();
        var request = requests.get((int) (number % requests.size()));
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(request.path());
        request.headers().forEach(options::putHeader);
        http.request(options)
                .compose(ready -> ready.send())
                .compose(response -> response.body().map(ignored -> response))
                .onSuccess(response -> take(response, planned))
                .onFailure(ignored -> accepted.addUnanswered(millisSince(planned)))
                .onComplete(ignored -> underWay.decrementAndGet());
    }

    private void take(HttpClientResponse response, long planned) {
        var answer = new Answer(response.statusCode(), Map.of(), "", millisSince(planned));
        if (response.statusCode() == 503) {
            refused.add(answer);
            if (response.getHeader("Retry-After") == null) {
                refusedWithoutRetryAfter.incrementAndGet();
            }
        } else {
            accepted.add(answer);
        }
    }

    private static double millisSince(long planned) {
        return Math.max(0, System.nanoTime() - planned) / 1e6;
    }

    @Override
    public void close() {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
