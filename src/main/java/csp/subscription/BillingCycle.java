package csp.subscription;

import java.util.Locale;

/** How often a subscription is billed. */
public enum BillingCycle {

    NONE,
    MONTHLY,
    ANNUAL,
    ONE_TIME,
    TRIENNIAL,
    BIENNIAL;

    /** {@code one_time}: the spelling on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
