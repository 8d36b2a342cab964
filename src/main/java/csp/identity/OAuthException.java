package csp.identity;

/** A refusal of a token endpoint. The message becomes {@code error_description}; it never quotes a secret. */
public class OAuthException extends RuntimeException {

    /** Status and error word of the answer. */
    public final OAuthError error;

    public OAuthException(OAuthError error, String description) {
        super(description, null, false, false); // an answer, not a fault: its stack trace would only cost
        this.error = error;
    }
}
