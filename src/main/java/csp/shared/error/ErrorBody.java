package csp.shared.error;

import java.util.List;

/**
 * The error body of every surface but the token endpoints (errors-and-headers.md §1): all four fields, {@code code} as a
 * number.
 */
public record ErrorBody(int code, String description, List<String> data, String source) {

    /** @param arguments the values of the placeholders in the description of {@code error}, in order */
    public ErrorBody(ErrorCode error, Object... arguments) {
        this(error.code, error.describe(arguments), List.of(), error.source);
    }

    public ErrorBody(DomainException refusal) {
        this(refusal.error.code, refusal.getMessage(), List.of(), refusal.error.source);
    }
}
