package csp.agreement.api;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.UUID;
import java.util.function.Supplier;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import csp.agreement.AgreementContact;
import csp.agreement.CustomerAgreementService;
import csp.shared.http.CurrentCaller;
import csp.shared.http.PathIds;
import csp.shared.http.RequestBodies;
import csp.shared.repeat.RepeatableRequests;

/** What a customer does about its agreement itself (lifecycle.md R50). */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class AgreementAcceptanceResource {

    private final CustomerAgreementService agreements;
    private final RequestBodies bodies;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    AgreementAcceptanceResource(CustomerAgreementService agreements, RequestBodies bodies, RepeatableRequests requests,
            CurrentCaller caller) {
        this.agreements = agreements;
        this.bodies = bodies;
        this.requests = requests;
        this.caller = caller;
    }

    /** The body may be left out. Errors: see {@link CustomerAgreementService#accept}, 900118, 800002, 900126. */
    @POST
    @Path("customers/{customerId}/agreementAcceptances")
    public Response acceptAgreement(@PathParam("customerId") String customerId, InputStream body) {
        var customer = PathIds.customer(customerId);
        var sent = bodies.read(body, RequestBodies.LIMIT);
        if (sent.length == 0) {
            return requests.answer(201, () -> accepted(customer, () -> null));
        }
        return requests.answer(new ByteArrayInputStream(sent), 201,
                json -> accepted(customer, () -> AgreementRequest.acceptance(json.get())));
    }

    private AgreementView accepted(UUID customer, Supplier<AgreementContact> contact) {
        return AgreementView.confirmed(agreements.accept(customer, caller.get(), contact), caller.get().id());
    }
}
