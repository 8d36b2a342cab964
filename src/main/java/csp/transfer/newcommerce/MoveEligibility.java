package csp.transfer.newcommerce;

import java.util.Optional;
import java.util.UUID;

/**
 * Whether a source may name one subscription when it accepts a new-commerce transfer.
 *
 * @param productType empty for what new commerce does not move
 * @param reason why not; empty when it may
 */
public record MoveEligibility(
        UUID subscriptionId, Optional<TransferProductType> productType, Optional<String> reason) {}
