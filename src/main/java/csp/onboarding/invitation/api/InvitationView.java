package csp.onboarding.invitation.api;

import csp.directory.partner.Partner;
import csp.onboarding.invitation.Invitation;
import csp.shared.http.WireTime;
import java.util.UUID;

/**
 * An invitation to a customer on the portal.
 *
 * @param provider absent for a direct relationship
 * @param customerEmail absent when the inviter sends the mail
 * @param customerId absent until it is accepted
 */
record InvitationView(
        String token,
        String link,
        String kind,
        String status,
        Party reseller,
        Party provider,
        String customerEmail,
        String mailText,
        String createdTime,
        String expirationTime,
        UUID customerId,
        String answeredTime) {

    record Party(UUID tenantId, String name, String country) {

        private static Party of(Partner partner) {
            return partner == null ? null : new Party(partner.tenantId(), partner.name(), partner.country());
        }
    }

    static InvitationView of(Invitation invitation) {
        return new InvitationView(
                invitation.token(),
                invitation.link(),
                invitation.kind().wireName,
                invitation.status().wireName(),
                Party.of(invitation.reseller()),
                Party.of(invitation.provider()),
                invitation.customerEmail(),
                invitation.mailText(),
                WireTime.trimmed(invitation.createdTime()),
                WireTime.trimmed(invitation.expirationTime()),
                invitation.customerId(),
                WireTime.trimmedIfAny(invitation.answeredTime()));
    }
}
