package csp.commerce.subscription;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often a subscription is billed. */
public enum BillingCycle {
    NONE,
    MONTHLY,
    ANNUAL,
    ONE_TIME,
    TRIENNIAL,
    BIENNIAL;

    /** {@code OneTime}: the spelling in the details of an audit record. */
    public String title() {
        return Stream.of(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** {@code one_time}: the spelling on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
