package csp.transfer.newcommerce;

import java.util.UUID;

/**
 * One subscription of an accepted transfer, a base or an add-on, and what became of it.
 *
 * @param subscriptionId at the source
 * @param newSubscriptionId at the target; only when it moved
 * @param orderId of the target; only when it moved. An add-on is in the order of its base
 * @param transferError only when it did not move
 */
public record NewCommerceLine(
        UUID subscriptionId,
        TransferProductType productType,
        Status status,
        UUID newSubscriptionId,
        String orderId,
        String transferError) {

    /** Stored and sent in the wire's spelling. */
    public enum Status {
        IN_PROGRESS("InProgress"),
        COMPLETE("Complete"),
        FAILED("Failed");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String toString() {
            return wireName;
        }
    }

    static NewCommerceLine accepted(UUID subscriptionId, TransferProductType productType) {
        return new NewCommerceLine(subscriptionId, productType, Status.IN_PROGRESS, null, null, null);
    }

    NewCommerceLine completed(UUID continuation, String order) {
        return new NewCommerceLine(subscriptionId, productType, Status.COMPLETE, continuation, order, null);
    }

    NewCommerceLine failed(String error) {
        return new NewCommerceLine(subscriptionId, productType, Status.FAILED, null, null, error);
    }

    boolean isComplete() {
        return status == Status.COMPLETE;
    }
}
