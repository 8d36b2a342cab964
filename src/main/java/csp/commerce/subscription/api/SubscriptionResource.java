package csp.commerce.subscription.api;

import static csp.directory.relationship.CustomerAction.SEE_SUBSCRIPTIONS;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_NOT_FOUND;

import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionService;
import csp.directory.customer.Customer;
import csp.directory.customer.CustomerService;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.Link;
import csp.shared.http.PathIds;
import csp.shared.http.ResourceCollection;
import csp.shared.http.ResponseForm;
import csp.shared.repeat.RepeatableRequests;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;

/** What a customer owns through the calling partner (storefront.md §3). */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class SubscriptionResource {

    private final SubscriptionService subscriptions;
    private final CustomerService customers;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    SubscriptionResource(
            SubscriptionService subscriptions,
            CustomerService customers,
            RepeatableRequests requests,
            CurrentCaller caller) {
        this.subscriptions = subscriptions;
        this.customers = customers;
        this.requests = requests;
        this.caller = caller;
    }

    /** All of them, add-ons included, or those of one order or one reseller; an empty parameter counts as absent (ST9). */
    @GET
    @Path("{customerId}/subscriptions")
    @ResponseForm(charset = false)
    public ResourceCollection<SubscriptionView> listSubscriptions(
            @PathParam("customerId") String customerId,
            @QueryParam("order_id") String orderId,
            @QueryParam("mpn_id") String mpnId) {
        var customer = customer(customerId);
        var wanted = subscriptions.listed(customer.tenantId(), partnerId()).stream()
                .filter(subscription -> isWanted(orderId, subscription.orderId()))
                .filter(subscription -> isWanted(mpnId, subscription.partnerIdOnRecord()))
                .toList();
        return ResourceCollection.of(
                wanted.stream()
                        .map(subscription -> SubscriptionView.listed(subscription, customer.country()))
                        .toList(),
                linksOf(wanted, customer));
    }

    @GET
    @Path("{customerId}/subscriptions/{subscriptionId}")
    public SubscriptionView getSubscription(
            @PathParam("customerId") String customerId, @PathParam("subscriptionId") String subscriptionId) {
        var customerGuid = PathIds.customer(customerId);
        var id = subscription(subscriptionId);
        var customer = customers
                .related(customerGuid)
                .requirePermitted(partnerId(), SEE_SUBSCRIPTIONS)
                .customer();
        return SubscriptionView.of(subscriptions.listed(customerGuid, partnerId(), id), customer.country());
    }

    /** Empty for a base without add-ons and for an add-on, which has none. */
    @GET
    @Path("{customerId}/subscriptions/{subscriptionId}/addons")
    @ResponseForm(charset = false)
    public ResourceCollection<SubscriptionView> listSubscriptionAddons(
            @PathParam("customerId") String customerId, @PathParam("subscriptionId") String subscriptionId) {
        var customerGuid = PathIds.customer(customerId);
        var id = subscription(subscriptionId);
        var customer = customers
                .related(customerGuid)
                .requirePermitted(partnerId(), SEE_SUBSCRIPTIONS)
                .customer();
        return ResourceCollection.withoutLinks(subscriptions.addons(customerGuid, partnerId(), id).stream()
                .map(addon -> SubscriptionView.listed(addon, customer.country()))
                .toList());
    }

    /**
     * The resource with its changed properties; answers with it as it is now. Errors: see {@link SubscriptionService#update}.
     */
    @PATCH
    @Path("{customerId}/subscriptions/{subscriptionId}")
    @ResponseForm(charset = false)
    public Response updateSubscription(
            @PathParam("customerId") String customerId,
            @PathParam("subscriptionId") String subscriptionId,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            InputStream body) {
        var customerGuid = PathIds.customer(customerId);
        var id = subscription(subscriptionId);
        return requests.answer(body, 200, json -> {
            var updated = subscriptions.update(
                    customerGuid, id, caller.get(), () -> UpdateSubscriptionRequest.read(json.get(), id, ifMatch));
            return SubscriptionView.of(
                    updated, customers.related(customerGuid).customer().country());
        });
    }

    /** As recorded (W6): a list has links when all of it is new commerce. */
    private static ResourceCollection.Links linksOf(List<Subscription> listed, Customer customer) {
        return listed.isEmpty() || listed.stream().anyMatch(one -> one.product().isLegacy())
                ? null
                : new ResourceCollection.Links(
                        Link.get("/customers/%s/subscriptions".formatted(customer.tenantId())), null);
    }

    private Customer customer(String customerId) {
        return customers
                .related(PathIds.customer(customerId))
                .requirePermitted(partnerId(), SEE_SUBSCRIPTIONS)
                .customer();
    }

    private UUID partnerId() {
        return caller.get().tenantId();
    }

    private static UUID subscription(String id) {
        return PathIds.resource(id, SUBSCRIPTION_NOT_FOUND);
    }

    private static boolean isWanted(String wanted, String actual) {
        return wanted == null || wanted.isBlank() || wanted.equalsIgnoreCase(actual);
    }
}
