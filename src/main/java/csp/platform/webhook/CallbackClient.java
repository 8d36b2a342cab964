package csp.platform.webhook;

import csp.platform.webhook.CallbackHosts.HostRefusedException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Posts notifications to receivers, which are not to be trusted: it connects to the address that was looked at, follows no redirect,
 * waits for a time only, reads no more than the beginning of an answer, and never has a thread wait.
 */
@ApplicationScoped
class CallbackClient {

    /** Kept open between notifications; a receiver gets no more than so many at a time from one copy of the service. */
    static final int CONNECTIONS_PER_RECEIVER = 8;

    private static final int MOST_ANSWER_BYTES = 256;
    private static final int MOST_HEADER_BYTES = 16_384;
    private static final int SECONDS_KEPT_OPEN = 30;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\ufffd]+");

    private final Vertx vertx;
    private final Context eventLoop;
    private final CallbackHosts hosts;
    private final HttpClient http;
    private final Duration timeout;

    CallbackClient(Vertx vertx, CallbackHosts hosts, WebhooksConfig config) {
        this.vertx = vertx;
        this.hosts = hosts;
        this.timeout = config.answerTimeout();
        eventLoop = vertx.getOrCreateContext(); // made at the start, on a thread that has none: a new one
        http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) timeout.toMillis())
                        .setKeepAliveTimeout(SECONDS_KEPT_OPEN)
                        .setMaxHeaderSize(MOST_HEADER_BYTES)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_RECEIVER));
    }

    @PreDestroy
    void stop() {
        http.close();
    }

    /**
     * What a receiver made of a request.
     *
     * @param status null when it did not answer
     * @param answer the beginning of what it said, or why it said nothing
     */
    record Answer(Integer status, int milliseconds, String answer) {}

    /** @param done told once, on a thread that must not wait */
    void post(String url, Map<String, String> headers, String body, Consumer<Answer> done) {
        eventLoop.runOnContext(ignored -> new Exchanged(done).begin(url, headers, body));
    }

    /** One request and its answer; on the event loop alone. */
    private final class Exchanged {

        private final Consumer<Answer> done;
        private final long began = System.nanoTime();
        private final Buffer said = Buffer.buffer();
        private final long timer;
        private HttpClientRequest request;
        private Integer status;
        private boolean ended;

        Exchanged(Consumer<Answer> done) {
            this.done = done;
            timer = vertx.setTimer(
                    timeout.toMillis(), ignored -> end("no answer within " + timeout.toSeconds() + " s"));
        }

        void begin(String text, Map<String, String> headers, String body) {
            try {
                var url = CallbackUrl.read(text);
                hosts.addressOf(url)
                        .whenComplete((address, failure) -> eventLoop.runOnContext(ignored -> {
                            if (failure == null) {
                                send(url, address, headers, body);
                            } else {
                                fail(failure);
                            }
                        }));
            } catch (IllegalArgumentException e) {
                end("the URL " + e.getMessage());
            }
        }

        private void send(CallbackUrl url, InetAddress address, Map<String, String> headers, String body) {
            if (ended) {
                return;
            }
            var options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                    .setHost(url.host())
                    .setPort(url.port())
                    .setSsl(url.isEncrypted())
                    .setURI(url.target())
                    .setFollowRedirects(false);
            headers.forEach(options::putHeader);
            http.request(options).onSuccess(ready -> write(ready, body)).onFailure(this::fail);
        }

        private void write(HttpClientRequest ready, String body) {
            request = ready;
            if (ended) {
                request.reset();
                return;
            }
            request.response().onSuccess(this::read).onFailure(this::fail);
            request.end(Buffer.buffer(body, StandardCharsets.UTF_8.name()));
        }

        private void read(HttpClientResponse response) {
            status = response.statusCode();
            response.handler(part -> {
                said.appendBuffer(part, 0, Math.min(part.length(), MOST_ANSWER_BYTES - said.length()));
                if (said.length() == MOST_ANSWER_BYTES) {
                    end(null); // whatever else it has to say
                }
            });
            response.exceptionHandler(ignored -> end(null));
            response.endHandler(ignored -> {
                request = null; // over: its connection is for the next one
                end(null);
            });
        }

        private void fail(Throwable failure) {
            var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
            if (cause instanceof HostRefusedException refused) {
                end("the URL " + refused.getMessage());
            } else if (cause instanceof ConnectException) {
                end("no connection");
            } else if (cause instanceof SSLException) {
                end(
                        "no encrypted connection: the certificate of the receiver is not trusted, or it does not speak TLS");
            } else {
                end("the connection ended without an answer");
            }
        }

        /** @param problem counts when there is no status */
        private void end(String problem) {
            if (ended) {
                return;
            }
            ended = true;
            vertx.cancelTimer(timer);
            if (request != null) {
                request.reset();
                request.connection().close();
            }
            var milliseconds = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            done.accept(new Answer(status, milliseconds, status == null ? problem : printable(said)));
        }
    }

    private static String printable(Buffer said) {
        return UNPRINTABLE
                .matcher(said.toString(StandardCharsets.UTF_8))
                .replaceAll(" ")
                .strip();
    }
}
