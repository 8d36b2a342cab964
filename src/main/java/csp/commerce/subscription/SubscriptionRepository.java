package csp.commerce.subscription;

import static java.util.stream.Collectors.toMap;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

@ApplicationScoped
class SubscriptionRepository implements PanacheRepositoryBase<Subscription, UUID> {

    /** A legacy licence that moved is still listed at its source, whatever else moved is not (TR16, D24). */
    private static final String LISTED =
            "customerId = ?1 and partnerId = ?2 and not (movedAway and product <> LICENSE)";

    /** What its partner still has to look after (D16). */
    private static final String HELD =
            "partnerId = ?1 and not movedAway and (status = ACTIVE or status = SUSPENDED and product in ?2)";

    private static final String CUSTOMERS = "(select r.customerId from CustomerRelationship r where r.partnerId = ?1)";
    private static final String ORDER = " order by creationDate, id";

    List<Subscription> listed(UUID customerId, UUID partnerId) {
        return list(LISTED + ORDER, customerId, partnerId);
    }

    List<Subscription> listedOfAllCustomers(UUID partnerId) {
        return list(
                "partnerId = ?1 and not (movedAway and product <> LICENSE) and customerId in " + CUSTOMERS + ORDER,
                partnerId);
    }

    Map<UUID, Long> activeOfAllCustomers(UUID partnerId) {
        return getEntityManager()
                .createQuery(
                        "select customerId, count(*) from Subscription where status = ACTIVE and customerId in "
                                + CUSTOMERS + " group by customerId",
                        Tuple.class)
                .setParameter(1, partnerId)
                .getResultList()
                .stream()
                .collect(toMap(row -> row.get(0, UUID.class), row -> row.get(1, Long.class)));
    }

    Optional<Subscription> listed(UUID customerId, UUID partnerId, UUID id) {
        return find(LISTED + " and id = ?3", customerId, partnerId, id).singleResultOptional();
    }

    /** On the path of every new transfer: with an array, not a list, which would be translated anew each time. */
    @SuppressWarnings("unchecked")
    List<Subscription> basesWithAddons(UUID customerId, UUID partnerId, Collection<UUID> ids) {
        return getEntityManager()
                .createNativeQuery("""
                        select * from subscription where customer_id = :customerId and partner_id = :partnerId
                        and not (moved_away and product <> 'LICENSE')
                        and (id = any (:ids) or parent_subscription_id = any (:ids))
                        order by creation_date, id""", Subscription.class)
                .setParameter("customerId", customerId)
                .setParameter("partnerId", partnerId)
                .setParameter("ids", ids.toArray(UUID[]::new))
                .getResultList();
    }

    @SuppressWarnings("unchecked")
    List<Subscription> all(Collection<UUID> ids) {
        return getEntityManager()
                .createNativeQuery("select * from subscription where id = any (:ids)", Subscription.class)
                .setParameter("ids", ids.toArray(UUID[]::new))
                .getResultList();
    }

    List<Subscription> basesWithAddonsLocked(UUID customerId, UUID partnerId, Collection<UUID> ids) {
        return find(LISTED + " and (id in ?3 or parentSubscriptionId in ?3) order by id", customerId, partnerId, ids)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    List<Subscription> ofProducts(UUID customerId, Set<Product> products) {
        return list("customerId = ?1 and product in ?2 and not movedAway" + ORDER, customerId, products);
    }

    List<Subscription> stillHeld(UUID customerId, UUID partnerId) {
        return list(HELD + " and customerId = ?3" + ORDER, partnerId, Product.BINDING_WHILE_SUSPENDED, customerId);
    }

    List<Subscription> toCancel(UUID customerId) {
        return list(
                "customerId = ?1 and not movedAway and (status = ACTIVE and product in ?2 or status = SUSPENDED and product in ?3)"
                        + ORDER,
                customerId,
                Product.CANCELLED_BY_ORDER,
                Product.BINDING_WHILE_SUSPENDED);
    }

    long countStillHeld(UUID partnerId) {
        return count(HELD, partnerId, Product.BINDING_WHILE_SUSPENDED);
    }

    List<Subscription> basesKeptAsTheyAre(UUID customerId, UUID partnerId, Collection<UUID> ids) {
        return find(LISTED + " and id in ?3 and parentSubscriptionId is null order by id", customerId, partnerId, ids)
                .withLock(LockModeType.PESSIMISTIC_READ)
                .list();
    }

    List<Subscription> lockedInOrder(Collection<UUID> ids) {
        return find("id in ?1 order by id", ids)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }
}
