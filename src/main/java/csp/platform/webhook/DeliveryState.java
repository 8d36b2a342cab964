package csp.platform.webhook;

import csp.shared.error.Choice;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of a notification (D27). */
public enum DeliveryState {
    /** It is going to be attempted, for the first time or again. */
    WAITING,
    /** The receiver answered with a status of 2xx. */
    DELIVERED,
    /** Given up after the last attempt; sent again by hand only. */
    PARKED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of this name in any letter case; empty when there is none. */
    public static Optional<DeliveryState> of(String name) {
        return Stream.of(values())
                .filter(state -> Choice.same(state.name(), name))
                .findFirst();
    }
}
