package csp.onboarding.invitation;

import static csp.shared.error.ErrorCode.INVITATION_NOT_OPEN;
import static java.time.temporal.ChronoUnit.MICROS;

import csp.shared.error.DomainException;
import csp.shared.link.LinkToken;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** An offer to a customer, known by the token in its link. Times are UTC. */
@Entity
class CustomerInvitation {

    @Id
    private String token;

    @Enumerated(EnumType.STRING)
    private InvitationKind kind;

    private UUID inviterId;
    private UUID resellerId;
    private UUID providerId;
    private String customerEmail;
    private String mailText;

    @Enumerated(EnumType.STRING)
    private CustomerInvitationStatus status;

    private Instant createdTime;
    private Instant expirationTime;
    private UUID customerId;
    private Instant answeredTime;
    private String answeredBy;

    /** For the persistence provider. */
    protected CustomerInvitation() {}

    /** @param inviterId one of the partners of the offer */
    static CustomerInvitation of(OfferedRelationship offer, UUID inviterId, String customerEmail, Instant now) {
        var invitation = new CustomerInvitation();
        invitation.token = LinkToken.random();
        invitation.kind = offer.kind();
        invitation.inviterId = inviterId;
        invitation.resellerId = offer.resellerId();
        invitation.providerId = offer.providerId();
        invitation.customerEmail = customerEmail;
        invitation.status = CustomerInvitationStatus.PENDING;
        invitation.createdTime = now.truncatedTo(MICROS);
        invitation.expirationTime = invitation.createdTime.plus(LinkToken.VALID);
        return invitation;
    }

    /** What the mail says instead of the draft; it holds the link, so it can be written only once there is one (R39). */
    void write(String text) {
        mailText = text;
    }

    /** @param address null when the inviter sends it itself after all */
    void sendTo(String address) {
        customerEmail = address;
    }

    /** Whether the partner made it for this offer, was to send it itself, and nobody has answered it. */
    boolean isUnsent(OfferedRelationship wanted, UUID partnerId, Instant now) {
        return inviterId.equals(partnerId)
                && offer().equals(wanted)
                && customerEmail == null
                && statusAt(now) == CustomerInvitationStatus.PENDING;
    }

    OfferedRelationship offer() {
        return new OfferedRelationship(kind, resellerId, providerId);
    }

    CustomerInvitationStatus statusAt(Instant now) {
        return status == CustomerInvitationStatus.PENDING && !now.isBefore(expirationTime)
                ? CustomerInvitationStatus.EXPIRED
                : status;
    }

    /** Error 800040 unless this may happen to it now. */
    void require(CustomerInvitationStatus to, Instant now) {
        if (!statusAt(now).mayBecome(to)) {
            throw new DomainException(INVITATION_NOT_OPEN, statusAt(now).wireName(), to.wireName());
        }
    }

    /** The customer takes the offer. Error 800040. */
    void accept(UUID customer, String userPrincipalName, Instant now) {
        moveTo(CustomerInvitationStatus.ACCEPTED, userPrincipalName, now);
        customerId = customer;
    }

    /** The inviter takes the offer back. Error 800040. */
    void withdraw(String userPrincipalName, Instant now) {
        moveTo(CustomerInvitationStatus.WITHDRAWN, userPrincipalName, now);
    }

    private void moveTo(CustomerInvitationStatus to, String userPrincipalName, Instant now) {
        require(to, now);
        status = to;
        answeredTime = now.truncatedTo(MICROS);
        answeredBy = userPrincipalName;
    }

    boolean isOf(UUID partnerId) {
        return partnerId.equals(inviterId) || partnerId.equals(resellerId) || partnerId.equals(providerId);
    }

    String token() {
        return token;
    }

    InvitationKind kind() {
        return kind;
    }

    UUID inviterId() {
        return inviterId;
    }

    /** The partner that sells or, with a provider, serves. */
    UUID resellerId() {
        return resellerId;
    }

    /** Null without a provider. */
    UUID providerId() {
        return providerId;
    }

    /** Where the mail went; null when the inviter sends it. */
    String customerEmail() {
        return customerEmail;
    }

    /** Null for the draft. */
    String mailText() {
        return mailText;
    }

    Instant createdTime() {
        return createdTime;
    }

    Instant expirationTime() {
        return expirationTime;
    }

    /** Who accepted; null before. */
    UUID customerId() {
        return customerId;
    }

    Instant answeredTime() {
        return answeredTime;
    }
}
