package csp.shared.link;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/** The part of an invitation's link that nobody can guess. */
public final class LinkToken {

    /** How long the link of an invitation can be followed. */
    public static final Duration VALID = Duration.ofDays(30);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private LinkToken() {
    }

    /** 48 lower-case hexadecimal digits, never the same twice. */
    public static String random() {
        var secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
