package csp.onboarding.enrolment;

import csp.directory.partner.Contact;
import csp.directory.partner.Partner;
import java.time.Instant;
import java.util.UUID;

/**
 * An enrolment as its partner sees it and as an audit record keeps it.
 *
 * @param id tenant id of the partner: there is one enrolment at a time, on the tenant that is there (R6)
 * @param primaryContact of the form; null until one is named
 * @param approvalDue when it is approved; null before it is sent in
 */
public record EnrolmentSnapshot(
        UUID id,
        EnrolmentStatus status,
        Contact primaryContact,
        Instant startedTime,
        Instant submittedTime,
        Instant approvalDue,
        Instant approvedTime,
        Instant activatedTime,
        String activatedBy) {

    /** @param form null for an enrolment that a scenario set without one */
    static EnrolmentSnapshot of(Partner partner, Enrolment form, Instant now) {
        var status = EnrolmentStatus.at(now, partner.indirectReseller(), form);
        return form == null
                ? new EnrolmentSnapshot(partner.tenantId(), status, null, null, null, null, null, null, null)
                : new EnrolmentSnapshot(
                        partner.tenantId(),
                        status,
                        form.primaryContact(),
                        form.startedTime(),
                        form.submittedTime(),
                        form.approvalDue(),
                        form.approvedTime() == null && status != EnrolmentStatus.SUBMITTED
                                ? form.approvalDue()
                                : form.approvedTime(),
                        form.activatedTime(),
                        form.activatedBy());
    }
}
