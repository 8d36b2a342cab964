package csp.platform.webhook;

import csp.platform.audit.AuditRecord.Position;
import java.time.Instant;
import java.util.UUID;

/**
 * What a partner is to be told, if it registered for the event.
 *
 * @param receiver tenant id of the partner
 * @param transferId notifications of one transfer reach a partner in their order; null for those of no transfer
 * @param correlationId of the request for a test event; null for all others
 * @param resource path of {@code ResourceUri} below the public URL; null where there is none
 * @param auditRecord last segment of {@code AuditUri}; null where there is none
 * @param changed when the resource changed
 */
public record Notification(
        UUID receiver,
        WebhookEvent event,
        UUID transferId,
        String correlationId,
        String resource,
        String resourceName,
        String auditRecord,
        Instant changed) {

    /**
     * Of a change that has an audit record, which the receiver takes part in: {@code AuditUri} leads it there.
     *
     * @param subject what changed of the customer, for the id of the record; null for the customer itself
     */
    public static Notification of(
            UUID receiver,
            WebhookEvent event,
            UUID transferId,
            UUID customerId,
            UUID subject,
            String resource,
            String resourceName,
            Position recorded) {
        return new Notification(
                receiver,
                event,
                transferId,
                null,
                resource,
                resourceName,
                recorded.announcedId(receiver, customerId, subject, event.auditName()),
                recorded.time());
    }

    /** Of delegated administration, which has neither address, as recorded. */
    public static Notification ofDelegatedAdministration(UUID receiver, WebhookEvent event, Position recorded) {
        return new Notification(receiver, event, null, null, null, "PartnerCustomerDap", null, recorded.time());
    }
}
