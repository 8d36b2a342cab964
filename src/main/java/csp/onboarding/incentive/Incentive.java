package csp.onboarding.incentive;

import static csp.shared.error.ErrorCode.INCENTIVE_STATUS_CHANGE_NOT_ALLOWED;
import static java.time.temporal.ChronoUnit.MICROS;

import csp.directory.partner.Partner;
import csp.shared.error.DomainException;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/** What a partner has to do with one incentive programme. Times are UTC. */
@Entity
@IdClass(Incentive.Key.class)
class Incentive {

    record Key(UUID partnerId, IncentiveProgram program) implements Serializable {}

    @Id
    private UUID partnerId;

    @Id
    @Enumerated(EnumType.STRING)
    private IncentiveProgram program;

    private Instant invitationDue;
    private Instant invitedTime;
    private Instant enrolledTime;
    private String enrolledBy;

    /** For the persistence provider. */
    protected Incentive() {}

    /** One of which nothing is stored yet. */
    static Incentive untouched(UUID partnerId, IncentiveProgram program) {
        var incentive = new Incentive();
        incentive.partnerId = partnerId;
        incentive.program = program;
        return incentive;
    }

    /**
     * What a reader sees at {@code now}, whether the job of the invitation has run or not. A reseller whose enrolment a
     * scenario set was invited before.
     */
    IncentiveStatus statusAt(Instant now, Partner partner) {
        if (enrolledTime != null) {
            return IncentiveStatus.ENROLLED;
        }
        return switch (program) {
            case DIRECT_BILL -> partner.isDirectBill() ? IncentiveStatus.OPEN : IncentiveStatus.NOT_ELIGIBLE;
            case INDIRECT_RESELLER ->
                !partner.isEnrolledReseller()
                        ? IncentiveStatus.NOT_ELIGIBLE
                        : invitationDue == null || !now.isBefore(invitationDue)
                                ? IncentiveStatus.OPEN
                                : IncentiveStatus.SCHEDULED;
        };
    }

    void scheduleInvitation(Instant due) {
        invitationDue = due.truncatedTo(MICROS);
    }

    boolean isInvitationOpen() {
        return invitationDue != null && invitedTime == null;
    }

    void invite(Instant now) {
        invitedTime = now.truncatedTo(MICROS);
    }

    /** Error 800040 unless it is open to the partner. */
    void enrol(String userPrincipalName, Instant now, Partner partner) {
        var status = statusAt(now, partner);
        if (!status.mayBecome(IncentiveStatus.ENROLLED)) {
            throw new DomainException(
                    INCENTIVE_STATUS_CHANGE_NOT_ALLOWED,
                    status.wireName,
                    IncentiveStatus.ENROLLED.wireName,
                    program.wireName,
                    partnerId);
        }
        enrolledTime = now.truncatedTo(MICROS);
        enrolledBy = userPrincipalName;
    }

    IncentiveProgram program() {
        return program;
    }

    Instant invitationDue() {
        return invitationDue;
    }

    Instant invitedTime() {
        return invitedTime;
    }

    Instant enrolledTime() {
        return enrolledTime;
    }

    String enrolledBy() {
        return enrolledBy;
    }
}
