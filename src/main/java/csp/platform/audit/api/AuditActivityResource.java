package csp.platform.audit.api;

import csp.platform.audit.AuditLog;
import csp.shared.caller.CurrentCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The audit service beside the API, which gives a single record (storefront.md §8). */
@Path("/auditactivity/v1/auditrecords")
@Produces(MediaType.APPLICATION_JSON)
public class AuditActivityResource {

    private final AuditLog log;
    private final CurrentCaller caller;

    AuditActivityResource(AuditLog log, CurrentCaller caller) {
        this.log = log;
        this.caller = caller;
    }

    /** The record, or null when there is none that concerns the caller. */
    @GET
    @Path("{auditRecordId}")
    public Response getAuditRecord(@PathParam("auditRecordId") String auditRecordId) {
        Object found = log.find(caller.get().tenantId(), auditRecordId)
                .<Object>map(AuditRecordView::of)
                .orElse("null");
        return Response.ok(found).build(); // the text of a JSON null: without an entity the status would be 204
    }
}
