package csp.directory.customer.api;

import csp.directory.customer.CustomerSearch.Field;
import csp.directory.customer.CustomerService;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.ContinuationToken;
import csp.shared.http.PathIds;
import csp.shared.http.ResourceCollection;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The customers of the calling partner (storefront.md §1). */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class CustomerResource {

    private final CustomerService customers;
    private final CurrentCaller caller;
    private final RoutingContext context;

    CustomerResource(CustomerService customers, CurrentCaller caller, RoutingContext context) {
        this.customers = customers;
        this.caller = caller;
        this.context = context;
    }

    /** One page of the caller's customers, all of them or those that fit a filter. */
    @GET
    public ResourceCollection<CustomerSummaryView> listCustomers(@HeaderParam(ContinuationToken.HEADER) String token) {
        var partnerId = caller.get().tenantId();
        var query = new CustomerListQuery(context.request().query(), token);
        if (query.isBy(Field.INDIRECT_RESELLER)) {
            caller.get().requireUser();
        }
        var search = query.searchOf(partnerId);
        var page = customers.page(search, query.seek(search));
        return query.answer(page, search);
    }

    /** The customer in full. */
    @GET
    @Path("/{customerId}")
    public CustomerView getCustomer(@PathParam("customerId") String customerId) {
        var partnerId = caller.get().tenantId();
        var related = customers.related(PathIds.customer(customerId)).require(partnerId);
        return CustomerView.of(
                related.customer(),
                related.billToOf(partnerId),
                related.relationships().isDelegatedAdmin(partnerId));
    }
}
