package csp.onboarding.partnership;

import static csp.shared.error.ErrorCode.PARTNERSHIP_INVITATION_NOT_OPEN;
import static java.time.temporal.ChronoUnit.MICROS;

import csp.shared.error.DomainException;
import csp.shared.link.LinkToken;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** A provider's offer of a partnership, known by the token in its link. Times are UTC. */
@Entity
class PartnershipInvitation {

    @Id
    private String token;

    private UUID providerId;
    private UUID resellerId;
    private String email;

    @Enumerated(EnumType.STRING)
    private PartnershipInvitationStatus status;

    private Instant createdTime;
    private Instant expirationTime;
    private Instant answeredTime;
    private String answeredBy;

    /** For the persistence provider. */
    protected PartnershipInvitation() {}

    /** @param resellerId null when whoever has the link may answer */
    static PartnershipInvitation of(UUID providerId, UUID resellerId, String email, Instant now) {
        var invitation = new PartnershipInvitation();
        invitation.token = LinkToken.random();
        invitation.providerId = providerId;
        invitation.resellerId = resellerId;
        invitation.email = email;
        invitation.status = PartnershipInvitationStatus.PENDING;
        invitation.createdTime = now.truncatedTo(MICROS);
        invitation.expirationTime = invitation.createdTime.plus(LinkToken.VALID);
        return invitation;
    }

    PartnershipInvitationStatus statusAt(Instant now) {
        return status == PartnershipInvitationStatus.PENDING && !now.isBefore(expirationTime)
                ? PartnershipInvitationStatus.EXPIRED
                : status;
    }

    /** The reseller takes the offer. Error 800040. */
    void accept(UUID reseller, String userPrincipalName, Instant now) {
        moveTo(PartnershipInvitationStatus.ACCEPTED, reseller, userPrincipalName, now);
    }

    /** The reseller does not want it. Error 800040. */
    void decline(UUID reseller, String userPrincipalName, Instant now) {
        moveTo(PartnershipInvitationStatus.DECLINED, reseller, userPrincipalName, now);
    }

    /** For whoever is about to answer it. Error 800040. */
    void requireOpen(Instant now) {
        refuse(PartnershipInvitationStatus.ACCEPTED, now); // whoever may accept it may also decline it
    }

    private void moveTo(PartnershipInvitationStatus to, UUID reseller, String userPrincipalName, Instant now) {
        refuse(to, now);
        status = to;
        resellerId = reseller;
        answeredTime = now.truncatedTo(MICROS);
        answeredBy = userPrincipalName;
    }

    private void refuse(PartnershipInvitationStatus to, Instant now) {
        if (!statusAt(now).mayBecome(to)) {
            throw new DomainException(
                    PARTNERSHIP_INVITATION_NOT_OPEN, statusAt(now).wireName(), to.wireName());
        }
    }

    String token() {
        return token;
    }

    UUID providerId() {
        return providerId;
    }

    UUID resellerId() {
        return resellerId;
    }

    String email() {
        return email;
    }

    Instant createdTime() {
        return createdTime;
    }

    Instant expirationTime() {
        return expirationTime;
    }

    Instant answeredTime() {
        return answeredTime;
    }
}
