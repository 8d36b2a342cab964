package csp.transfer;

import static csp.shared.error.ErrorCode.TRANSFER_NOT_FOUND;
import static csp.shared.error.ErrorCode.TRANSFER_NOT_PROCESSABLE;

import csp.shared.error.ErrorCode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The states of a legacy transfer and the moves between them (transfers.md §3). */
public enum TransferStatus {
    ACTIVE("Active"),
    COMPLETE("Complete"),
    PARTIALLY_COMPLETE("PartiallyComplete"),
    REJECTED("Reject"),
    /** Out of sight for everybody (D1). */
    WITHDRAWN(null);

    /** The recorded spelling, not ours to tidy (Q5); null for what is never on the wire. */
    public final String wireName;

    TransferStatus(String wireName) {
        this.wireName = wireName;
    }

    private Set<TransferStatus> next() {
        return switch (this) { // no default: a status without a row must not compile
            case ACTIVE -> EnumSet.of(COMPLETE, PARTIALLY_COMPLETE, REJECTED, WITHDRAWN);
            case COMPLETE, PARTIALLY_COMPLETE, REJECTED, WITHDRAWN -> EnumSet.noneOf(TransferStatus.class);
        };
    }

    /** The published error for a forbidden move: 900102, or 900100 after a withdrawal; empty when the move is allowed. */
    Optional<ErrorCode> refusalOf(TransferStatus to) {
        if (next().contains(to)) {
            return Optional.empty();
        }
        return Optional.of(this == WITHDRAWN ? TRANSFER_NOT_FOUND : TRANSFER_NOT_PROCESSABLE);
    }

    /** Whether a transfer in this state still holds its subscriptions. */
    boolean isOpen() {
        return !next().isEmpty();
    }
}
