package csp.console.journal;

import csp.console.frame.Moment;
import java.util.List;

/**
 * A request on record.
 *
 * @param partner empty for whoever did not say, as {@code operation} for what no operation matched
 * @param fault the id of the fault that struck it; empty without one
 */
public record JournalRow(
        String id,
        Moment at,
        String partner,
        String method,
        String path,
        String operation,
        String status,
        String code,
        String rule,
        String milliseconds,
        String fault,
        List<Finding> findings) {

    /** What deviates from the published contract although it was answered, and what to do about it. */
    public record Finding(String rule, String severity, String message, String advice) {}

    public boolean isTaken() {
        return status.startsWith("2");
    }
}
