package csp.platform.webhook.api;

import static csp.shared.error.ErrorCode.WEBHOOK_DELIVERY_NOT_FOUND;

import csp.platform.webhook.DeliveryLog;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.ContinuationToken;
import csp.shared.http.PathIds;
import csp.shared.repeat.RepeatableRequests;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What became of the notifications of a partner (D27). */
@Path("/portal/v1/webhookDeliveries")
@Produces(MediaType.APPLICATION_JSON)
public class WebhookDeliveryResource {

    private final DeliveryLog log;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;
    private final RoutingContext context;

    WebhookDeliveryResource(
            DeliveryLog log, RepeatableRequests requests, CurrentCaller caller, RoutingContext context) {
        this.log = log;
        this.requests = requests;
        this.caller = caller;
        this.context = context;
    }

    /** One page, newest first, and how the receiver treats each event (W70). */
    @GET
    public WebhookDeliveryList listWebhookDeliveries(@HeaderParam(ContinuationToken.HEADER) String token) {
        var query = new DeliveryListQuery(context.request().query(), token);
        var search = query.searchOf(caller.get().tenantId());
        var page = log.page(caller.get(), search, query.seek(search));
        return WebhookDeliveryList.of(query.answer(page, search), log.refusals(caller.get()));
    }

    /** The delivery as it is before it is sent again, which happens afterwards. */
    @POST
    @Path("{deliveryId}/redeliver")
    public Response redeliverWebhook(@PathParam("deliveryId") String deliveryId) {
        var id = PathIds.resource(deliveryId, WEBHOOK_DELIVERY_NOT_FOUND);
        return requests.answer(202, () -> WebhookDeliveryView.of(log.sendAgain(caller.get(), id)));
    }
}
