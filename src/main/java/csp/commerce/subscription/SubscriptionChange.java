package csp.commerce.subscription;

import java.util.List;

/**
 * What a partner wants a subscription to be; null leaves a property as it is (storefront.md §3).
 *
 * @param quantity 0 leaves it as it is where another property changes: some callers send the default of every property (W8)
 * @param autoRenewEnabled null switches the renewal off, but asks for nothing
 * @param billingCycle as sent; it must name the present one
 * @param partnerId PartnerID of a reseller
 * @param etags what the request was made from; empty when it does not say
 */
public record SubscriptionChange(
        Integer quantity,
        SubscriptionStatus status,
        String friendlyName,
        Boolean autoRenewEnabled,
        String billingCycle,
        String partnerId,
        List<String> etags) {

    boolean hasNoLicences() {
        return quantity != null && quantity == 0;
    }
}
