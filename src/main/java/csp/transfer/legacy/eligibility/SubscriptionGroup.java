package csp.transfer.legacy.eligibility;

import static java.util.stream.Collectors.groupingBy;

import csp.commerce.subscription.Subscription;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A base and the add-ons that travel with it (TR7): they move together or stay together (D11).
 *
 * @param addons without the deleted and expired ones, which stay behind
 */
public record SubscriptionGroup(Subscription base, List<Subscription> addons) {

    public SubscriptionGroup {
        addons = addons.stream()
                .filter(addon -> !MoveConditions.staysBehind(addon))
                .toList();
    }

    /** Every subscription of {@code subscriptions} that is no add-on of another of them, with its add-ons, in their order. */
    public static List<SubscriptionGroup> of(Collection<Subscription> subscriptions) {
        var addons = subscriptions.stream()
                .filter(Subscription::isAddon)
                .collect(groupingBy(Subscription::parentSubscriptionId));
        return subscriptions.stream()
                .map(subscription ->
                        new SubscriptionGroup(subscription, addons.getOrDefault(subscription.id(), List.of())))
                .toList();
    }

    /** The base and the add-ons that travel. */
    public Stream<Subscription> members() {
        return Stream.concat(Stream.of(base), addons.stream());
    }

    public List<UUID> memberIds() {
        return members().map(Subscription::id).toList();
    }

    /** What keeps this group from being a line of a transfer: type, add-on, state, then sync state (D11). */
    public Optional<Ineligibility> ineligibility() {
        return MoveConditions.of(base, addons);
    }
}
