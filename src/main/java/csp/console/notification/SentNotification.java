package csp.console.notification;

import csp.console.frame.Moment;
import java.util.List;

/**
 * A notification of the reader's side and what became of it.
 *
 * @param next null when no further attempt is planned
 */
public record SentNotification(
        String id, String event, String transferId, String state, List<Attempt> attempts, Moment next) {

    /** @param status empty when the receiver did not answer */
    public record Attempt(Moment at, String status, String milliseconds, String answer) {}
}
