package csp.console.frame;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What a form of the console has in a field and its browser in a cookie, and no page of anybody else's can know. */
final class FormToken {

    static final String FIELD = "formToken";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    private FormToken() {}

    static String random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static boolean isWellFormed(String text) {
        return text.matches("[0-9a-f]{32}");
    }

    static boolean same(String cookie, String field) {
        return isWellFormed(cookie)
                && MessageDigest.isEqual(
                        cookie.getBytes(StandardCharsets.UTF_8), field.getBytes(StandardCharsets.UTF_8));
    }
}
