package csp.shared.error;

import java.util.List;

/**
 * The error body of every surface but the token endpoints (errors-and-headers.md §1): all four fields, {@code code} as a number.
 */
public record ErrorBody(int code, String description, List<String> data, String source) {

    private static final String SOURCE = "PartnerFD";

    public ErrorBody(int code, String description) {
        this(code, description, List.of(), SOURCE);
    }
}
