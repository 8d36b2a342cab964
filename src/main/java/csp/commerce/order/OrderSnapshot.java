package csp.commerce.order;

import csp.commerce.subscription.BillingCycle;
import csp.platform.audit.AuditTrail;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** An order as the audit shows it. */
record OrderSnapshot(
        String id,
        UUID referenceCustomerId,
        String billingCycle,
        String currencyCode,
        List<OrderLineItem> lineItems,
        Instant creationDate,
        String status) {

    static OrderSnapshot of(Order order) {
        return new OrderSnapshot(
                order.id(),
                order.customerId(),
                order.billingCycle(),
                order.currencyCode(),
                order.lineItems(),
                order.creationDate(),
                order.status());
    }

    /**
     * What the audit says of an order that was placed or changed.
     *
     * @param before null for a new one
     */
    static AuditTrail.Change change(String operation, OrderSnapshot before, Order order) {
        var change = new AuditTrail.Change(
                        order.customerId(), "order", order.id(), operation, before, OrderSnapshot.of(order))
                .with("OrderId", order.id())
                .with(
                        "BillingCycle",
                        BillingCycle.valueOf(order.billingCycle().toUpperCase(Locale.ROOT))
                                .title());
        for (var line : order.lineItems()) {
            var number = line.lineItemNumber();
            change = change.with("OfferId-" + number, line.offerId())
                    .with("SubscriptionId-" + number, line.subscriptionId() == null ? null : line.shownSubscriptionId())
                    .with("SubscriptionName-" + number, line.friendlyName())
                    .with("Quantity-" + number, Integer.toString(line.quantity()))
                    .with("PartnerOnRecord-" + number, line.partnerIdOnRecord());
        }
        return change;
    }
}
