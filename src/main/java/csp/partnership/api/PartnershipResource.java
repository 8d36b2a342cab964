package csp.partnership.api;

import java.io.InputStream;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import csp.partnership.PartnershipService;
import csp.partnership.PartnershipService.Invite;
import csp.shared.http.CurrentCaller;
import csp.shared.http.JsonFields;
import csp.shared.http.PathIds;
import csp.shared.repeat.RepeatableRequests;
import io.quarkus.narayana.jta.QuarkusTransaction;

/** Partnerships of providers and resellers (design §6, lifecycle.md R22-R26). */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class PartnershipResource {

    private final PartnershipService partnerships;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    PartnershipResource(PartnershipService partnerships, RepeatableRequests requests, CurrentCaller caller) {
        this.partnerships = partnerships;
        this.requests = requests;
        this.caller = caller;
    }

    @POST
    @Path("partnershipInvitations")
    public Response createPartnershipInvitation(InputStream body) {
        return requests.answer(body, 201, json -> PartnershipInvitationView
                .of(partnerships.invite(caller.get(), () -> invite(json.get()))));
    }

    @GET
    @Path("partnershipInvitations/{token}")
    public PartnershipInvitationView getPartnershipInvitation(@PathParam("token") String token) {
        return PartnershipInvitationView.of(partnerships.get(token, caller.get()));
    }

    /** Any body is ignored: there is nothing to choose. */
    @POST
    @Path("partnershipInvitations/{token}/accept")
    public Response acceptPartnershipInvitation(@PathParam("token") String token) {
        return requests.answer(200, () -> PartnershipInvitationView.of(partnerships.accept(token, caller.get())));
    }

    /** Any body is ignored: there is nothing to choose. */
    @POST
    @Path("partnershipInvitations/{token}/decline")
    public Response declinePartnershipInvitation(@PathParam("token") String token) {
        return requests.answer(200, () -> PartnershipInvitationView.of(partnerships.decline(token, caller.get())));
    }

    @DELETE
    @Path("partnerships/{partnerId}")
    public Response removePartnership(@PathParam("partnerId") String partnerId) {
        QuarkusTransaction.requiringNew()
                .run(() -> partnerships.remove(partnerId, PathIds.guid(partnerId), caller.get()));
        return Response.noContent().build();
    }

    private static Invite invite(JsonFields body) {
        var tenantId = body.guid("resellerTenantId");
        var email = body.email("resellerEmail");
        if (tenantId.isEmpty() && email.isEmpty()) {
            throw body.refusal("resellerTenantId", "or resellerEmail is required but both are missing or null");
        }
        return new Invite(tenantId.orElse(null), email.orElse(null));
    }
}
