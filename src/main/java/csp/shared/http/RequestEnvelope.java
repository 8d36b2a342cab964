package csp.shared.http;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import csp.shared.error.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * What every request gets, whatever becomes of it: ids in the answer, one slash where a client sent two (ST4), the recorded
 * spelling of the content type, a line in the log and a measurement.
 */
@ApplicationScoped
class RequestEnvelope {

    /** Larger than any body a resource accepts; what is beyond it is not even read. */
    static final long UNREADABLE_BYTES = 32L << 20;

    private static final Logger LOG = Logger.getLogger("csp.requests");
    /** Before the checks of the framework, which answer without ids and without a body. */
    private static final int FIRST = 10_000;

    private static final int LONGEST_ID = 128;
    private static final Pattern SLASHES = Pattern.compile("/{2,}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x21-\\x7e]");
    /** Another name of JSON among the media types of the vendor's clients (W31); the answer is called application/json. */
    private static final Pattern TEXT_JSON = Pattern.compile("\\btext/json\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern WRONG_ESCAPE = Pattern.compile("%(?!\\p{XDigit}{2})");

    private static final CharSequence LOCALE = HttpHeaders.createOptimized("X-Locale");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence JSON_IN_UTF_8 = HttpHeaders.createOptimized("application/json; charset=utf-8");

    private final MeterRegistry meters;
    private final Refusals refusals;
    /** The registry would put tags together and look through its filters each time. */
    private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();

    RequestEnvelope(MeterRegistry meters, Refusals refusals) {
        this.meters = meters;
        this.refusals = refusals;
    }

    private record Outcome(String operation, int status) {}

    void register(@Observes Filters filters) {
        filters.register(this::wrap, FIRST);
    }

    private void wrap(RoutingContext context) {
        var request = context.request();
        if (request.path().contains("//")) {
            var query = request.query();
            var path = SLASHES.matcher(request.path()).replaceAll("/");
            context.reroute(request.method(), query == null ? path : path + "?" + query);
            return;
        }
        if (request.path().startsWith("/q/")) {
            context.next();
            return;
        }
        var exchange =
                new Exchange(sentOrNew(context, Exchange.REQUEST_ID), sentOrNew(context, Exchange.CORRELATION_ID));
        exchange.attachTo(context);
        context.response()
                .putHeader(Exchange.REQUEST_ID, exchange.requestId)
                .putHeader(Exchange.CORRELATION_ID, exchange.correlationId);
        context.addHeadersEndHandler(ignored -> shapeHeaders(context, exchange));
        takeTextForJson(request);
        var begin = System.nanoTime();
        context.addEndHandler(ignored -> report(context, exchange, System.nanoTime() - begin));
        if (declaredLength(context) > UNREADABLE_BYTES) {
            refusals.close(context, ErrorCode.BODY_TOO_LARGE, UNREADABLE_BYTES);
        } else if (hasWrongEscape(request.uri())) {
            refusals.close(
                    context, ErrorCode.INVALID_INPUT, "the address of the request has a wrong percent-encoding.");
        } else {
            context.next();
        }
    }

    private static boolean hasWrongEscape(String uri) {
        return uri.indexOf('%') >= 0 && WRONG_ESCAPE.matcher(uri).find();
    }

    private static void takeTextForJson(HttpServerRequest request) {
        if (!request.headers().contains(HttpHeaders.ACCEPT)) {
            return;
        }
        var accepted = request.headers().getAll(HttpHeaders.ACCEPT);
        if (accepted.stream().anyMatch(TEXT_JSON.asPredicate())) {
            request.headers()
                    .set(
                            HttpHeaders.ACCEPT,
                            TEXT_JSON.matcher(String.join(", ", accepted)).replaceAll("application/json"));
        }
    }

    private static String sentOrNew(RoutingContext context, String header) {
        var sent = context.request().getHeader(header);
        return sent == null || sent.isBlank() || sent.length() > LONGEST_ID ? newId() : sent;
    }

    /** It tells requests apart and guards nothing, so it does not wait for the generator of secrets, which all threads share. */
    private static String newId() {
        var random = ThreadLocalRandom.current();
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() & ~(3L << 62) | 1L << 63).toString();
    }

    private static void shapeHeaders(RoutingContext context, Exchange exchange) {
        var response = context.response();
        var headers = response.headers();
        var contentType = headers.get(HttpHeaders.CONTENT_TYPE);
        var form = response.getStatusCode() < 300 ? exchange.form : null;
        if (contentType != null && contentType.startsWith("application/json")) {
            headers.set(HttpHeaders.CONTENT_TYPE, form == null || form.charset() ? JSON_IN_UTF_8 : JSON);
        }
        if (form != null && !form.locale().isEmpty()) {
            headers.set(LOCALE, form.locale());
        }
    }

    private void report(RoutingContext context, Exchange exchange, long nanos) {
        var status = context.response().getStatusCode();
        timers.computeIfAbsent(new Outcome(exchange.operation, status), this::timer)
                .record(nanos, NANOSECONDS);
        // Put together by hand: java.util.Formatter had more samples than a read's statement.
        LOG.info("correlationId=" + printable(exchange.correlationId) + " partner=" + exchange.partner + " operation="
                + exchange.operation + " status=" + status + " milliseconds=" + NANOSECONDS.toMillis(nanos));
    }

    private Timer timer(Outcome outcome) {
        return meters.timer("csp.requests", "operation", outcome.operation, "status", Integer.toString(outcome.status));
    }

    private static String printable(String id) {
        return id.chars().allMatch(character -> character > ' ' && character < 0x7f)
                ? id
                : UNPRINTABLE.matcher(id).replaceAll("?");
    }

    private static long declaredLength(RoutingContext context) {
        try {
            var declared = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
            return declared == null ? 0 : Long.parseLong(declared);
        } catch (NumberFormatException e) {
            return 0; // the HTTP server refuses it
        }
    }
}
