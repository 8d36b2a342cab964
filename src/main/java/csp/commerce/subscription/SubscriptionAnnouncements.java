package csp.commerce.subscription;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.platform.audit.AuditRecord.Position;
import csp.platform.webhook.Notification;
import csp.platform.webhook.Notifications;
import csp.platform.webhook.WebhookEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.UUID;

/** Tells the partner that holds subscriptions what changed of them (webhooks.md §2). */
@ApplicationScoped
public class SubscriptionAnnouncements {

    private final Notifications notifications;

    SubscriptionAnnouncements(Notifications notifications) {
        this.notifications = notifications;
    }

    /**
     * Notifies the partner, if it registered for it and the caller's transaction commits. One statement.
     *
     * @param recorded the audit record of the change, which the partner takes part in
     */
    @Transactional(MANDATORY)
    public void updated(UUID customerId, UUID partnerId, Collection<UUID> ids, Position recorded) {
        notifications.publish(ids.stream()
                .map(id -> Notification.of(
                        partnerId,
                        WebhookEvent.SUBSCRIPTION_UPDATED,
                        null,
                        customerId,
                        id,
                        "/webhooks/v1/customers/%s/subscriptions/%s".formatted(customerId, id),
                        "subscription",
                        recorded))
                .toList());
    }
}
