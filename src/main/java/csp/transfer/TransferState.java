package csp.transfer;

import csp.shared.error.ErrorCode;
import java.util.Optional;

/**
 * A state of a transfer. Each flavour has its own states, an enum that is its table of moves.
 *
 * @param <S> the states of the flavour
 */
public interface TransferState<S extends TransferState<S>> {

    /** As the database keeps it. */
    String name();

    /** The spelling on the wire; null for what is never on it. */
    String wireName();

    /** The published error for a forbidden move; empty when the move is allowed. */
    Optional<ErrorCode> refusalOf(S to);
}
