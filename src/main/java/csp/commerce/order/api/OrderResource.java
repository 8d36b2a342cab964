package csp.commerce.order.api;

import static csp.directory.relationship.CustomerAction.SEE_ORDERS;

import csp.commerce.order.OrderChangeService;
import csp.commerce.order.OrderService;
import csp.commerce.order.PurchaseService;
import csp.commerce.subscription.BillingCycle;
import csp.directory.customer.Customer;
import csp.directory.customer.CustomerService;
import csp.shared.caller.CurrentCaller;
import csp.shared.error.Choice;
import csp.shared.http.Link;
import csp.shared.http.PathIds;
import csp.shared.http.ResourceCollection;
import csp.shared.http.ResponseForm;
import csp.shared.repeat.RepeatableRequests;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.stream.Stream;

/** The orders the calling partner placed for a customer (storefront.md §4). */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class OrderResource {

    private final OrderService orders;
    private final PurchaseService purchases;
    private final OrderChangeService changes;
    private final CustomerService customers;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    OrderResource(
            OrderService orders,
            PurchaseService purchases,
            OrderChangeService changes,
            CustomerService customers,
            RepeatableRequests requests,
            CurrentCaller caller) {
        this.purchases = purchases;
        this.changes = changes;
        this.requests = requests;
        this.orders = orders;
        this.customers = customers;
        this.caller = caller;
    }

    /** All of them, or those of one billing cycle (W35); the price parameter that clients send has no effect. Error 900126. */
    @GET
    @Path("{customerId}/orders")
    public ResourceCollection<OrderView> listOrders(
            @PathParam("customerId") String customerId, @QueryParam("billingType") String billingType) {
        var customer = related(customerId);
        var cycle = billingType == null || billingType.isBlank() ? null : billingCycle(billingType);
        return ResourceCollection.of(
                orders.placed(customer.tenantId(), caller.get().tenantId()).stream()
                        .filter(order -> cycle == null || order.isBilled(cycle))
                        .map(order -> OrderView.listed(order, customer.country()))
                        .toList(),
                new ResourceCollection.Links(
                        Link.get("/customers/%s/orders%s"
                                .formatted(
                                        customer.tenantId(), cycle == null ? "" : "?billingType=" + cycle.wireName())),
                        null));
    }

    /** An order, placed and completed at once. */
    @POST
    @Path("{customerId}/orders")
    public Response createOrder(@PathParam("customerId") String customerId, InputStream body) {
        var id = PathIds.customer(customerId);
        return requests.answer(body, 201, json -> {
            var order = purchases.buy(id, caller.get(), () -> CreateOrderRequest.read(json.get(), id));
            return OrderView.of(order, customers.related(id).customer().country());
        });
    }

    /** One of them, named by a GUID or by the opaque id of an order that is no GUID. */
    @GET
    @Path("{customerId}/orders/{orderId}")
    @ResponseForm(charset = false)
    public OrderView getOrder(@PathParam("customerId") String customerId, @PathParam("orderId") String orderId) {
        var customer = related(customerId);
        return OrderView.of(orders.placed(customer.tenantId(), caller.get().tenantId(), orderId), customer.country());
    }

    /** More lines, or another billing cycle. Errors: see {@link OrderChangeService#change}. */
    @PATCH
    @Path("{customerId}/orders/{orderId}")
    public Response updateOrder(
            @PathParam("customerId") String customerId,
            @PathParam("orderId") String orderId,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            InputStream body) {
        var id = PathIds.customer(customerId);
        return requests.answer(body, 200, json -> {
            var order = changes.change(
                    id, orderId, caller.get(), () -> UpdateOrderRequest.read(json.get(), id, orderId, ifMatch));
            return OrderView.of(order, customers.related(id).customer().country());
        });
    }

    private static BillingCycle billingCycle(String name) {
        return Stream.of(BillingCycle.values())
                .filter(known -> Choice.same(known.wireName(), name))
                .findFirst()
                .orElseThrow(() -> Choice.refusal(
                        "billingType", name, Stream.of(BillingCycle.values()).map(BillingCycle::wireName)));
    }

    private Customer related(String customerId) {
        return customers
                .related(PathIds.customer(customerId))
                .requirePermitted(caller.get().tenantId(), SEE_ORDERS)
                .customer();
    }
}
