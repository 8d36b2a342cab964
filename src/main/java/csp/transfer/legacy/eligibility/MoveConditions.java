package csp.transfer.legacy.eligibility;

import csp.commerce.subscription.SubscriptionStatus;
import csp.commerce.subscription.SyncState;
import csp.commerce.subscription.TransferCandidate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What keeps a base with its add-ons from being a line of a transfer: type, add-on, state, then sync state (D11). */
final class MoveConditions {

    private MoveConditions() {}

    /** @param addons those that travel with the base */
    static Optional<Ineligibility> of(TransferCandidate base, List<? extends TransferCandidate> addons) {
        return Ineligibility.type(base)
                .or(() -> base.isAddon() ? Optional.of(Ineligibility.addon(base)) : Optional.empty())
                .or(() -> condition(base))
                .or(() -> ofAddons(base.id(), addons));
    }

    /** The reason of the first add-on that may neither move nor stay behind (D11). */
    private static Optional<Ineligibility> ofAddons(UUID baseId, List<? extends TransferCandidate> addons) {
        for (var addon : addons) {
            var reason = Ineligibility.type(addon).or(() -> condition(addon));
            if (reason.isPresent()) {
                return reason.map(found -> Ineligibility.ofAddon(baseId, found));
            }
        }
        return Optional.empty();
    }

    private static Optional<Ineligibility> condition(TransferCandidate subscription) {
        // A moved record is suspended as well; the recordings name the move (transfers.md §4).
        if (subscription.hasMovedAway()) {
            return Optional.of(Ineligibility.movedAlready(subscription.id()));
        }
        if (subscription.status() != SubscriptionStatus.ACTIVE) {
            return Optional.of(Ineligibility.state(subscription));
        }
        return subscription.syncState() == SyncState.COMPLETE
                ? Optional.empty()
                : Optional.of(Ineligibility.syncState(subscription));
    }

    /** Whether an add-on does not travel with its base. */
    static boolean staysBehind(TransferCandidate addon) {
        return addon.status() == SubscriptionStatus.DELETED || addon.status() == SubscriptionStatus.EXPIRED;
    }
}
