package csp.transfer.newcommerce;

import java.util.UUID;

/** What the source names when it accepts: one of its subscriptions and what it takes it for. */
public record AcceptedLine(UUID subscriptionId, TransferProductType productType) {}
