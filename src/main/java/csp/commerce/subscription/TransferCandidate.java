package csp.commerce.subscription;

import java.util.UUID;

/** What tells whether a subscription may move, and no more of it. */
public interface TransferCandidate {

    UUID id();

    Product product();

    SubscriptionStatus status();

    SyncState syncState();

    /** The base of an add-on; null for a base. */
    UUID parentSubscriptionId();

    /** True for the record that a transfer left behind at the source partner. */
    boolean hasMovedAway();

    default boolean isAddon() {
        return parentSubscriptionId() != null;
    }
}
