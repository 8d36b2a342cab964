package csp.transfer.newcommerce.api;

import csp.transfer.newcommerce.MoveEligibility;
import csp.transfer.newcommerce.TransferProductType;
import java.util.UUID;

/**
 * An entry of the eligibility for new-commerce transfers, on the portal.
 *
 * @param productType what to name it as when it is accepted; absent for what new commerce does not move
 * @param reason only when not eligible
 */
public record MoveEligibilityView(UUID id, String productType, boolean isEligible, String reason) {

    static MoveEligibilityView of(MoveEligibility eligibility) {
        return new MoveEligibilityView(
                eligibility.subscriptionId(),
                eligibility.productType().map(TransferProductType::toString).orElse(null),
                eligibility.reason().isEmpty(),
                eligibility.reason().orElse(null));
    }
}
