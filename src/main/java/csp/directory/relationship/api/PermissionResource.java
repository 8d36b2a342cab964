package csp.directory.relationship.api;

import csp.directory.relationship.PermissionService;
import csp.directory.relationship.PermittedAction;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.PathIds;
import csp.shared.http.ResourceCollection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What the calling partner may do for a customer (lifecycle.md §6). */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class PermissionResource {

    /**
     * One action on the portal.
     *
     * @param code what its operation is refused with; this and reason only when not permitted
     */
    public record PermittedActionView(String action, boolean permitted, String rule, Integer code, String reason) {

        private static PermittedActionView of(PermittedAction permitted) {
            var refusal = permitted.refusal();
            return new PermittedActionView(
                    permitted.action().wireName,
                    refusal.isEmpty(),
                    permitted.action().rule,
                    refusal.map(refused -> refused.error.code).orElse(null),
                    refusal.map(Throwable::getMessage).orElse(null));
        }
    }

    private final PermissionService permissions;
    private final CurrentCaller caller;

    PermissionResource(PermissionService permissions, CurrentCaller caller) {
        this.permissions = permissions;
        this.caller = caller;
    }

    /** Every action, permitted or not. */
    @GET
    @Path("customers/{customerId}/permittedActions")
    public ResourceCollection<PermittedActionView> listPermittedActions(@PathParam("customerId") String customerId) {
        return ResourceCollection.withoutLinks(permissions.of(PathIds.customer(customerId), caller.get()).stream()
                .map(PermittedActionView::of)
                .toList());
    }
}
