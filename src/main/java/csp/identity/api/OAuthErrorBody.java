package csp.identity.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import csp.identity.OAuthException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The error body of the token endpoints, as recorded (W44).
 *
 * @param errorDescription number and sentence, and what follows once more on lines of its own
 * @param timestamp UTC, to the second
 * @param traceId a GUID, new for each answer
 * @param correlationId a GUID, the caller's if it sent one
 */
record OAuthErrorBody(
        String error,
        @JsonProperty("error_description") String errorDescription,
        @JsonProperty("error_codes") List<Integer> errorCodes,
        String timestamp,
        @JsonProperty("trace_id") String traceId,
        @JsonProperty("correlation_id") String correlationId) {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    static OAuthErrorBody of(OAuthException refusal, Instant now, String traceId, String correlationId) {
        var timestamp = TIMESTAMP.format(now);
        return new OAuthErrorBody(
                refusal.error.wireName,
                "AADSTS%d: %s\r\nTrace ID: %s\r\nCorrelation ID: %s\r\nTimestamp: %s"
                        .formatted(refusal.error.number, refusal.getMessage(), traceId, correlationId, timestamp),
                List.of(refusal.error.number),
                timestamp,
                traceId,
                correlationId);
    }
}
