package csp.sandbox.journal.api;

import static csp.shared.error.ErrorCode.INVALID_INPUT;

import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.http.PathIds;
import csp.shared.http.QueryParameters;
import csp.shared.http.WireTime;
import java.time.Instant;
import java.util.UUID;

/** What the queries of everything have in common that is about the last requests. Error 800002, naming the parameter. */
public final class JournalParameters {

    private JournalParameters() {}

    /** Null for all. */
    public static UUID partner(QueryParameters parameters) {
        return PathIds.parameter("partner", parameters.get("partner").orElse(null))
                .orElse(null);
    }

    /** By the clock of the service; null for any time. */
    public static Instant since(QueryParameters parameters) {
        return parameters
                .get("since")
                .map(text -> WireTime.read(text.strip())
                        .orElseThrow(() -> refusal("since", "a date-time such as 2026-01-31T10:00:00Z", text)))
                .orElse(null);
    }

    static DomainException refusal(String parameter, String expected, String text) {
        return new DomainException(
                INVALID_INPUT, "%s must be %s but is %s.".formatted(parameter, expected, Quoted.text(text)));
    }
}
