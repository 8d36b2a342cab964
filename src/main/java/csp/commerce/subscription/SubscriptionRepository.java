package csp.commerce.subscription;

import static csp.shared.storage.SqlStatement.column;
import static java.util.stream.Collectors.toMap;

import csp.shared.storage.PlainSql;
import csp.shared.storage.SqlStatement;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.util.AbstractMap.SimpleEntry;
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

    /**
     * What is {@link #LISTED} of some bases and their add-ons, in SQL: ids, ids, customer, partner. Either may have thousands: they are
     * compared as texts so that no index of theirs is tempting.
     */
    private static final String FAMILIES_OF = """
            \s(s.id = any (cast(? as uuid[])) or s.parent_subscription_id = any (cast(? as uuid[])))
            and cast(s.customer_id as text) = ? and cast(s.partner_id as text) = ? and not (s.moved_away and s.product <> 'LICENSE')""";

    private static final String CUSTOMERS = "(select r.customerId from CustomerRelationship r where r.partnerId = ?1)";
    private static final String ORDER = " order by creationDate, id";

    private final PlainSql sql;

    SubscriptionRepository(PlainSql sql) {
        this.sql = sql;
    }

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

    /** With an array, not a list, which would be translated anew each time. */
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

    /** As {@link #basesWithAddons}, not yet taken: with {@link #holders}, which takes them, in one round trip. */
    SqlStatement<List<Subscription>> families(UUID customerId, UUID partnerId, List<UUID> ids) {
        return SqlStatement.query(
                "select * from subscription s where" + FAMILIES_OF + " order by creation_date, id",
                Subscription::read,
                column(ids),
                column(ids),
                customerId.toString(),
                partnerId.toString());
    }

    /**
     * The open transfers that hold what {@link #families} finds, by subscription. Takes the subscriptions, in the order of the ids, so
     * that two requests cannot wait for each other.
     */
    SqlStatement<List<Map.Entry<UUID, UUID>>> holders(UUID customerId, UUID partnerId, List<UUID> ids) {
        return SqlStatement.query(
                "select s.id, claim.transfer_id"
                        + " from subscription s left join transfer_claim claim on claim.subscription_id = s.id where"
                        + FAMILIES_OF + " order by s.id for update of s",
                row -> new SimpleEntry<>(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
                column(ids),
                column(ids),
                customerId.toString(),
                partnerId.toString());
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

    /** As {@link #lockedInOrder}, outside of any persistence context, which would compare all of them again before each statement. */
    List<Subscription> taken(Collection<UUID> ids) {
        return sql.list(
                "select * from subscription where id = any (cast(? as uuid[])) order by id for no key update",
                Subscription::read,
                (Object) column(List.copyOf(ids)));
    }

    /** Adds what a move made, all its columns, a base before its add-ons. */
    SqlStatement<Integer> adding(List<Subscription> continuations) {
        return SqlStatement.update("""
                insert into subscription (id, customer_id, partner_id, product, offer_id, offer_name, friendly_name, quantity,
                    billing_cycle, term_duration, status, sync_state, parent_subscription_id, azure_subscription_id,
                    partner_id_on_record, creation_date, commitment_end_date, auto_renew_enabled, order_id, moved_from, moved_away,
                    version)
                select * from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as uuid[]), ?, ?, ?, ?, cast(? as integer[]),
                    ?, ?, ?, ?, cast(? as uuid[]), cast(? as uuid[]),
                    ?, cast(? as timestamptz[]), cast(? as timestamptz[]), cast(? as boolean[]), ?, cast(? as uuid[]), cast(? as boolean[]),
                    cast(? as integer[]))""", Subscription.columns(continuations));
    }

    /** Writes what became of those that a move left behind. */
    SqlStatement<Integer> leavingBehind(List<Subscription> moved) {
        return SqlStatement.update(
                """
                update subscription s set status = m.status, moved_away = m.moved_away, version = s.version + 1
                from unnest(cast(? as uuid[]), ?, cast(? as boolean[])) as m (id, status, moved_away) where s.id = m.id""",
                column(moved, Subscription::id),
                column(moved, one -> one.status().name()),
                column(moved, Subscription::hasMovedAway));
    }
}
