package csp.sandbox.clock;

import java.time.Instant;

/**
 * Something that happened because the clock moved.
 *
 * @param at when it was due, or when it was written, by the clock of the service
 * @param what in a sentence for a person
 */
public record Happening(Instant at, Kind kind, String what) {

    /** In the order in which things of the same time come. */
    public enum Kind {
        EXPIRY("expiry"),
        JOB("job"),
        MAIL("mail"),
        NOTIFICATION("notification"),
        DELIVERY("delivery");

        public final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }
    }
}
