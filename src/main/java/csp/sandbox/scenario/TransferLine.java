package csp.sandbox.scenario;

import csp.sandbox.scenario.Scenario.Is;
import csp.transfer.newcommerce.TransferProductType;
import java.util.List;
import java.util.UUID;

/**
 * A line of a transfer, of either flavour: a legacy one has what was bought and its add-ons within, a new-commerce one its product type
 * and, once it moved, the new subscription.
 */
record TransferLine(
        @Is(required = true) UUID subscriptionId,
        TransferProductType productType,
        UUID newSubscriptionId,
        String offerId,
        String billingCycle,
        String friendlyName,
        Integer quantity,
        String partnerIdOnRecord,
        UUID entitlementId,
        String orderId,
        Integer transferGroupId,
        Status status,
        String transferError,
        List<TransferLine> addonItems) {

    /** What became of it, in the spelling that both flavours store. */
    enum Status {
        COMPLETE("Complete"),
        FAILED("Failed"),
        IN_PROGRESS("InProgress");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String toString() {
            return wireName;
        }
    }
}
