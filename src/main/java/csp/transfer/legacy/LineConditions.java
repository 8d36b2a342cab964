package csp.transfer.legacy;

import static csp.shared.error.ErrorCode.SUBSCRIPTION_IN_OPEN_TRANSFER;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_NOT_TRANSFERABLE;

import csp.shared.error.DomainException;
import csp.transfer.legacy.eligibility.SubscriptionGroup;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What keeps a subscription and its add-ons from being a line of a new transfer: for creation and for readiness. */
public final class LineConditions {

    private LineConditions() {}

    /**
     * Error 800078 for what eligibility refuses (TR8, TR11, TR12).
     *
     * @param group null when the customer has no such subscription under the source
     */
    public static Optional<DomainException> ineligibility(UUID subscriptionId, SubscriptionGroup group, UUID sourceId) {
        if (group == null) {
            return Optional.of(new DomainException(
                    SUBSCRIPTION_NOT_TRANSFERABLE,
                    "Subscription: " + subscriptionId + " is not a subscription of the customer under partner "
                            + sourceId));
        }
        return group.ineligibility().map(reason -> new DomainException(SUBSCRIPTION_NOT_TRANSFERABLE, reason.reason()));
    }

    /**
     * Error 900101 when the base or an add-on is part of an open transfer (TR6).
     *
     * @param openTransfers by the subscriptions they hold
     */
    public static Optional<DomainException> openTransfer(SubscriptionGroup group, Map<UUID, UUID> openTransfers) {
        return group.memberIds().stream()
                .filter(openTransfers::containsKey)
                .findFirst()
                .map(id -> new DomainException(SUBSCRIPTION_IN_OPEN_TRANSFER, id, openTransfers.get(id)));
    }
}
