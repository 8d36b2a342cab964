package csp.onboarding.partnership;

import java.time.Instant;
import java.util.UUID;

/**
 * An invitation as both sides see it.
 *
 * @param token of the link
 * @param resellerId null while it is for whoever has the link
 * @param email where the mail went; null when nobody could be written to
 */
public record PartnershipInvitationSnapshot(
        String token,
        PartnershipInvitationStatus status,
        UUID providerId,
        UUID resellerId,
        String email,
        Instant createdTime,
        Instant expirationTime,
        Instant answeredTime) {

    static PartnershipInvitationSnapshot of(PartnershipInvitation invitation, Instant now) {
        return new PartnershipInvitationSnapshot(
                invitation.token(),
                invitation.statusAt(now),
                invitation.providerId(),
                invitation.resellerId(),
                invitation.email(),
                invitation.createdTime(),
                invitation.expirationTime(),
                invitation.answeredTime());
    }

    /** For audit records: the token is a secret. */
    PartnershipInvitationSnapshot withoutToken() {
        return new PartnershipInvitationSnapshot(
                null, status, providerId, resellerId, email, createdTime, expirationTime, answeredTime);
    }
}
