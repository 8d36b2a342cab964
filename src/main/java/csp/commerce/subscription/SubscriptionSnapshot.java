package csp.commerce.subscription;

import java.util.UUID;

/** The changeable properties of a subscription, for the audit. */
record SubscriptionSnapshot(
        UUID id, String friendlyName, int quantity, String status, boolean autoRenewEnabled, String partnerId) {

    static SubscriptionSnapshot of(Subscription subscription) {
        return new SubscriptionSnapshot(
                subscription.id(),
                subscription.friendlyName(),
                subscription.quantity(),
                subscription.status().wireName(),
                subscription.isAutoRenewEnabled(),
                subscription.partnerIdOnRecord());
    }
}
