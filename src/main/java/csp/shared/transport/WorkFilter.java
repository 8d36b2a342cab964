package csp.shared.transport;

import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Keeps what a request holds until its resource is done with it, although its sender may have gone. */
class WorkFilter {

    /** Before that of the tokens, which may change the thread. */
    @ServerRequestFilter(preMatching = true, priority = 0)
    void hold(ResteasyReactiveContainerRequestContext request, RoutingContext context) {
        Holdings.of(context).goTo((ResteasyReactiveRequestContext) request.getServerRequestContext());
    }
}
