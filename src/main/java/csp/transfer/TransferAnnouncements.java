package csp.transfer;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.platform.audit.AuditRecord.Position;
import csp.platform.webhook.Notification;
import csp.platform.webhook.Notifications;
import csp.platform.webhook.WebhooksConfig;
import csp.platform.webhook.WebhooksConfig.ResourceUri;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.stream.Stream;

/** Tells both parties of a transfer what happened to it (webhooks.md §6). */
@ApplicationScoped
public class TransferAnnouncements {

    /** With a capital, as recorded. */
    private static final String RESOURCE_NAME = "Transfer";

    private final Notifications notifications;
    private final WebhooksConfig config;

    TransferAnnouncements(Notifications notifications, WebhooksConfig config) {
        this.notifications = notifications;
        this.config = config;
    }

    /**
     * Notifies the parties that registered for the event, if the caller's transaction commits: in the order of the events, while the caller
     * keeps the transfer locked. One statement.
     *
     * @param recorded the audit record of what happened, which both parties take part in
     * @throws jakarta.transaction.TransactionalException outside a transaction
     */
    @Transactional(MANDATORY)
    public void announce(TransferEvent event, Transfer transfer, Position recorded) {
        notifications.publish(Stream.of(transfer.sourcePartnerTenantId(), transfer.targetPartnerTenantId())
                .map(party -> notification(party, event, transfer, recorded))
                .toList());
    }

    private Notification notification(UUID party, TransferEvent event, Transfer transfer, Position recorded) {
        var customer = "/v1/customers/" + transfer.customerTenantId();
        return Notification.of(
                party,
                event.webhookEvent,
                transfer.id(),
                transfer.customerTenantId(),
                transfer.id(),
                config.resourceUri() == ResourceUri.OBSERVED ? customer : customer + "/transfers/" + transfer.id(),
                RESOURCE_NAME,
                recorded);
    }
}
