package csp.sandbox.fault;

import java.time.Duration;

/** What becomes of a request, or of a line, that a {@link Fault} strikes. */
public sealed interface FaultEffect {

    /** Refused as one too many, in the recorded form of that. Nothing happens. */
    record Throttle(int retryAfterSeconds) implements FaultEffect {}

    /** Happens so much later. */
    record Delay(Duration by) implements FaultEffect {}

    /** Refused with an error of the service's. Nothing happens. */
    record Refusal(int status, int code) implements FaultEffect {}

    /**
     * A line of a transfer fails that could move: when a legacy transfer is accepted, or a new-commerce one is completed.
     *
     * @param text in its error; null for that of {@code reason}
     * @param reason null when there is a text
     */
    record LineFailure(String text, Reason reason) implements FaultEffect {}

    /** The failures of lines that were recorded. */
    enum Reason {
        ALREADY_TRANSFERRED("alreadyTransferred"),
        NOT_SYNCED("notSynced");

        public final String wireName;

        Reason(String wireName) {
            this.wireName = wireName;
        }
    }

    /** The connection ends without an answer. */
    record DropConnection(When when) implements FaultEffect {}

    /** On which side of what the request does. */
    enum When {
        BEFORE("before"),
        AFTER("after");

        public final String wireName;

        When(String wireName) {
            this.wireName = wireName;
        }
    }

    /** The answer ends, and the connection with it, after so many bytes of its body; the request has done what it does. */
    record CutAnswer(int bytes) implements FaultEffect {}
}
