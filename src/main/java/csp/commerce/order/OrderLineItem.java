package csp.commerce.order;

import java.util.UUID;

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
        String partnerIdOnRecord) {}
