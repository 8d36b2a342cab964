package csp.transfer.legacy.eligibility;

import java.util.Optional;
import java.util.UUID;

/**
 * Whether one subscription may be a line of a transfer now.
 *
 * @param reason why not; empty when it may
 */
public record TransferEligibility(UUID subscriptionId, Optional<Ineligibility> reason) {}
