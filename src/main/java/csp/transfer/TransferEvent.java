package csp.transfer;

import csp.platform.webhook.WebhookEvent;

/** What the parties of a transfer are told of it (webhooks.md §6). */
public enum TransferEvent {
    CREATED(WebhookEvent.CREATE_TRANSFER),
    /** Cancelled, rejected, or accepted and in progress. */
    UPDATED(WebhookEvent.UPDATE_TRANSFER),
    /** Over, with all its lines or with some of them. */
    COMPLETED(WebhookEvent.COMPLETE_TRANSFER),
    FAILED(WebhookEvent.FAIL_TRANSFER),
    EXPIRED(WebhookEvent.EXPIRE_TRANSFER);

    final WebhookEvent webhookEvent;

    TransferEvent(WebhookEvent webhookEvent) {
        this.webhookEvent = webhookEvent;
    }

    /** As audit records name it: in small letters, without separators. */
    public String auditName() {
        return webhookEvent.auditName();
    }
}
