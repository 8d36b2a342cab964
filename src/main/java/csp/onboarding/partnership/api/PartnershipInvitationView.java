package csp.onboarding.partnership.api;

import static csp.shared.http.WireTime.trimmed;
import static csp.shared.http.WireTime.trimmedIfAny;

import csp.directory.partner.Partner;
import csp.onboarding.partnership.PartnershipService.SentInvitation;
import java.util.UUID;

/**
 * A provider's invitation.
 *
 * @param reseller absent while it is for whoever has the link
 * @param email where the mail went; absent when nobody could be written to
 */
record PartnershipInvitationView(
        String token,
        String link,
        String status,
        Party provider,
        Party reseller,
        String email,
        String createdTime,
        String expirationTime,
        String answeredTime) {

    record Party(UUID tenantId, String name, String mpnId, String country) {

        static Party of(Partner partner) {
            return partner == null
                    ? null
                    : new Party(partner.tenantId(), partner.name(), partner.mpnId(), partner.country());
        }
    }

    static PartnershipInvitationView of(SentInvitation invitation) {
        var snapshot = invitation.snapshot();
        return new PartnershipInvitationView(
                snapshot.token(),
                invitation.link(),
                snapshot.status().wireName(),
                Party.of(invitation.provider()),
                Party.of(invitation.reseller()),
                snapshot.email(),
                trimmed(snapshot.createdTime()),
                trimmed(snapshot.expirationTime()),
                trimmedIfAny(snapshot.answeredTime()));
    }
}
