package csp.sandbox.fault.api;

import csp.platform.throttling.RateLimitException;
import csp.sandbox.fault.ErrorCatalogue;
import csp.sandbox.fault.Fault;
import csp.sandbox.fault.FaultEffect;
import csp.sandbox.fault.FaultEffect.Delay;
import csp.sandbox.fault.FaultEffect.DropConnection;
import csp.sandbox.fault.FaultEffect.Refusal;
import csp.sandbox.fault.FaultEffect.Throttle;
import csp.sandbox.fault.FaultEffect.When;
import csp.sandbox.fault.FaultedRequest;
import csp.sandbox.fault.Faults;
import csp.shared.caller.Caller;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.Exchange;
import csp.shared.http.InnerRequests;
import csp.shared.http.WorkerThread;
import csp.shared.id.Guid;
import csp.shared.transport.Place;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Has a fault strike its request: once it is known who calls what, and before anything else is. */
@ApplicationScoped // not a singleton, which would be made before the settings of the run are known
public class FaultFilter {

    /** Where the routing context has the id of the fault, as text, that struck the request; of several the last. */
    public static final String STRUCK = "csp.fault";

    /** Where it has something when the connection was ended in place of an answer. */
    public static final String DROPPED = "csp.fault.dropped";

    /** Where it has what becomes of the answer. */
    static final String LATER = "csp.fault.later";

    /** What the log says of a request that got no answer. */
    static final int UNANSWERED = 503;

    /** Of a request that was delayed to go on, where all places are taken. */
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(20);

    private final Faults faults;
    private final CurrentCaller caller;
    private final InnerRequests inner;

    FaultFilter(Faults faults, CurrentCaller caller, InnerRequests inner) {
        this.faults = faults;
        this.caller = caller;
        this.inner = inner;
    }

    /** After the filters that name the operation and count the request. Null when nothing happens, so that the request goes on. */
    @ServerRequestFilter(priority = Priorities.USER + 2)
    public Uni<Response> strike(UriInfo address, RoutingContext routing) {
        if (faults.areNone() || inner.isMarked(routing.request())) {
            return null;
        }
        var ids = address.getPathParameters();
        var operation = Exchange.of(routing).operation();
        var known = Optional.ofNullable(caller.get());
        var request = new FaultedRequest(
                operation,
                known.map(Caller::tenantId).orElse(null),
                Optional.ofNullable(ids.getFirst("transferId")).flatMap(Guid::read),
                mentionedBy(routing));
        return WorkerThread.call(() -> faults.strike(request))
                .chain(struck -> struck.isEmpty()
                        ? Uni.createFrom().nullItem()
                        : outcome(struck, routing, words(routing, known, ids)));
    }

    private static Uni<Response> outcome(List<Fault> struck, RoutingContext routing, Map<String, String> words) {
        routing.put(STRUCK, struck.get(struck.size() - 1).id().toString());
        var delay = struck.stream()
                .map(Fault::effect)
                .filter(Delay.class::isInstance)
                .map(effect -> ((Delay) effect).by())
                .reduce(Duration.ZERO, Duration::plus);
        var outcome = struck.stream()
                .map(Fault::effect)
                .filter(effect -> !(effect instanceof Delay))
                .findFirst()
                .map(effect -> outcome(effect, routing, words))
                .orElseGet(() -> Uni.createFrom().nullItem());
        return delay.isZero() ? outcome : after(delay, routing).chain(() -> outcome);
    }

    /** On a timer: neither a worker nor a connection of the database waits, and the request takes nobody's place. */
    private static Uni<Boolean> after(Duration delay, RoutingContext routing) {
        var place = Place.of(routing);
        place.leave();
        return Uni.createFrom()
                .nullItem()
                .onItem()
                .delayIt()
                .by(delay)
                .chain(() -> Uni.createFrom()
                        .item(place::comeBack)
                        .repeat()
                        .withDelay(BETWEEN_ATTEMPTS)
                        .until(isBack -> isBack)
                        .collect()
                        .last());
    }

    private static Uni<Response> outcome(FaultEffect effect, RoutingContext routing, Map<String, String> words) {
        if (effect instanceof Throttle throttle) {
            return Uni.createFrom().failure(new RateLimitException(Duration.ofSeconds(throttle.retryAfterSeconds())));
        } else if (effect instanceof Refusal refusal) {
            var isTokenEndpoint = routing.normalizedPath().contains("/oauth2/");
            return Uni.createFrom().failure(ErrorCatalogue.exception(refusal, isTokenEndpoint, words));
        } else if (effect instanceof DropConnection drop && drop.when() == When.BEFORE) {
            return Uni.createFrom()
                    .deferred(() -> closed(routing))
                    .map(gone -> Response.status(UNANSWERED).build());
        }
        routing.put(LATER, effect);
        return Uni.createFrom().nullItem();
    }

    /** Ends the connection; nothing is written to it any more. */
    static Uni<Void> closed(RoutingContext routing) {
        routing.put(DROPPED, true);
        if (!routing.response().headWritten()) {
            routing.response().setStatusCode(UNANSWERED);
        }
        return Uni.createFrom()
                .completionStage(() -> routing.request().connection().close().toCompletionStage());
    }

    /** What the sentences of errors can say of the request. */
    private static Map<String, String> words(
            RoutingContext routing, Optional<Caller> caller, MultivaluedMap<String, String> ids) {
        var exchange = Exchange.of(routing);
        var words = new HashMap<>(Map.of(
                "operation",
                exchange.operation(),
                "at",
                routing.request().path(),
                "ms-requestid",
                exchange.requestId,
                "id",
                exchange.correlationId));
        caller.ifPresent(known -> {
            words.put("partner", String.valueOf(known.tenantId()));
            words.put("caller", known.roleNames());
        });
        ids.forEach((name, values) -> words.put(name.replaceFirst("Id$", ""), values.get(0)));
        return words;
    }

    /** Looks into path, query and body, and only when a fault asks for it. */
    private static Predicate<UUID> mentionedBy(RoutingContext routing) {
        return new Predicate<>() {

            private List<String> texts;

            @Override
            public boolean test(UUID id) {
                if (texts == null) {
                    var body = routing.body() == null ? null : routing.body().buffer();
                    texts = List.of(
                            routing.request().uri().toLowerCase(Locale.ROOT),
                            body == null
                                    ? ""
                                    : body.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
                }
                return texts.stream().anyMatch(text -> text.contains(id.toString()));
            }
        };
    }
}
