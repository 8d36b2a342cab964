package csp.sandbox.journal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One request and its answer, with no secret in it.
 *
 * @param id counts the entries of all copies; 0 before it is written
 * @param received by the clock of the machine: what the entries are in order of
 * @param at by the clock of the service
 * @param partner the tenant of the caller; null without a valid token
 * @param caller the user, or the application of an app-only token; null without a valid token
 * @param path with its query
 * @param operation operationId; null when none matched
 * @param status null when the connection ended without an answer
 * @param code the published number of a refusal, that of the directory at token endpoints; null when the answer has none
 * @param rule that stands behind a refusal; null for what is none
 * @param requestId {@code MS-RequestId} as sent; null when none was
 * @param milliseconds from the first byte of the request to that of the answer
 * @param retryAfter seconds that the answer told to wait; null when it told none
 * @param fault id of the fault that struck; null when none did
 * @param deviations what deviates from the published contract although it was accepted
 */
public record JournalEntry(
        long id,
        Instant received,
        Instant at,
        UUID partner,
        UUID caller,
        String method,
        String path,
        String operation,
        Integer status,
        Integer code,
        String rule,
        String requestId,
        String correlationId,
        int milliseconds,
        Integer retryAfter,
        String fault,
        List<Deviation> deviations,
        Message request,
        Message response) {

    /**
     * One side of it.
     *
     * @param headers one in a line
     * @param body as text, perhaps its beginning; null when there was none or it is not kept
     * @param bytes of the whole body
     */
    public record Message(String headers, String body, int bytes) {

        int size() {
            return headers.length() + (body == null ? 0 : body.length());
        }
    }

    int size() {
        return path.length() + request.size() + response.size();
    }
}
