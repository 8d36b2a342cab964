package csp.identity;

/** A refusal of a token endpoint. The message becomes the sentence of {@code error_description}; it never quotes a secret. */
public class OAuthException extends RuntimeException {

    /** Status, error word and number of the answer. */
    public final OAuthError error;

    public OAuthException(OAuthError error, String description) {
        super(description, null, false, false); // an answer, not a fault: its stack trace would only cost
        this.error = error;
    }
}
