package csp.sandbox.report;

import csp.sandbox.journal.Severity;
import java.util.List;
import java.util.UUID;

/**
 * Something that a caller does and the real service would not take.
 *
 * @param rule how it is called
 * @param partner null for a caller without a valid token
 * @param message what was seen, and how often
 * @param advice what to do about it
 * @param requests correlation ids of requests that it was seen in, newest first; at most {@link #MOST_REQUESTS}
 */
public record Finding(
        String rule, Severity severity, UUID partner, String message, String advice, List<String> requests) {

    static final int MOST_REQUESTS = 20;

    /** With the newest of many requests. */
    public Finding {
        requests = requests.stream().distinct().limit(MOST_REQUESTS).toList();
    }
}
