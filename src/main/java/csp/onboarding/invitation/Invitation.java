package csp.onboarding.invitation;

import csp.directory.partner.Partner;
import java.time.Instant;
import java.util.UUID;

/**
 * An invitation as its parties see it. Times are UTC.
 *
 * @param token of the link
 * @param provider null unless the kind has one
 * @param customerEmail where the mail went; null when the inviter sends it
 * @param mailText with the link in it
 * @param customerId who accepted; null before
 * @param answeredTime when it was accepted or withdrawn; null before
 */
public record Invitation(
        String token,
        String link,
        InvitationKind kind,
        CustomerInvitationStatus status,
        Partner reseller,
        Partner provider,
        String customerEmail,
        String mailText,
        Instant createdTime,
        Instant expirationTime,
        UUID customerId,
        Instant answeredTime) {}
