package csp.commerce.subscription;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class TransferClaimRepository implements PanacheRepositoryBase<TransferClaim, UUID> {

    private static final String HELD = """
            insert into transfer_claim (subscription_id, transfer_id)
            select id, :transferId from subscription where id = any (:ids) and not moved_away order by id
            on conflict on constraint transfer_claim_one_open_per_subscription do nothing""";

    List<TransferClaim> of(Collection<UUID> subscriptionIds) {
        return list("subscriptionId in ?1", subscriptionIds);
    }

    List<TransferClaim> ofPartner(UUID partnerId) {
        return list(
                "subscriptionId in (select s.id from Subscription s where s.partnerId = ?1"
                        + " and s.customerId in (select r.customerId from CustomerRelationship r where r.partnerId = ?1))",
                partnerId);
    }

    /** How many of the subscriptions the transfer now holds. */
    int hold(UUID transferId, Collection<UUID> subscriptionIds) {
        return getEntityManager()
                .createNativeQuery(HELD)
                .setParameter("transferId", transferId)
                .setParameter("ids", subscriptionIds.toArray(UUID[]::new))
                .executeUpdate();
    }
}
