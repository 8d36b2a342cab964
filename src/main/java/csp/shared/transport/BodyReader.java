package csp.shared.transport;

import static csp.shared.error.ErrorCode.BODY_TOO_LARGE;
import static csp.shared.error.ErrorCode.BODY_TOO_SLOW;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.SERVICE_UNAVAILABLE;

import csp.shared.http.Refusals;
import csp.shared.http.RequestBody;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Reads the body of a request before a worker is taken for it, so that a slow sender holds a connection and nothing else. A body
 * has a deadline, and only so many bytes of bodies are in memory at a time. Of a body that is too large so much is kept that
 * the resource sees it, and the rest is read and dropped. Scenarios are not kept: their resource reads them as they arrive.
 */
@ApplicationScoped
class BodyReader {

    private static final int AFTER_THE_ENVELOPE = 9_000;
    /** Larger than any body a resource accepts: what is beyond is not even read. */
    private static final long UNREADABLE_BYTES = 32L << 20;
    /** So much of each body has its place whatever the others take: more than nearly all bodies have. */
    private static final int FREE_BYTES = 16 << 10;
    /** What a byte of JSON takes at worst while it is worked at: an empty object in a list, for example. */
    private static final int WORKING_BYTES = 32;
    /** Where it takes the most: {@link RequestBody} bounds the number of values. */
    private static final int DENSE_BYTES = 128 << 10;

    private static final int SPARSE_WORKING_BYTES = 8;
    private static final long ASK_AGAIN_MILLIS = 20;
    private static final String STREAMED = "/sandbox/scenarios";
    /** A scenario is read as fast as it is worked at, one at a time: its sender, the operator, may be kept waiting. */
    private static final int STREAMED_DEADLINES = 6;

    private static final String CONTINUE = "100-continue";

    private final TransportConfig config;
    private final Refusals refusals;
    private final Budget bodies;
    private final Budget arriving;
    private final Budget working;

    BodyReader(TransportConfig config, Refusals refusals) {
        this.config = config;
        this.refusals = refusals;
        var memory = config.bodyMemory().orElse(Runtime.getRuntime().maxMemory() / 8);
        bodies = new Budget(config.bodiesUnderWay());
        arriving = new Budget(memory);
        working = new Budget(2 * memory);
    }

    void register(@Observes Filters filters) {
        filters.register(this::read, AFTER_THE_ENVELOPE);
    }

    private void read(RoutingContext context) {
        if (!hasBody(context.request())) {
            context.next();
        } else if (!bodies.take(1)) {
            refusals.close(context, SERVICE_UNAVAILABLE);
        } else {
            var arrival = new Arrival(context);
            if (isStreamed(context)) {
                context.next();
            } else {
                arrival.begin();
            }
        }
    }

    private static boolean isStreamed(RoutingContext context) {
        return context.normalizedPath().startsWith(STREAMED);
    }

    private static boolean hasBody(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && !length.equals("0") || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private static long workingBytes(long length) {
        return Math.min(length, DENSE_BYTES) * WORKING_BYTES + Math.max(0, length - DENSE_BYTES) * SPARSE_WORKING_BYTES;
    }

    /** One body on its way, on the event loop of its connection. */
    private final class Arrival {

        private final RoutingContext context;
        private final HttpServerRequest request;
        private final CompositeByteBuf kept = Unpooled.compositeBuffer(Integer.MAX_VALUE);
        private final Duration patience;
        private final long deadline;
        private long received;
        /** Taken of what is beyond the free bytes. */
        private long taken;

        private boolean isOver;

        Arrival(RoutingContext context) {
            this.context = context;
            this.request = context.request();
            Holdings.of(context).add(this::giveBack);
            patience = config.bodyDeadline().multipliedBy(isStreamed(context) ? STREAMED_DEADLINES : 1);
            deadline = context.vertx().setTimer(patience.toMillis(), ignored -> late());
            request.end().onSuccess(ignored -> context.vertx().cancelTimer(deadline));
        }

        void begin() {
            request.pause();
            request.handler(this::take);
            request.exceptionHandler(ignored -> isOver = true); // the connection is gone
            if (request.decoderResult() instanceof ChunkedBody chunks) {
                chunks.watch();
            }
            request.endHandler(ignored -> complete());
            if (CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                context.response().writeContinue();
            }
            request.resume();
        }

        private void take(Buffer chunk) {
            if (isOver) {
                return;
            }
            received += chunk.length();
            if (received > UNREADABLE_BYTES) {
                refuse(() -> refusals.close(context, BODY_TOO_LARGE, UNREADABLE_BYTES));
                return;
            }
            var wanted = Math.min(chunk.length(), RequestBody.LIMIT + 1 - kept.readableBytes());
            if (wanted <= 0) {
                return;
            }
            kept.addComponent(true, chunk.getByteBuf().slice(0, wanted));
            var more = Math.max(0, kept.readableBytes() - FREE_BYTES) - taken;
            if (more > 0) {
                request.pause();
                whenThereIs(() -> arriving.take(more), () -> {
                    taken += more;
                    request.resume();
                });
            }
        }

        private void complete() {
            if (isOver) {
                return;
            }
            isOver = true;
            context.vertx().cancelTimer(deadline);
            if (request.decoderResult() instanceof ChunkedBody chunks && chunks.isMalformed) {
                refusals.close(context, INVALID_INPUT, "the body is not in chunks as its headers say.");
                return;
            }
            var working = workingBytes(kept.readableBytes());
            whenThereIs(() -> BodyReader.this.working.take(working), () -> {
                Holdings.of(context).add(() -> BodyReader.this.working.give(working));
                ((RoutingContextInternal) context).setBody(Buffer.buffer(kept));
                context.next();
            });
        }

        /** At once, or a little later; 503 when it takes too long. */
        private void whenThereIs(BooleanSupplier memory, Runnable then) {
            whenThereIs(memory, then, config.memoryWait().toMillis());
        }

        private void whenThereIs(BooleanSupplier memory, Runnable then, long millis) {
            if (context.response().closed() || context.response().ended()) {
                return;
            }
            if (memory.getAsBoolean()) {
                then.run();
            } else if (millis <= 0) {
                refuse(() -> refusals.close(context, SERVICE_UNAVAILABLE));
            } else {
                context.vertx()
                        .setTimer(ASK_AGAIN_MILLIS, ignored -> whenThereIs(memory, then, millis - ASK_AGAIN_MILLIS));
            }
        }

        private void late() {
            if (!request.isEnded()) {
                refuse(() -> {
                    refusals.close(context, BODY_TOO_SLOW, patience.toSeconds());
                    request.connection().close();
                });
            }
        }

        private void refuse(Runnable answer) {
            isOver = true;
            if (!context.response().ended() && !context.response().closed()) {
                answer.run();
            }
        }

        private void giveBack() {
            isOver = true;
            context.vertx().cancelTimer(deadline);
            arriving.give(taken);
            bodies.give(1);
        }
    }
}
