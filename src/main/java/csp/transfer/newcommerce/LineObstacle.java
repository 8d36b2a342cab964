package csp.transfer.newcommerce;

import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionStatus;
import csp.commerce.subscription.SyncState;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** Why a subscription cannot move, in the words that legacy transfers use, ids in lower case as all of new commerce (W4). */
final class LineObstacle {

    private LineObstacle() {}

    /** State and sync state, and whether it is still there. */
    static Optional<String> ofCondition(Subscription subscription) {
        if (subscription.hasMovedAway()) {
            return Optional.of(moved(subscription.id()));
        }
        if (subscription.status() != SubscriptionStatus.ACTIVE) {
            return Optional.of("Subscription: %s is in state: %s"
                    .formatted(subscription.id(), subscription.status().title()));
        }
        if (subscription.syncState() != SyncState.COMPLETE) {
            return Optional.of("Subscription: %s is in sync state: None".formatted(subscription.id()));
        }
        return Optional.empty();
    }

    static Optional<String> ofType(Subscription subscription) {
        return TransferProductType.of(subscription.product()).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "Subscription: %s is of a type that new commerce does not move".formatted(subscription.id()));
    }

    static String moved(UUID subscriptionId) {
        return "Subscription has already been transfered. Subscription: " + subscriptionId;
    }

    static String addon(Subscription addon) {
        return "Subscription: %s is an add-on of: %s".formatted(addon.id(), addon.parentSubscriptionId());
    }

    static String ofAddon(UUID baseId, String reason) {
        return "Subscription: %s has an add-on that is not eligible. %s".formatted(baseId, reason);
    }

    /** The first add-on that can neither move with its base nor stay behind. */
    static Optional<String> ofAddons(UUID baseId, Collection<Subscription> addons) {
        return addons.stream()
                .map(addon -> ofType(addon).or(() -> ofCondition(addon)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(reason -> ofAddon(baseId, reason));
    }

    /** Whether an add-on is left where it is when its base moves. */
    static boolean staysBehind(Subscription addon) {
        return addon.hasMovedAway()
                || addon.status() == SubscriptionStatus.DELETED
                || addon.status() == SubscriptionStatus.EXPIRED;
    }
}
