package csp.onboarding.enrolment;

import csp.directory.partner.ResellerStatus;
import java.time.Instant;
import java.util.Locale;

/** How far an enrolment is (lifecycle.md R8). */
public enum EnrolmentStatus {

    /** The profile is being reviewed; nothing was sent in. */
    DRAFT,
    SUBMITTED,
    /** The indirect reseller agreement is still open; no capabilities yet (R12). */
    APPROVED,
    ENROLLED;

    /** {@code draft} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a reader sees: from the time of its approval on a submitted one is approved, whether the job has run or not. */
    static EnrolmentStatus at(Instant now, ResellerStatus stored, Enrolment form) {
        return switch (stored) {
            case NONE -> DRAFT;
            case SUBMITTED -> form != null && form.isApprovalDue(now) ? APPROVED : SUBMITTED;
            case APPROVED -> APPROVED;
            case ENROLLED -> ENROLLED;
        };
    }
}
