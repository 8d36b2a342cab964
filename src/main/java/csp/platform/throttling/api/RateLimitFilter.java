package csp.platform.throttling.api;

import csp.platform.throttling.RateLimit;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.WorkerThread;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Every operation of the mirrored API counts; the portal and the sandbox have no limit. */
@ApplicationScoped // not a singleton, which would be made before the settings of the run are known
class RateLimitFilter {

    private static final Set<String> MIRRORED = Set.of("v1", "webhooks", "auditactivity");

    private final RateLimit limit;
    private final CurrentCaller caller;

    RateLimitFilter(RateLimit limit, CurrentCaller caller) {
        this.limit = limit;
        this.caller = caller;
    }

    /** After the filter that names the operation for the log. Null where nothing is counted, so that the request goes on. */
    @ServerRequestFilter(priority = Priorities.USER + 1)
    public Uni<Response> count(UriInfo uri) {
        var known = caller.get(); // nobody for what is open
        if (!limit.isSet()
                || known == null
                || !MIRRORED.contains(uri.getPathSegments().get(0).getPath())) {
            return null;
        }
        return WorkerThread.call(() -> {
            limit.count(known.tenantId());
            return null;
        });
    }
}
