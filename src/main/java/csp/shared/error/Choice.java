package csp.shared.error;

import static csp.shared.error.ErrorCode.ENUM_NOT_PARSED;
import static java.util.Locale.ROOT;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A word of a request that must be one of a few. */
public final class Choice {

    private Choice() {}

    /** Whether two words are the same but for letter case and underscores: clients write Pascal, camel and snake case (ST1). */
    public static boolean same(String one, String other) {
        return letters(one).equals(letters(other));
    }

    /** Error 900126, with the field, the value, and all that it could have been. */
    public static DomainException refusal(String field, String value, Stream<String> known) {
        return new DomainException(ENUM_NOT_PARSED, Quoted.cut(value), field, known.collect(Collectors.joining(", ")));
    }

    private static String letters(String word) {
        return word.replace("_", "").toLowerCase(ROOT);
    }
}
