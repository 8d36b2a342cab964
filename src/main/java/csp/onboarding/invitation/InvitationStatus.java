package csp.onboarding.invitation;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of an invitation to a customer and the moves between them. */
public enum InvitationStatus {
    PENDING,
    ACCEPTED,
    WITHDRAWN,
    /** Its time is over. Never stored: from that moment on it is so. */
    EXPIRED;

    private Set<InvitationStatus> next() {
        return switch (this) { // no default: a status without a row must not compile
            case PENDING -> EnumSet.of(ACCEPTED, WITHDRAWN, EXPIRED);
            case ACCEPTED, WITHDRAWN, EXPIRED -> EnumSet.noneOf(InvitationStatus.class);
        };
    }

    boolean mayBecome(InvitationStatus to) {
        return next().contains(to);
    }

    /** {@code pending} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
