package csp.subscription;

import java.util.Locale;

/** Where a subscription is in its life. */
public enum SubscriptionStatus {

    ACTIVE,
    SUSPENDED,
    DELETED,
    EXPIRED,
    PENDING,
    DISABLED;

    /** {@code active}: the spelling of the subscription resource. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code Active}: the spelling inside eligibility reasons. */
    public String title() {
        return name().charAt(0) + wireName().substring(1);
    }
}
