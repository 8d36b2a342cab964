package csp.onboarding.enrolment;

import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.partner.ResellerStatus;
import csp.platform.audit.AuditTrail;
import csp.platform.jobs.JobHandler;
import csp.platform.jobs.Jobs;
import csp.platform.mail.Letter;
import csp.platform.mail.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The vendor's approval of an enrolment, at once or some days later (lifecycle.md R9, R10). */
@ApplicationScoped
class EnrolmentApproval implements JobHandler {

    private static final String KIND = "enrolment-approval";

    private final EnrolmentRepository enrolments;
    private final PartnerService partners;
    private final Jobs jobs;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Clock clock;

    EnrolmentApproval(
            EnrolmentRepository enrolments,
            PartnerService partners,
            Jobs jobs,
            Outbox outbox,
            AuditTrail audit,
            Clock clock) {
        this.enrolments = enrolments;
        this.partners = partners;
        this.jobs = jobs;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** Approves a form that was just sent in when its time has come, else as soon as it has. */
    void begin(Partner partner, Enrolment form) {
        if (!approveIfDue(partner, form)) {
            jobs.schedule(KIND, partner.tenantId().toString(), form.approvalDue());
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Transactional
    @Override
    public Optional<Instant> run(String id) {
        return partners.locked(UUID.fromString(id))
                .flatMap(partner ->
                        enrolments.findByIdOptional(partner.tenantId()).flatMap(form -> approve(partner, form)));
    }

    /** @return when to come again: a clock that was set back makes an approval that was due wait once more */
    private Optional<Instant> approve(Partner partner, Enrolment form) {
        var before = EnrolmentSnapshot.of(partner, form, form.submittedTime());
        if (approveIfDue(partner, form)) {
            audit.recordByService(
                    partner.tenantId(),
                    new AuditTrail.Change(
                            null,
                            "enrolment",
                            partner.tenantId().toString(),
                            "approve_enrolment",
                            before,
                            EnrolmentSnapshot.of(partner, form, clock.instant())));
        }
        return partner.indirectReseller() == ResellerStatus.SUBMITTED
                ? Optional.ofNullable(form.approvalDue())
                : Optional.empty();
    }

    /**
     * Approves it, and writes to the contact of the form (R10), unless that is done or not due. The row of the partner is held.
     */
    boolean approveIfDue(Partner partner, Enrolment form) {
        if (partner.indirectReseller() != ResellerStatus.SUBMITTED || !form.isApprovalDue(clock.instant())) {
            return false;
        }
        partner.approveEnrolment();
        form.approve(clock.instant());
        if (form.primaryContact() != null && form.primaryContact().email() != null) {
            outbox.send(new Letter(
                    form.primaryContact().email(),
                    "enrolment-approved",
                    Map.of(
                            "name",
                            partner.name(),
                            "tenantId",
                            partner.tenantId(),
                            "addressee",
                            form.primaryContact().fullName().orElse(partner.name()))));
        }
        return true;
    }
}
