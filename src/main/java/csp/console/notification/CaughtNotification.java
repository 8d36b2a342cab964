package csp.console.notification;

import java.time.Instant;

/**
 * What arrived at the receiver of the console.
 *
 * @param partner whose it is, by the address that it was sent to
 * @param isVerified whether the signature is right and by a certificate of this service
 * @param problem why not; null when it is
 */
public record CaughtNotification(
        Instant at, String partner, String event, String body, boolean isVerified, String problem) {}
