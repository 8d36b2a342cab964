package csp.shared.transport;

import static csp.shared.error.ErrorCode.SERVICE_UNAVAILABLE;

import csp.shared.http.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds what is worked at or waits for it: whoever comes when so many are there already gets 503 at once, and who was let in does
 * not wait long. Health and measurements are counted apart, and some workers are always left for them.
 */
@ApplicationScoped
class RequestAdmission {

    /** Once the body is there. */
    private static final int AFTER_THE_BODY = 8_000;

    private static final int WORKERS_FOR_OPERATORS = 32;
    /**
     * Of the requests that an event loop finds at once it lets in so many, or its part of all places if that is more. Were it as many
     * as are answered meanwhile, nobody would ever be refused in time.
     */
    private static final int OF_A_PASS = 16;

    private final Refusals refusals;
    private final Budget requests;
    private final int mostOfPass;
    private final Budget operatorRequests = new Budget(WORKERS_FOR_OPERATORS);
    private final AtomicLong admitted = new AtomicLong();

    RequestAdmission(
            TransportConfig config,
            Refusals refusals,
            MeterRegistry meters,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.thread-pool.max-threads") int workers) {
        this.refusals = refusals;
        var places = Math.max(1, Math.min(config.requestsUnderWay(), workers - 2 * WORKERS_FOR_OPERATORS));
        requests = new Budget(places);
        mostOfPass = Math.max(OF_A_PASS, places / eventLoops(vertx));
        meters.gauge("csp.requests.under.way", requests, Budget::taken);
    }

    private static int eventLoops(Vertx vertx) {
        var loops = 0;
        for (var ignored : ((VertxInternal) vertx).getEventLoopGroup()) {
            loops++;
        }
        return loops;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AFTER_THE_BODY);
    }

    /** Whether nothing is worked at. */
    boolean isIdle() {
        return requests.taken() == 0 && operatorRequests.taken() == 0;
    }

    /** How many were let in so far. */
    long admitted() {
        return admitted.get();
    }

    private void admit(RoutingContext context) {
        var isOfOperator = context.normalizedPath().startsWith("/q/");
        var budget = isOfOperator ? operatorRequests : requests;
        if ((isOfOperator || LoopPass.current().letIn() < mostOfPass) && budget.take(1)) {
            if (!isOfOperator) {
                LoopPass.current().letInOneMore();
            }
            admitted.incrementAndGet();
            Holdings.of(context).add(Place.taken(budget, context)::end);
            context.next();
        } else {
            refusals.answer(context, SERVICE_UNAVAILABLE);
        }
    }
}
