package csp.onboarding.invitation;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of an invitation to a customer and the moves between them. */
public enum CustomerInvitationStatus {
    PENDING,
    ACCEPTED,
    WITHDRAWN,
    /** Its time is over. Never stored: from that moment on it is so. */
    EXPIRED;

    private Set<CustomerInvitationStatus> next() {
        return switch (this) { // no default: a status without a row must not compile
            case PENDING -> EnumSet.of(ACCEPTED, WITHDRAWN, EXPIRED);
            case ACCEPTED, WITHDRAWN, EXPIRED -> EnumSet.noneOf(CustomerInvitationStatus.class);
        };
    }

    boolean mayBecome(CustomerInvitationStatus to) {
        return next().contains(to);
    }

    /** {@code pending} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
