package csp.commerce.subscription;

import java.util.UUID;

/**
 * A subscription in the list of what may move.
 *
 * @param openTransfer the transfer that holds it; null when none does
 */
public record ListedCandidate(
        UUID id,
        Product product,
        SubscriptionStatus status,
        SyncState syncState,
        UUID parentSubscriptionId,
        boolean hasMovedAway,
        UUID openTransfer)
        implements TransferCandidate {}
