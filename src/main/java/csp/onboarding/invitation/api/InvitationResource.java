package csp.onboarding.invitation.api;

import csp.onboarding.invitation.InvitationService;
import csp.shared.caller.CurrentCaller;
import csp.shared.repeat.RepeatableRequests;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Invitations of customers (design §6). Only users may send and answer them. */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class InvitationResource {

    private final InvitationService invitations;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    InvitationResource(InvitationService invitations, RepeatableRequests requests, CurrentCaller caller) {
        this.invitations = invitations;
        this.requests = requests;
        this.caller = caller;
    }

    /** Errors: see {@link InvitationService#invite}. */
    @POST
    @Path("customerInvitations")
    public Response createCustomerInvitation(InputStream body) {
        return requests.answer(
                body,
                201,
                json -> InvitationView.of(invitations.invite(caller.get(), () -> InvitationBody.read(json.get()))));
    }

    @GET
    @Path("customerInvitations/{token}")
    public InvitationView getCustomerInvitation(@PathParam("token") String token) {
        return InvitationView.of(invitations.get(token, caller.get()));
    }

    /** Any body is ignored. Errors: see {@link InvitationService#accept}. */
    @POST
    @Path("customerInvitations/{token}/accept")
    public Response acceptCustomerInvitation(@PathParam("token") String token) {
        return requests.answer(200, () -> InvitationView.of(invitations.accept(token, caller.get())));
    }

    /** Any body is ignored. Errors: see {@link InvitationService#withdraw}. */
    @POST
    @Path("customerInvitations/{token}/withdraw")
    public Response withdrawCustomerInvitation(@PathParam("token") String token) {
        return requests.answer(200, () -> InvitationView.of(invitations.withdraw(token, caller.get())));
    }
}
