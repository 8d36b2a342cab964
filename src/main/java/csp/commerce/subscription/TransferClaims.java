package csp.commerce.subscription;

import static csp.shared.error.ErrorCode.RESOURCE_BUSY;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_IN_OPEN_TRANSFER;
import static java.util.stream.Collectors.toMap;

import csp.shared.error.DomainException;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Which subscriptions open transfers hold. One claim per subscription, kept by a primary key (TR6, D13). */
@ApplicationScoped
public class TransferClaims implements PanacheRepositoryBase<TransferClaim, UUID> {

    /** The open transfer of each of {@code subscriptionIds} that is in one. One query. */
    public Map<UUID, UUID> openTransfersOf(Collection<UUID> subscriptionIds) {
        return list("subscriptionId in ?1", subscriptionIds).stream()
                .collect(toMap(TransferClaim::subscriptionId, TransferClaim::transferId));
    }

    /** As {@link #openTransfersOf} for all subscriptions of a partner. One query. */
    public Map<UUID, UUID> openTransfersOfPartner(UUID partnerId) {
        return list(
                        "subscriptionId in (select s.id from Subscription s where s.partnerId = ?1"
                                + " and s.customerId in (select r.customerId from CustomerRelationship r where r.partnerId = ?1))",
                        partnerId)
                .stream()
                .collect(toMap(TransferClaim::subscriptionId, TransferClaim::transferId));
    }

    /**
     * Claims the subscriptions for a transfer that is already stored. Another request that is claiming one of them is
     * waited for; the order of the ids keeps two such requests from waiting for each other. Errors: 900101 when one is
     * taken, 900104 when one moved or was given back meanwhile.
     */
    public void hold(UUID transferId, Collection<UUID> subscriptionIds) {
        var ids = subscriptionIds.toArray(UUID[]::new);
        // Asks again whether they are there: since they were read, an acceptance may have moved them and given its
        // claims back.
        var held = getEntityManager()
                .createNativeQuery("""
                insert into transfer_claim (subscription_id, transfer_id)
                select id, :transferId from subscription where id = any (:ids) and not moved_away order by id
                on conflict on constraint transfer_claim_one_open_per_subscription do nothing""")
                .setParameter("transferId", transferId)
                .setParameter("ids", ids)
                .executeUpdate();
        if (held < ids.length) {
            refuseTaken(transferId, subscriptionIds);
        }
    }

    /** Gives back every claim of the transfer; called before it closes, for only an active transfer can hold one. */
    public void release(UUID transferId) {
        delete("transferId", transferId);
    }

    private void refuseTaken(UUID transferId, Collection<UUID> subscriptionIds) {
        openTransfersOf(subscriptionIds).forEach((subscriptionId, holder) -> {
            if (!holder.equals(transferId)) {
                throw new DomainException(SUBSCRIPTION_IN_OPEN_TRANSFER, subscriptionId, holder);
            }
        });
        throw new DomainException(RESOURCE_BUSY);
    }
}
