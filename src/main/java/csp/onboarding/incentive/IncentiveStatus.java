package csp.onboarding.incentive;

import java.util.EnumSet;
import java.util.Set;

/** Where a partner stands in an incentive programme (lifecycle.md R66-R68). */
public enum IncentiveStatus {
    NOT_ELIGIBLE("notEligible"),
    /** The invitation is on its way. */
    SCHEDULED("scheduled"),
    /** Invited, or eligible without an invitation: it may enrol. */
    OPEN("open"),
    ENROLLED("enrolled");

    /** Spelling on the portal. */
    public final String wireName;

    IncentiveStatus(String wireName) {
        this.wireName = wireName;
    }

    private Set<IncentiveStatus> next() {
        return switch (this) { // no default: a status without a row must not compile
            case NOT_ELIGIBLE -> EnumSet.of(SCHEDULED);
            case SCHEDULED -> EnumSet.of(OPEN);
            case OPEN -> EnumSet.of(ENROLLED);
            case ENROLLED -> EnumSet.noneOf(IncentiveStatus.class);
        };
    }

    boolean mayBecome(IncentiveStatus to) {
        return next().contains(to);
    }
}
