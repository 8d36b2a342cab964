package csp.commerce.subscription;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a subscription is in its life. */
public enum SubscriptionStatus {
    ACTIVE,
    SUSPENDED,
    DELETED,
    EXPIRED,
    PENDING,
    DISABLED;

    private Set<SubscriptionStatus> next() {
        return switch (this) { // no default: a status without a row must not compile
            case ACTIVE -> EnumSet.of(SUSPENDED, DELETED);
            case SUSPENDED -> EnumSet.of(ACTIVE, DELETED);
            case DELETED, EXPIRED, PENDING, DISABLED -> EnumSet.noneOf(SubscriptionStatus.class);
        };
    }

    /** Whether a partner may ask for this move. Which products really become deleted is for the subscription to say. */
    boolean mayBecome(SubscriptionStatus status) {
        return next().contains(status);
    }

    /** {@code active}: the spelling of the subscription resource. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code Active}: the spelling inside eligibility reasons. */
    public String title() {
        return name().charAt(0) + wireName().substring(1);
    }
}
