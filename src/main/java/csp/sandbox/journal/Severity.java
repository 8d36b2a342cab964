package csp.sandbox.journal;

import java.util.Locale;

/** How bad it is that a caller does something, the least first. */
public enum Severity {
    /** The real service is known to take it; the published form is another. */
    INFO,
    /** It works, and is known to go wrong, to cost or to end one day. */
    WARNING,
    /** The real service refuses it, does it twice, or does not deliver. */
    ERROR;

    /** As it is on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
