package csp.commerce.agreement.api;

import csp.commerce.agreement.CustomerAgreementService;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.PathIds;
import csp.shared.repeat.RepeatableRequests;
import csp.shared.repeat.Reply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** What a customer does about its agreement itself (lifecycle.md R50). */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class AgreementAcceptanceResource {

    private final CustomerAgreementService agreements;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    AgreementAcceptanceResource(
            CustomerAgreementService agreements, RepeatableRequests requests, CurrentCaller caller) {
        this.agreements = agreements;
        this.requests = requests;
        this.caller = caller;
    }

    /** The body may be left out. Errors: see {@link CustomerAgreementService#accept}. */
    @POST
    @Path("customers/{customerId}/agreementAcceptances")
    public Response acceptAgreement(@PathParam("customerId") String customerId, InputStream body) {
        var customer = PathIds.customer(customerId);
        return requests.reply(
                body,
                content -> new Reply(
                        201,
                        AgreementView.confirmed(
                                agreements.accept(
                                        customer,
                                        caller.get(),
                                        () -> content.objectIfAny()
                                                .map(AgreementRequest::acceptance)
                                                .orElse(null)),
                                caller.get().id())));
    }
}
