package csp.onboarding.incentive;

import java.util.Optional;
import java.util.stream.Stream;

/** The incentive programmes of a tenant, each managed for itself (lifecycle.md R68). */
public enum IncentiveProgram {
    INDIRECT_RESELLER("indirectReseller"),
    DIRECT_BILL("directBill");

    /** Spelling on the portal. */
    public final String wireName;

    IncentiveProgram(String wireName) {
        this.wireName = wireName;
    }

    /** The programme spelled so, in any letter case; empty when there is none. */
    public static Optional<IncentiveProgram> of(String wireName) {
        return Stream.of(values())
                .filter(program -> program.wireName.equalsIgnoreCase(wireName))
                .findFirst();
    }
}
