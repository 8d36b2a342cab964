package csp.shared.transport;

import csp.shared.http.Refusals;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Answers what the {@link StrictDecoder} found, as everything else is answered: with ids, four fields and one line in the log. */
@ApplicationScoped
class MalformedRequests {

    private static final int RIGHT_AFTER_THE_ENVELOPE = 9_900;

    private final Refusals refusals;

    MalformedRequests(Refusals refusals) {
        this.refusals = refusals;
    }

    void register(@Observes Filters filters) {
        filters.register(this::answer, RIGHT_AFTER_THE_ENVELOPE);
    }

    private void answer(RoutingContext context) {
        if (context.request().decoderResult() instanceof MalformedRequest malformed) {
            refusals.close(context, malformed.error, malformed.arguments);
        } else {
            context.next();
        }
    }
}
