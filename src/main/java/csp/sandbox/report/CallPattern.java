package csp.sandbox.report;

import csp.sandbox.journal.Severity;

/** What shows only over several requests, or notifications. */
public enum CallPattern {
    EARLY_RETRY(
            "ST6-retry-before-retry-after",
            Severity.ERROR,
            "Wait as many seconds as Retry-After says before the request is sent again: refused requests count too, and a client that"
                    + " does not wait is never let in."),
    NEW_REQUEST_ID(
            "ST5-retry-with-new-request-id",
            Severity.ERROR,
            "Send the same MS-RequestId when a write is sent again after a time-out, a lost connection or a 5xx: with a new one the real"
                    + " service does it twice."),
    TOKEN_PER_CALL(
            "token-per-call",
            Severity.WARNING,
            "Keep the access token and ask for the next one shortly before expires_in is over: token requests are slow, and throttled."),
    POLLED(
            "D25-polled-not-notified",
            Severity.WARNING,
            "Register a webhook for the events of transfers (POST /webhooks/v1/registration) and read the transfer when it is told of,"
                    + " in place of asking again and again."),
    RECEIVER_REFUSES(
            "D25-receiver-refuses",
            Severity.ERROR,
            "Answer every notification with 2xx, those of no interest too: anything else is sent again ten times and holds up the later"
                    + " events of the transfer."),
    RECEIVER_LATE(
            "D25-receiver-late",
            Severity.WARNING,
            "Answer a notification at once and work at it afterwards: a receiver that takes too long gets it again.");

    /** How it is called outside: the number of docs/parity.md, if there is one, and a word for it. */
    public final String id;

    final Severity severity;
    final String advice;

    CallPattern(String id, Severity severity, String advice) {
        this.id = id;
        this.severity = severity;
        this.advice = advice;
    }
}
