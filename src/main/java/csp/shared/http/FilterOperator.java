package csp.shared.http;

import csp.shared.error.Choice;
import java.util.Locale;
import java.util.stream.Stream;

/** How a filter compares, in the order of the vendor's SDKs: the Java SDK sends the number instead of the word (W33). */
public enum FilterOperator {
    EQUALS,
    NOT_EQUALS,
    GREATER_THAN,
    GREATER_THAN_OR_EQUALS,
    LESS_THAN,
    LESS_THAN_OR_EQUALS,
    SUBSTRING,
    AND,
    OR,
    STARTS_WITH,
    NOT_STARTS_WITH;

    private static final int LONGEST_WORD = 1000;

    /** The filter must compare so. Errors: 800002 for an operator that cannot be read, 900126 for another one. */
    public void requireIn(JsonFields filter) {
        var operator = filter.requiredWordOrNumber("Operator", LONGEST_WORD);
        if (!Choice.same(operator, name()) && !operator.equals(Integer.toString(ordinal()))) {
            throw Choice.refusal("filter.Operator", operator, Stream.of(name().toLowerCase(Locale.ROOT)));
        }
    }
}
