package csp.platform.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A notification and what became of it (D27).
 *
 * @param position counts the notifications, in the order in which they came to be
 * @param transferId null for events of no transfer
 * @param nextAttempt null when none is planned: for what is over, and for what waits behind another one of its transfer
 * @param attempts oldest first
 */
public record WebhookDelivery(
        long position,
        UUID id,
        String eventName,
        UUID transferId,
        Instant created,
        DeliveryState state,
        Instant nextAttempt,
        List<DeliveryAttempt> attempts) {}
