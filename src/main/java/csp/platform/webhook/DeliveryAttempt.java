package csp.platform.webhook;

import java.time.Instant;

/**
 * One attempt to deliver a notification.
 *
 * @param at when it began, by the clock of the service
 * @param status that the receiver answered with; null when it did not
 * @param answer the beginning of what it said, or why there is no status
 */
public record DeliveryAttempt(Instant at, Integer status, int milliseconds, String answer) {}
