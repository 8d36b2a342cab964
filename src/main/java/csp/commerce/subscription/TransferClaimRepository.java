package csp.commerce.subscription;

import csp.shared.storage.SqlStatement;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class TransferClaimRepository implements PanacheRepositoryBase<TransferClaim, UUID> {

    /**
     * Asks again for what may have changed since the subscriptions were read: an acceptance may have moved them and given its
     * claims back, and an add-on may have been bought for one of them.
     */
    private static final String HELD = """
            insert into transfer_claim (subscription_id, transfer_id, exclusive)
            select s.id, ?, ? from subscription s where s.id = any (cast(? as uuid[])) and not s.moved_away
            and not exists (select from subscription addon where addon.parent_subscription_id = s.id
                and addon.partner_id = s.partner_id and addon.id <> all (cast(? as uuid[]))
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

    /** The transfer that lets nobody else change the subscription. */
    Optional<UUID> exclusiveHolder(UUID subscriptionId) {
        return find("subscriptionId = ?1 and exclusive = true", subscriptionId)
                .singleResultOptional()
                .map(TransferClaim::transferId);
    }

    /** Its outcome: how many of the subscriptions the transfer then holds. */
    SqlStatement<Integer> holding(UUID transferId, Collection<UUID> subscriptionIds, boolean exclusive) {
        var ids = SqlStatement.column(List.copyOf(subscriptionIds));
        return SqlStatement.update(HELD, transferId, exclusive, ids, ids);
    }
}
