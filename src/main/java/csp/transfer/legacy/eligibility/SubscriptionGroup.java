package csp.transfer.legacy.eligibility;

import static java.util.stream.Collectors.groupingBy;

import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionStatus;
import csp.commerce.subscription.SyncState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A base and the add-ons that travel with it (TR7): they move together or stay together (D11).
 *
 * @param addons without the deleted and expired ones, which stay behind
 */
public record SubscriptionGroup(Subscription base, List<Subscription> addons) {

    public SubscriptionGroup {
        addons = addons.stream().filter(addon -> !staysBehind(addon)).toList();
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
        return first(() -> Ineligibility.type(base), () -> asLine(base), () -> condition(base), this::ofAddons);
    }

    /** The reason of the first add-on that may neither move nor stay behind (D11). */
    Optional<Ineligibility> ofAddons() {
        return addons.stream()
                .map(addon -> first(() -> Ineligibility.type(addon), () -> condition(addon)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(reason -> Ineligibility.ofAddon(base.id(), reason));
    }

    private static Optional<Ineligibility> asLine(Subscription subscription) {
        return when(subscription.isAddon(), () -> Ineligibility.addon(subscription));
    }

    private static Optional<Ineligibility> condition(Subscription subscription) {
        // A moved record is suspended as well; the recordings name the move (transfers.md §4).
        return first(
                () -> when(subscription.hasMovedAway(), () -> Ineligibility.movedAlready(subscription.id())),
                () -> when(subscription.status() != SubscriptionStatus.ACTIVE, () -> Ineligibility.state(subscription)),
                () -> when(
                        subscription.syncState() != SyncState.COMPLETE, () -> Ineligibility.syncState(subscription)));
    }

    private static boolean staysBehind(Subscription addon) {
        return addon.status() == SubscriptionStatus.DELETED || addon.status() == SubscriptionStatus.EXPIRED;
    }

    private static Optional<Ineligibility> when(boolean applies, Supplier<Ineligibility> reason) {
        return applies ? Optional.of(reason.get()) : Optional.empty();
    }

    @SafeVarargs
    private static Optional<Ineligibility> first(Supplier<Optional<Ineligibility>>... rules) {
        return Stream.of(rules).map(Supplier::get).flatMap(Optional::stream).findFirst();
    }
}
