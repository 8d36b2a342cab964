package csp.platform.audit.api;

import csp.platform.audit.AuditLog;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.ContinuationToken;
import csp.shared.http.ResourceCollection;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;

/** Who changed what, for the partners it concerns (storefront.md §8). */
@Path("/v1/auditrecords")
@Produces(MediaType.APPLICATION_JSON)
public class AuditRecordResource {

    private final AuditLog log;
    private final CurrentCaller caller;
    private final RoutingContext context;
    private final Clock clock;

    AuditRecordResource(AuditLog log, CurrentCaller caller, RoutingContext context, Clock clock) {
        this.log = log;
        this.caller = caller;
        this.context = context;
        this.clock = clock;
    }

    /** One page, newest first. */
    @GET
    public ResourceCollection<AuditRecordView> listAuditRecords(@HeaderParam(ContinuationToken.HEADER) String token) {
        var query = new AuditListQuery(context.request().query(), token, clock.instant());
        var search = query.searchOf(caller.get().tenantId());
        return query.answer(log.page(search, query.seek(search)), search);
    }
}
