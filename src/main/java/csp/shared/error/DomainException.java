package csp.shared.error;

/** A refusal that the published error table knows. Thrown before anything is changed, or with the transaction rolled back. */
public class DomainException extends RuntimeException {

    /** Status and code of the answer. */
    public final ErrorCode error;

    /** @param arguments the values of the placeholders in the description of {@code error}, in order */
    public DomainException(ErrorCode error, Object... arguments) {
        // A refusal is an answer, not a fault: nobody reads its stack trace, and filling it in is most of its cost.
        super(error.describe(arguments), null, false, false);
        this.error = error;
    }
}
