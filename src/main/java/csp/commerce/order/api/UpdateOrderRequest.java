package csp.commerce.order.api;

import csp.commerce.order.OrderChange;
import csp.commerce.subscription.BillingCycle;
import csp.shared.http.JsonFields;
import csp.shared.http.SentEtags;
import java.util.UUID;

/** Reads the body of an order PATCH: a line per add-on, or per subscription that is to be billed otherwise (W20, W21). */
final class UpdateOrderRequest {

    private static final int LONGEST_ID = 128;

    private UpdateOrderRequest() {}

    /**
     * Errors: 800002 for a field that is missing or of the wrong kind, and for another customer or order than those of the path; 0
     * for an unknown word; 2002 for the quantity.
     *
     * @param ifMatch the header, with or without quotes; null when it is absent
     */
    static OrderChange read(JsonFields body, UUID customerId, String orderId, String ifMatch) {
        OrderFields.requireCustomer(body, customerId);
        body.textUnlessBlank("id", LONGEST_ID)
                .filter(sent -> !sent.equalsIgnoreCase(orderId))
                .ifPresent(sent -> {
                    throw body.refusal("id", "must be the order of the path, '" + orderId + "', but is '" + sent + "'");
                });
        var lines = OrderFields.lines(body, UpdateOrderRequest::line);
        OrderFields.requireKnownWords(body);
        return new OrderChange(
                OrderFields.billingCycle(body)
                        .filter(cycle -> cycle != BillingCycle.NONE) // what the .NET SDK sends of an unset one
                        .orElse(null),
                lines,
                SentEtags.of(ifMatch, body).stream()
                        .filter(etag -> !etag.equals(SentEtags.ANY_VERSION))
                        .toList());
    }

    private static OrderChange.Line line(JsonFields line) {
        OrderFields.requireKnownWordsOfLine(line);
        var subscription = OrderFields.guid(line, "subscriptionId");
        if (subscription.isPresent()) {
            return new OrderChange.Line(subscription.get(), null);
        }
        var addon = OrderFields.bought(line);
        if (addon.parentSubscriptionId() == null) {
            throw line.missing("parentSubscriptionId");
        }
        return new OrderChange.Line(null, addon);
    }
}
