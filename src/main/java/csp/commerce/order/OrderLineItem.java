package csp.commerce.order;

import static java.util.Locale.ROOT;

import csp.commerce.subscription.Subscription;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One subscription of an order.
 *
 * @param lineItemNumber from 0
 * @param termDuration ISO 8601 period; null when there is no term
 * @param partnerIdOnRecord PartnerID of the reseller; null when none was named
 */
public record OrderLineItem(
        int lineItemNumber,
        String offerId,
        UUID subscriptionId,
        UUID parentSubscriptionId,
        String friendlyName,
        int quantity,
        String termDuration,
        String transactionType,
        String partnerIdOnRecord) {

    /** Whether its offer is product, sku and availability in one; no getter, since the record is stored as JSON. */
    public boolean ofNewCommerce() {
        return offerId.contains(":");
    }

    /** Upper case of a legacy subscription, lower case of a new-commerce one (W4). */
    String shownSubscriptionId() {
        var id = subscriptionId.toString();
        return ofNewCommerce() ? id : id.toUpperCase(ROOT);
    }

    static OrderLineItem of(int lineItemNumber, Subscription subscription) {
        return new OrderLineItem(
                lineItemNumber,
                subscription.offerId(),
                subscription.id(),
                subscription.parentSubscriptionId(),
                subscription.friendlyName(),
                subscription.quantity(),
                subscription.termDuration(),
                "New",
                subscription.partnerIdOnRecord());
    }

    /** The lines of a new order that brings {@code subscriptions}, in their order. */
    static List<OrderLineItem> of(List<Subscription> subscriptions) {
        return IntStream.range(0, subscriptions.size())
                .mapToObj(number -> of(number, subscriptions.get(number)))
                .toList();
    }
}
