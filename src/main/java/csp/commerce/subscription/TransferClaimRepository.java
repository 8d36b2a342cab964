package csp.commerce.subscription;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class TransferClaimRepository implements PanacheRepositoryBase<TransferClaim, UUID> {

    /** In the order of the ids, so that two requests cannot wait for each other. */
    private static final String LOCKED = """
            select s.id, claim.transfer_id from subscription s left join transfer_claim claim on claim.subscription_id = s.id
            where s.id = any (:ids) order by s.id for update of s""";

    /**
     * Asks again for what may have changed since the subscriptions were read: an acceptance may have moved them and given its
     * claims back, and an add-on may have been bought for one of them.
     */
    private static final String HELD = """
            insert into transfer_claim (subscription_id, transfer_id, exclusive)
            select s.id, :transferId, :exclusive from subscription s where s.id = any (:ids) and not s.moved_away
            and not exists (select from subscription addon where addon.parent_subscription_id = s.id
                and addon.partner_id = s.partner_id and addon.id <> all (:ids)
                and not addon.moved_away and addon.status not in ('DELETED', 'EXPIRED'))
            order by s.id for update of s
            on conflict on constraint transfer_claim_one_open_per_subscription do nothing""";

    /** With an array, not a list, which would be translated anew each time. */
    @SuppressWarnings("unchecked")
    List<TransferClaim> of(Collection<UUID> subscriptionIds) {
        return getEntityManager()
                .createNativeQuery(
                        "select * from transfer_claim where subscription_id = any (:ids)", TransferClaim.class)
                .setParameter("ids", subscriptionIds.toArray(UUID[]::new))
                .getResultList();
    }

    List<TransferClaim> ofPartner(UUID partnerId) {
        return list(
                "subscriptionId in (select s.id from Subscription s where s.partnerId = ?1"
                        + " and s.customerId in (select r.customerId from CustomerRelationship r where r.partnerId = ?1))",
                partnerId);
    }

    /** The transfers that hold the subscriptions, by subscription; these stay locked until the transaction ends. */
    Map<UUID, UUID> lockedTransfersOf(Collection<UUID> subscriptionIds) {
        @SuppressWarnings("unchecked")
        List<Object[]> rows = getEntityManager()
                .createNativeQuery(LOCKED)
                .setParameter("ids", subscriptionIds.toArray(UUID[]::new))
                .getResultList();
        var transfers = new HashMap<UUID, UUID>();
        rows.stream().filter(row -> row[1] != null).forEach(row -> transfers.put((UUID) row[0], (UUID) row[1]));
        return transfers;
    }

    /** The transfer that lets nobody else change the subscription. */
    Optional<UUID> exclusiveHolder(UUID subscriptionId) {
        return find("subscriptionId = ?1 and exclusive = true", subscriptionId)
                .singleResultOptional()
                .map(TransferClaim::transferId);
    }

    /** How many of the subscriptions the transfer now holds. */
    int hold(UUID transferId, Collection<UUID> subscriptionIds, boolean exclusive) {
        return getEntityManager()
                .createNativeQuery(HELD)
                .setParameter("transferId", transferId)
                .setParameter("exclusive", exclusive)
                .setParameter("ids", subscriptionIds.toArray(UUID[]::new))
                .executeUpdate();
    }
}
