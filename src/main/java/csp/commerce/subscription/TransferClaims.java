package csp.commerce.subscription;

import static csp.shared.error.ErrorCode.RESOURCE_BUSY;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_HELD;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_IN_OPEN_TRANSFER;
import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.util.stream.Collectors.toMap;

import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which subscriptions open transfers hold. One claim per subscription, kept by a primary key (TR6, D13). */
@ApplicationScoped
public class TransferClaims {

    private final TransferClaimRepository claims;

    TransferClaims(TransferClaimRepository claims) {
        this.claims = claims;
    }

    /** The open transfer of each of {@code subscriptionIds} that is in one. One query. */
    public Map<UUID, UUID> openTransfersOf(Collection<UUID> subscriptionIds) {
        return bySubscription(claims.of(subscriptionIds));
    }

    /** As {@link #openTransfersOf} for all subscriptions of a partner. One query. */
    public Map<UUID, UUID> openTransfersOfPartner(UUID partnerId) {
        return bySubscription(claims.ofPartner(partnerId));
    }

    /**
     * As {@link #openTransfersOf}, and keeps the subscriptions as they are until the transaction ends: from here on nobody
     * moves them and nobody buys an add-on for them. One query.
     */
    @Transactional(MANDATORY)
    public Map<UUID, UUID> openTransfersOfLocked(Collection<UUID> subscriptionIds) {
        return claims.lockedTransfersOf(subscriptionIds);
    }

    /**
     * Claims the subscriptions, bases with all their add-ons, for a transfer that is already stored. Another request that is
     * claiming, moving or extending one of them is waited for. Errors: 900101 when one is taken, 900104 when one moved, was
     * given back or got an add-on since it was read.
     */
    @Transactional(MANDATORY)
    public void hold(UUID transferId, Collection<UUID> subscriptionIds) {
        hold(transferId, subscriptionIds, false);
    }

    /** As {@link #hold}, and nobody else changes them as long as the transfer is open (W71). */
    @Transactional(MANDATORY)
    public void holdExclusively(UUID transferId, Collection<UUID> subscriptionIds) {
        hold(transferId, subscriptionIds, true);
    }

    private void hold(UUID transferId, Collection<UUID> subscriptionIds, boolean exclusive) {
        if (claims.hold(transferId, subscriptionIds, exclusive) < subscriptionIds.size()) {
            refuseTaken(transferId, subscriptionIds);
        }
    }

    /**
     * For whoever changes a subscription: from here on no transfer takes hold of it until the transaction ends. Two queries. Error
     * 900278 when an open transfer lets nobody else change it (W71, D15).
     */
    @Transactional(MANDATORY)
    public void requireChangeable(UUID subscriptionId) {
        claims.exclusiveHolder(subscriptionId).ifPresent(transferId -> {
            throw new DomainException(SUBSCRIPTION_HELD, "subscriptionId", subscriptionId, transferId);
        });
    }

    /** Gives back every claim of the transfer; called before it closes, for only an open transfer can hold one. */
    @Transactional(MANDATORY)
    public void release(UUID transferId) {
        claims.delete("transferId", transferId);
    }

    private void refuseTaken(UUID transferId, Collection<UUID> subscriptionIds) {
        openTransfersOf(subscriptionIds).forEach((subscriptionId, holder) -> {
            if (!holder.equals(transferId)) {
                throw new DomainException(SUBSCRIPTION_IN_OPEN_TRANSFER, subscriptionId, holder);
            }
        });
        throw new DomainException(RESOURCE_BUSY);
    }

    private static Map<UUID, UUID> bySubscription(List<TransferClaim> claims) {
        return claims.stream().collect(toMap(TransferClaim::subscriptionId, TransferClaim::transferId));
    }
}
