package csp.shared.http;

import csp.shared.caller.CurrentCaller;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Notes which operation was matched: the name of a resource method is the operationId of the published document. */
class OperationFilter {

    private final CurrentCaller caller;

    OperationFilter(CurrentCaller caller) {
        this.caller = caller;
    }

    @ServerRequestFilter
    void note(RoutingContext context, ResourceInfo resource) {
        var exchange = Exchange.of(context);
        var method = resource.getResourceMethod();
        exchange.operation = method.getName();
        exchange.form = method.getAnnotation(ResponseForm.class);
        var unmatched = caller.get();
        if (unmatched == null) {
            return; // open to everybody
        }
        caller.set(unmatched.calling(exchange.operation, exchange.correlationId));
        if (unmatched.tenantId() != null) {
            exchange.partner = unmatched.tenantId().toString();
        }
    }
}
