package csp.onboarding.enrolment.api;

import static csp.shared.http.WireTime.trimmedIfAny;

import csp.directory.partner.Contact;
import csp.directory.partner.Partner;
import csp.onboarding.enrolment.EnrolmentService;
import java.util.UUID;

/** An enrolment with the profile to review. Absent times have not come yet. */
record EnrolmentView(
        UUID id,
        String status,
        Profile profile,
        Contact primaryContact,
        String startedTime,
        String submittedTime,
        String approvalDue,
        String approvedTime,
        String activatedTime,
        String activatedBy) {

    /** What the vendor knows of the partner and asks it to look through before it enrols (lifecycle.md R5, R8). */
    record Profile(
            UUID tenantId,
            String name,
            String domain,
            String mpnId,
            String country,
            String currency,
            Contact primaryContact,
            String programAccountEmail,
            Long cspRevenueLast12Months) {

        static Profile of(Partner partner) {
            return new Profile(
                    partner.tenantId(),
                    partner.name(),
                    partner.domain(),
                    partner.mpnId(),
                    partner.country(),
                    partner.currency(),
                    partner.primaryContact(),
                    partner.programAccountEmail(),
                    partner.revenueOfLast12Months());
        }
    }

    static EnrolmentView of(EnrolmentService.View view) {
        var enrolment = view.enrolment();
        return new EnrolmentView(
                enrolment.id(),
                enrolment.status().wireName(),
                Profile.of(view.partner()),
                enrolment.primaryContact(),
                trimmedIfAny(enrolment.startedTime()),
                trimmedIfAny(enrolment.submittedTime()),
                trimmedIfAny(enrolment.approvalDue()),
                trimmedIfAny(enrolment.approvedTime()),
                trimmedIfAny(enrolment.activatedTime()),
                enrolment.activatedBy());
    }
}
