package csp.shared.transport;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/**
 * What a request has taken of the {@link Budget}s, given back when it is over: answered or given up by its sender, <em>and</em> left
 * by the worker that was at it.
 */
final class Holdings {

    private final List<Runnable> giveBacks = new ArrayList<>();
    private boolean isAtResource;

    /** Those of a request, on its event loop. */
    static Holdings of(RoutingContext context) {
        Holdings holdings = context.get(Holdings.class.getName());
        if (holdings == null) {
            holdings = new Holdings();
            context.put(Holdings.class.getName(), holdings);
            context.addEndHandler(holdings::ended);
        }
        return holdings;
    }

    /** To be undone once. */
    synchronized void add(Runnable giveBack) {
        giveBacks.add(giveBack);
    }

    private synchronized void ended(Object ignored) {
        if (!isAtResource) {
            giveBack();
        }
    }

    /** From here on the end of the work at the resource counts, which may come later than that of the connection. */
    synchronized void goTo(ResteasyReactiveRequestContext resource) {
        isAtResource = true;
        resource.registerCompletionCallback(ignored -> giveBack());
    }

    private synchronized void giveBack() {
        giveBacks.forEach(Runnable::run);
        giveBacks.clear();
    }
}
