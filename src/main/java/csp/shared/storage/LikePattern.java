package csp.shared.storage;

import java.util.regex.Pattern;

/** Patterns for {@code like} that take what somebody searches for by the letter. */
public final class LikePattern {

    private static final Pattern SPECIAL = Pattern.compile("[\\\\%_]");

    private LikePattern() {}

    public static String startingWith(String text) {
        return literally(text) + "%";
    }

    public static String containing(String text) {
        return "%" + literally(text) + "%";
    }

    private static String literally(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
    }
}
