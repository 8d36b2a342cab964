package csp.directory.partner;

import java.util.EnumSet;
import java.util.Set;

/** Standing in a programme whose capabilities may be restricted (lifecycle.md R59). */
public enum ProgramStatus {
    NONE,
    ACTIVE,
    RESTRICTED;

    /** The moves a partner can make itself; the vendor alone restricts, and a scenario says so. */
    private Set<ProgramStatus> next() {
        return switch (this) { // no default: a status without a row must not compile
            case NONE -> EnumSet.of(ACTIVE);
            case ACTIVE, RESTRICTED -> EnumSet.of(NONE);
        };
    }

    boolean mayBecome(ProgramStatus to) {
        return next().contains(to);
    }
}
