package csp.commerce.subscription;

import java.util.List;

/**
 * What a partner wants a subscription to be; null leaves a property as it is (storefront.md §3).
 *
 * @param autoRenewEnabled false also when the request says nothing of it
 * @param billingCycle as sent; it must name the present one
 * @param partnerId PartnerID of a reseller
 * @param etags what the request was made from; empty when it does not say
 */
public record SubscriptionChange(
        Integer quantity,
        SubscriptionStatus status,
        String friendlyName,
        boolean autoRenewEnabled,
        String billingCycle,
        String partnerId,
        List<String> etags) {}
