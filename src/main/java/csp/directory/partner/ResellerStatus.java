package csp.directory.partner;

import java.util.EnumSet;
import java.util.Set;

/** How far the enrolment as indirect reseller is (lifecycle.md R8): capabilities begin with the last of these (R12). */
public enum ResellerStatus {
    NONE,
    SUBMITTED,
    /** The indirect reseller agreement is still open. */
    APPROVED,
    ENROLLED;

    private Set<ResellerStatus> next() {
        return switch (this) { // no default: a status without a row must not compile
            case NONE -> EnumSet.of(SUBMITTED);
            case SUBMITTED -> EnumSet.of(APPROVED);
            case APPROVED -> EnumSet.of(ENROLLED);
            case ENROLLED -> EnumSet.of(NONE); // overridden by direct-bill on the same tenant (R19)
        };
    }

    boolean mayBecome(ResellerStatus to) {
        return next().contains(to);
    }
}
