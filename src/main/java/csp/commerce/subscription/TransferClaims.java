package csp.commerce.subscription;

import static csp.shared.error.ErrorCode.RESOURCE_BUSY;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_HELD;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_IN_OPEN_TRANSFER;
import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.util.stream.Collectors.toMap;

import csp.shared.error.DomainException;
import csp.shared.storage.PlainSql;
import csp.shared.storage.SqlStatement;
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
    private final PlainSql sql;

    TransferClaims(TransferClaimRepository claims, PlainSql sql) {
        this.claims = claims;
        this.sql = sql;
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
     * Claims the subscriptions, bases with all their add-ons, for a transfer that is already stored: one statement, to be sent with
     * others. Another request that is claiming, moving or extending one of them is waited for. Whether they are held is for {@link
     * #requireHeld} to say afterwards.
     */
    public SqlStatement<Integer> holding(UUID transferId, Collection<UUID> subscriptionIds) {
        return claims.holding(transferId, subscriptionIds, false);
    }

    /**
     * Errors: 900101 when one is taken, 900104 when one moved, was given back or got an add-on since it was read.
     *
     * @param held the outcome of {@link #holding}
     */
    @Transactional(MANDATORY)
    public void requireHeld(UUID transferId, Collection<UUID> subscriptionIds, int held) {
        if (held < subscriptionIds.size()) {
            refuseTaken(transferId, subscriptionIds);
        }
    }

    /** As {@link #holding} and {@link #requireHeld}, and nobody else changes them as long as the transfer is open (W71). */
    @Transactional(MANDATORY)
    public void holdExclusively(UUID transferId, Collection<UUID> subscriptionIds) {
        claims.flush(); // the transfer itself
        var holding = claims.holding(transferId, subscriptionIds, true);
        sql.together(holding);
        requireHeld(transferId, subscriptionIds, holding.outcome());
    }

    /**
     * For whoever changes a subscription; asked again once the change is written, it sees what took hold of it meanwhile. One query.
     * Error 900278 when an open transfer lets nobody else change it (W71, D15).
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

    /** As {@link #release}: one statement, to be sent with others. */
    public SqlStatement<Integer> releasing(UUID transferId) {
        return SqlStatement.update("delete from transfer_claim where transfer_id = ?", transferId);
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
