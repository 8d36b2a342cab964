package csp.platform.database;

import java.util.List;

/** A server ended while it was to start. The message is its own word for it. */
class ServerEndedException extends Exception {

    /** What passes by itself when processes of an earlier server end, or with another port. */
    private static final List<String> PASSING = List.of(
            "pre-existing shared memory block", "lock file \"postmaster.pid\"", "could not create any TCP/IP sockets");

    ServerEndedException(String complaint, Throwable cause) {
        super(complaint, cause);
    }

    /** Whether another try may succeed at once. */
    boolean isPassing() {
        return PASSING.stream().anyMatch(getMessage()::contains);
    }
}
