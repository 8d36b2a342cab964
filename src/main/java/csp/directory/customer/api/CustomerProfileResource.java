package csp.directory.customer.api;

import csp.directory.billing.api.BillToFields;
import csp.directory.customer.BillingChange;
import csp.directory.customer.CustomerService;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.PathIds;
import csp.shared.http.RequestBody;
import csp.shared.http.SentEtags;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.function.Supplier;

/** Who a customer is and where its bills go (storefront.md §1, §1.1). */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class CustomerProfileResource {

    private final CustomerService customers;
    private final CurrentCaller caller;

    CustomerProfileResource(CustomerService customers, CurrentCaller caller) {
        this.customers = customers;
        this.caller = caller;
    }

    /** Address and e-mail with delegated administration only. */
    @GET
    @Path("{customerId}/profiles/company")
    public CustomerView.CompanyProfile getCustomerCompanyProfile(@PathParam("customerId") String customerId) {
        caller.get().requireUser();
        var partnerId = caller.get().tenantId();
        var related = customers.related(PathIds.customer(customerId)).require(partnerId);
        return CustomerView.CompanyProfile.of(
                related.customer(),
                related.billToOf(partnerId),
                related.relationships().isDelegatedAdmin(partnerId));
    }

    /** One profile, in spite of the published title. */
    @GET
    @Path("{customerId}/profiles/billing")
    public CustomerView.BillingProfile getCustomerBillingProfile(@PathParam("customerId") String customerId) {
        var partnerId = caller.get().tenantId();
        var related = customers.related(PathIds.customer(customerId)).require(partnerId);
        return CustomerView.BillingProfile.of(related.customer(), related.billToOf(partnerId));
    }

    /** The whole profile; what the body leaves out is gone afterwards. Errors: see {@link CustomerService#updateBilling}. */
    @PUT
    @Path("{customerId}/profiles/billing")
    public CustomerView.BillingProfile updateCustomerBillingProfile(
            @PathParam("customerId") String customerId,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            InputStream body) {
        var id = PathIds.customer(customerId);
        var content = RequestBody.read(body, contentType);
        Supplier<BillingChange> change = () -> {
            var fields = content.object();
            var etags = SentEtags.of(ifMatch, fields);
            if (etags.isEmpty()) {
                throw fields.refusal("attributes.etag", "is required, here or as If-Match, but is missing or null");
            }
            return new BillingChange(
                    BillToFields.read(fields),
                    etags.stream()
                            .filter(etag -> !etag.equals(SentEtags.ANY_VERSION))
                            .toList());
        };
        return QuarkusTransaction.requiringNew().call(() -> {
            var related = customers.updateBilling(id, caller.get(), change);
            return CustomerView.BillingProfile.of(
                    related.customer(), related.billToOf(caller.get().tenantId()));
        });
    }
}
