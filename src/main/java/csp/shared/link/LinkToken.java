package csp.shared.link;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The part of an invitation's link that nobody can guess. */
public final class LinkToken {

    /** How long the link of an invitation can be followed. */
    public static final Duration VALID = Duration.ofDays(30);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]+");

    private LinkToken() {}

    /** Whether the text of a path can be one, of ours or of a scenario's: there is nothing to look for otherwise. */
    public static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    /** 48 lower-case hexadecimal digits, never the same twice. */
    public static String random() {
        var secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
