package csp.onboarding.partnership;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of a provider's invitation and the moves between them (lifecycle.md R22, R23). */
public enum PartnershipInvitationStatus {
    PENDING,
    ACCEPTED,
    DECLINED,
    /** Its time is over. Never stored: from that moment on it is so. */
    EXPIRED;

    private Set<PartnershipInvitationStatus> next() {
        return switch (this) { // no default: a status without a row must not compile
            case PENDING -> EnumSet.of(ACCEPTED, DECLINED, EXPIRED);
            case ACCEPTED, DECLINED, EXPIRED -> EnumSet.noneOf(PartnershipInvitationStatus.class);
        };
    }

    boolean mayBecome(PartnershipInvitationStatus to) {
        return next().contains(to);
    }

    /** {@code pending} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
