package csp.platform.webhook.api;

import csp.platform.webhook.DeliveryAttempt;
import csp.platform.webhook.WebhookDelivery;
import csp.shared.http.WireTime;
import java.util.List;
import java.util.UUID;

/**
 * A notification and what became of it (D27).
 *
 * @param transferId absent for events of no transfer
 * @param nextAttempt absent when none is planned: for what is over, and for what waits behind another one of its transfer
 */
record WebhookDeliveryView(
        UUID id, String eventName, UUID transferId, String state, List<AttemptView> attempts, String nextAttempt) {

    /**
     * @param status absent when the receiver did not answer
     * @param answer the beginning of what it said, or why there is no status
     */
    record AttemptView(String at, Integer status, int milliseconds, String answer) {

        private static AttemptView of(DeliveryAttempt attempt) {
            return new AttemptView(
                    WireTime.trimmed(attempt.at()), attempt.status(), attempt.milliseconds(), attempt.answer());
        }
    }

    static WebhookDeliveryView of(WebhookDelivery delivery) {
        return new WebhookDeliveryView(
                delivery.id(),
                delivery.eventName(),
                delivery.transferId(),
                delivery.state().wireName(),
                delivery.attempts().stream().map(AttemptView::of).toList(),
                WireTime.trimmedIfAny(delivery.nextAttempt()));
    }
}
