package csp.transfer.newcommerce;

import static csp.shared.error.ErrorCode.TRANSFER_NOT_PROCESSABLE;

import csp.shared.error.ErrorCode;
import csp.transfer.TransferState;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The states of a new-commerce transfer and the moves between them (new-commerce-transfers.md §6, D20). */
public enum NewCommerceTransferStatus implements TransferState<NewCommerceTransferStatus> {
    /** The target asked; the source has not answered. */
    PENDING("Pending"),
    /** The source named the lines; they move in the background. */
    IN_PROGRESS("InProgress"),
    COMPLETE("Complete"),
    PARTIALLY_COMPLETE("PartiallyComplete"),
    /** No line moved. */
    FAILED("Failed"),
    /** The target took it back. */
    CANCELED("Cancel"),
    REJECTED("Reject"),
    /** Nobody answered in time. */
    EXPIRED("Expired");

    private final String wireName;

    NewCommerceTransferStatus(String wireName) {
        this.wireName = wireName;
    }

    private Set<NewCommerceTransferStatus> next() {
        return switch (this) { // no default: a status without a row must not compile
            case PENDING -> EnumSet.of(IN_PROGRESS, CANCELED, REJECTED, EXPIRED);
            case IN_PROGRESS -> EnumSet.of(COMPLETE, PARTIALLY_COMPLETE, FAILED);
            case COMPLETE, PARTIALLY_COMPLETE, FAILED, CANCELED, REJECTED, EXPIRED ->
                EnumSet.noneOf(NewCommerceTransferStatus.class);
        };
    }

    /** The recorded spelling where there is one. */
    @Override
    public String wireName() {
        return wireName;
    }

    /** 900102: no cancelling after the acceptance, and nothing after the end. */
    @Override
    public Optional<ErrorCode> refusalOf(NewCommerceTransferStatus to) {
        return next().contains(to) ? Optional.empty() : Optional.of(TRANSFER_NOT_PROCESSABLE);
    }

    /** Whether the source has accepted it, so that it has lines and no deadline. */
    public boolean isAccepted() {
        return switch (this) {
            case IN_PROGRESS, COMPLETE, PARTIALLY_COMPLETE, FAILED -> true;
            case PENDING, CANCELED, REJECTED, EXPIRED -> false;
        };
    }

    /** Whether its lines have ended, well or not. */
    public boolean isCompleted() {
        return isAccepted() && this != IN_PROGRESS;
    }
}
