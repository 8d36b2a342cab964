package csp.commerce.agreement.api;

import csp.commerce.agreement.CustomerAgreementService;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.PathIds;
import csp.shared.http.ResourceCollection;
import csp.shared.http.ResponseForm;
import csp.shared.repeat.RepeatableRequests;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The agreements of a customer (storefront.md §5). Only users may ask and confirm. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class CustomerAgreementResource {

    /** Whether the customer accepted the Microsoft Customer Agreement itself (R50). */
    public record DirectSignedStatus(boolean isSigned) {}

    private final CustomerAgreementService agreements;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    CustomerAgreementResource(CustomerAgreementService agreements, RepeatableRequests requests, CurrentCaller caller) {
        this.agreements = agreements;
        this.requests = requests;
        this.caller = caller;
    }

    /** What the calling partner confirmed; the recorded form has no attributes. */
    @GET
    @Path("{customerId}/agreements")
    @ResponseForm(charset = false)
    public ResourceCollection<AgreementView> listCustomerAgreements(
            @PathParam("customerId") String customerId, @QueryParam("agreementType") String agreementType) {
        caller.get().requireUser();
        var customer = PathIds.customer(customerId);
        var confirmed = agreements.attestedBy(customer, caller.get());
        var types = AgreementTypes.wanted(agreementType);
        var items = confirmed.stream()
                .filter(agreement -> types.contains(agreement.type()))
                .map(AgreementView::read)
                .toList();
        return new ResourceCollection<>(items.size(), items, null, null);
    }

    /** The calling partner attests that the customer accepted. Errors: see {@link CustomerAgreementService#attest}. */
    @POST
    @Path("{customerId}/agreements")
    @ResponseForm(charset = false)
    public Response confirmAgreement(@PathParam("customerId") String customerId, InputStream body) {
        caller.get().requireUser();
        var customer = PathIds.customer(customerId);
        return requests.answer(
                body,
                201,
                json -> AgreementView.confirmed(
                        agreements.attest(customer, caller.get(), () -> AgreementRequest.attestation(json.get())),
                        caller.get().id()));
    }

    @GET
    @Path("{customerId}/directSignedMicrosoftCustomerAgreementStatus")
    @ResponseForm(charset = false)
    public DirectSignedStatus getDirectSignedStatus(@PathParam("customerId") String customerId) {
        caller.get().requireUser();
        return new DirectSignedStatus(agreements.isDirectlySigned(PathIds.customer(customerId), caller.get()));
    }
}
