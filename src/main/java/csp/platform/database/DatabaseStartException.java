package csp.platform.database;

/** The embedded PostgreSQL cannot be used; the message is one sentence meant for the person who started the service. */
public class DatabaseStartException extends RuntimeException {

    DatabaseStartException(String sentence) {
        super(sentence);
    }

    DatabaseStartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
