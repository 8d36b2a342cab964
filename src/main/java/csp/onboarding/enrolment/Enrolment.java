package csp.onboarding.enrolment;

import static java.time.temporal.ChronoUnit.MICROS;

import csp.directory.partner.Contact;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;

/**
 * The form with which a direct-bill partner asks to become an indirect reseller, and when which step happened (lifecycle.md
 * R8). Times are UTC. How far it is stands with the partner's programmes: {@link EnrolmentStatus}.
 */
@Entity
class Enrolment {

    @Id
    private UUID partnerId;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private Contact primaryContact;

    private Instant startedTime;
    private Instant submittedTime;
    private Instant approvalDue;
    private Instant approvedTime;
    private Instant activatedTime;
    private String activatedBy;

    /** For the persistence provider. */
    protected Enrolment() {}

    static Enrolment start(UUID partnerId, Instant now) {
        var enrolment = new Enrolment();
        enrolment.partnerId = partnerId;
        enrolment.startedTime = now.truncatedTo(MICROS);
        return enrolment;
    }

    /** Whom to write to, unless another one is named when it is sent in. */
    void name(Contact contact) {
        primaryContact = contact;
    }

    void submit(Contact contact, Instant now, Instant approval) {
        primaryContact = contact;
        submittedTime = now.truncatedTo(MICROS);
        approvalDue = approval.truncatedTo(MICROS);
    }

    /** Whether the time of approval has come, approved already or not. */
    boolean isApprovalDue(Instant now) {
        return approvalDue != null && !now.isBefore(approvalDue);
    }

    void approve(Instant now) {
        approvedTime = now.truncatedTo(MICROS);
    }

    void activate(String userPrincipalName, Instant now) {
        activatedTime = now.truncatedTo(MICROS);
        activatedBy = userPrincipalName;
    }

    UUID partnerId() {
        return partnerId;
    }

    Contact primaryContact() {
        return primaryContact;
    }

    Instant startedTime() {
        return startedTime;
    }

    Instant submittedTime() {
        return submittedTime;
    }

    Instant approvalDue() {
        return approvalDue;
    }

    Instant approvedTime() {
        return approvedTime;
    }

    Instant activatedTime() {
        return activatedTime;
    }

    String activatedBy() {
        return activatedBy;
    }
}
