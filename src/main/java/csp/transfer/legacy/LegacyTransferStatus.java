package csp.transfer.legacy;

import static csp.shared.error.ErrorCode.TRANSFER_NOT_FOUND;
import static csp.shared.error.ErrorCode.TRANSFER_NOT_PROCESSABLE;

import csp.shared.error.ErrorCode;
import csp.transfer.TransferState;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The states of a legacy transfer and the moves between them (transfers.md §3). */
public enum LegacyTransferStatus implements TransferState<LegacyTransferStatus> {
    ACTIVE("Active"),
    COMPLETE("Complete"),
    PARTIALLY_COMPLETE("PartiallyComplete"),
    REJECTED("Reject"),
    /** Out of sight for everybody (D1). */
    WITHDRAWN(null);

    private final String wireName;

    LegacyTransferStatus(String wireName) {
        this.wireName = wireName;
    }

    private Set<LegacyTransferStatus> next() {
        return switch (this) { // no default: a status without a row must not compile
            case ACTIVE -> EnumSet.of(COMPLETE, PARTIALLY_COMPLETE, REJECTED, WITHDRAWN);
            case COMPLETE, PARTIALLY_COMPLETE, REJECTED, WITHDRAWN -> EnumSet.noneOf(LegacyTransferStatus.class);
        };
    }

    /** The recorded spelling, not ours to tidy (Q5). */
    @Override
    public String wireName() {
        return wireName;
    }

    /** 900102, or 900100 after a withdrawal. */
    @Override
    public Optional<ErrorCode> refusalOf(LegacyTransferStatus to) {
        if (next().contains(to)) {
            return Optional.empty();
        }
        return Optional.of(this == WITHDRAWN ? TRANSFER_NOT_FOUND : TRANSFER_NOT_PROCESSABLE);
    }
}
