package csp.sandbox.journal.api;

import csp.sandbox.fault.api.FaultFilter;
import csp.shared.caller.Caller;
import csp.shared.error.AnsweredError;
import csp.shared.error.ErrorCode;
import csp.shared.http.Exchange;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is taken down of one request while it is served: references, and nothing that costs. Whatever is made of it is made afterwards, by
 * the {@link JournalWriter}.
 */
final class RecordedExchange {

    final Instant received;
    final Instant at;
    final String method;
    final String uri;
    final MultiMap requestHeaders;
    /** As it was sent; the header is rewritten for the framework. Null when there was none. */
    final String accept;

    private final long begin = System.nanoTime();

    /** Null without a valid token. */
    Caller caller;
    /** What the answer was written from; null when there is none, or too much of it to keep. */
    Object answer;

    /** The beginning of a long one; null when there is none. */
    Buffer body;

    int requestBytes;
    /** Null when none matched. */
    String operation;

    String correlationId;
    /** Null when the connection ended without an answer. */
    Integer status;

    ErrorCode error;
    String fault;
    List<Map.Entry<String, String>> responseHeaders = List.of();
    int responseBytes;
    int milliseconds;
    private boolean isOver;

    RecordedExchange(RoutingContext context, Instant received, Instant at) {
        this.received = received;
        this.at = at;
        method = context.request().method().name();
        uri = context.request().uri();
        requestHeaders = context.request().headers();
        accept = requestHeaders.get(HttpHeaders.ACCEPT);
    }

    void attachTo(RoutingContext context) {
        context.put(RecordedExchange.class.getName(), this);
    }

    /** That of a request; null when nothing is taken down of it. */
    static RecordedExchange of(RoutingContext context) {
        return context.get(RecordedExchange.class.getName());
    }

    /**
     * Takes down how it ended, the first time.
     *
     * @param mostBytes of a body that are kept
     * @return whether it was the first time
     */
    boolean end(RoutingContext context, boolean isAnswered, int mostBytes) {
        if (isOver) {
            return false;
        }
        isOver = true;
        milliseconds = (int) ((System.nanoTime() - begin) / 1_000_000);
        var exchange = Exchange.of(context);
        correlationId = exchange.correlationId;
        operation = exchange.operation().equals(Exchange.NO_OPERATION) ? null : exchange.operation();
        error = AnsweredError.of(context);
        fault = context.get(FaultFilter.STRUCK);
        var sent = context.body() == null ? null : context.body().buffer();
        if (sent != null) {
            requestBytes = sent.length();
            body = requestBytes <= mostBytes ? sent : sent.getBuffer(0, mostBytes);
        }
        // What is written to a connection while it is being closed reaches nobody.
        if (isAnswered && context.get(FaultFilter.DROPPED) == null) {
            status = context.response().getStatusCode();
            responseHeaders = context.response().headers().entries();
            responseBytes = length(context.response().headers());
            if (responseBytes > mostBytes) {
                answer = null;
            }
        }
        return true;
    }

    /** Of what a page is made of rather than the API. */
    boolean isOfPage() {
        return operation == null && status != null && status < 400;
    }

    private static int length(MultiMap headers) {
        var length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Integer.parseInt(length);
    }
}
