package csp.directory.partner;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What providers typically offer to resellers besides billing (lifecycle.md R21). */
public enum Offering {
    TRAINING,
    MARKETING,
    FINANCING,
    SUPPORT;

    /** {@code training} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The offering spelled so, in any letter case; empty when there is none. */
    public static Optional<Offering> of(String wireName) {
        return Stream.of(values())
                .filter(offering -> offering.wireName().equalsIgnoreCase(wireName))
                .findFirst();
    }
}
