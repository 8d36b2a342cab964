package csp.transfer.newcommerce.api;

import csp.transfer.newcommerce.NewCommerceLine;
import java.util.UUID;

/**
 * A line on the wire, in the recorded key order (W62).
 *
 * @param id 0 on every line, as recorded
 * @param subscriptionId of the partner that looks: its own; absent for the target where nothing moved
 * @param billingCycle {@code unknown} and the quantity 0, as recorded
 * @param productType a number
 * @param sourceSubscriptionId the old id, for the target alone (W69)
 */
record NewCommerceLineView(
        int id,
        UUID subscriptionId,
        String orderId,
        String billingCycle,
        int quantity,
        int productType,
        String status,
        UUID sourceSubscriptionId,
        String transferError) {

    private static final String UNKNOWN = "unknown";

    static NewCommerceLineView ofSource(NewCommerceLine line) {
        return of(line, line.subscriptionId(), null, null);
    }

    static NewCommerceLineView ofTarget(NewCommerceLine line) {
        return of(line, line.newSubscriptionId(), line.orderId(), line.subscriptionId());
    }

    private static NewCommerceLineView of(NewCommerceLine line, UUID own, String orderId, UUID source) {
        return new NewCommerceLineView(
                0,
                own,
                orderId,
                UNKNOWN,
                0,
                line.productType().number(),
                line.status().toString(),
                source,
                line.transferError());
    }
}
