package csp.subscription;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

/** What other features ask of subscriptions. */
@ApplicationScoped
public class SubscriptionService {

    private final SubscriptionRepository subscriptions;

    SubscriptionService(SubscriptionRepository subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** What the partner sees of the customer, oldest first. One query. */
    public List<Subscription> listed(UUID customerId, UUID partnerId) {
        return subscriptions.listed(customerId, partnerId);
    }

    /** Those of {@code ids} that the partner sees of the customer, with all their add-ons, oldest first. One query. */
    public List<Subscription> basesWithAddons(UUID customerId, UUID partnerId, Collection<UUID> ids) {
        return subscriptions.basesWithAddons(customerId, partnerId, ids);
    }

    /** By id, locked until the transaction ends, always in the same order so that two callers cannot block each other. One query. */
    public Map<UUID, Subscription> locked(Collection<UUID> ids) {
        return subscriptions.lockedInOrder(ids).stream().collect(toMap(Subscription::id, identity()));
    }

    /** Stores new subscriptions, bases before their add-ons. */
    public void add(Collection<Subscription> added) {
        subscriptions.persist(added);
    }
}
