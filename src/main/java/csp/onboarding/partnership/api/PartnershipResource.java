package csp.onboarding.partnership.api;

import csp.onboarding.partnership.PartnershipService;
import csp.onboarding.partnership.PartnershipService.Invite;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.JsonFields;
import csp.shared.id.Guid;
import csp.shared.repeat.RepeatableRequests;
import csp.shared.repeat.Reply;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

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

    /** Without a body, or with one that names nobody, for whoever gets the link. */
    @POST
    @Path("partnershipInvitations")
    public Response createPartnershipInvitation(InputStream body) {
        return requests.reply(
                body,
                content -> new Reply(
                        201,
                        PartnershipInvitationView.of(partnerships.invite(
                                caller.get(),
                                () -> content.objectIfAny()
                                        .map(PartnershipResource::invite)
                                        .orElse(Invite.WHOEVER)))));
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
        QuarkusTransaction.requiringNew().run(() -> partnerships.remove(partnerId, Guid.read(partnerId), caller.get()));
        return Response.noContent().build();
    }

    private static Invite invite(JsonFields body) {
        return new Invite(
                body.guid("resellerTenantId").orElse(null),
                body.email("resellerEmail").orElse(null));
    }
}
