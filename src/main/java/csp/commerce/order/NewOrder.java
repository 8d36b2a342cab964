package csp.commerce.order;

import csp.commerce.subscription.BillingCycle;
import java.util.List;
import java.util.UUID;

/**
 * What a partner wants to buy (storefront.md §4).
 *
 * @param billingCycle null for the usual one of each product
 */
public record NewOrder(BillingCycle billingCycle, List<Line> lines) {

    /**
     * One subscription to be.
     *
     * @param offerId in its canonical spelling
     * @param friendlyName null for the name of the offer
     * @param quantity null where it says nothing, which only something billed by use may
     * @param termDuration ISO 8601 period; null for the usual one
     * @param partnerIdOnRecord PartnerID of the reseller; null for none
     * @param parentSubscriptionId the base of an add-on; null for a base
     */
    public record Line(
            String offerId,
            String friendlyName,
            Integer quantity,
            String termDuration,
            String partnerIdOnRecord,
            UUID parentSubscriptionId) {}
}
