package csp.transfer;

import static csp.shared.error.ErrorCode.NO_RELATIONSHIP;
import static csp.shared.error.ErrorCode.TRANSFER_BUSY;
import static csp.shared.error.ErrorCode.TRANSFER_NOT_FOUND;

import csp.shared.error.DomainException;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.PessimisticLockException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class TransferRepository implements PanacheRepositoryBase<Transfer, UUID> {

    /** As {@link TransferReadings}, and with the transfer for whoever changes it. */
    private static final String SEEN_BY_PARTNER = """
            select t from Customer c left join Transfer t on t.customerTenantId = c.tenantId and t.status <> 'WITHDRAWN'
            and (t.sourcePartnerTenantId = :partnerId or t.targetPartnerTenantId = :partnerId) and t.id = :transferId
            where c.tenantId = :customerId
            and exists (select 1 from CustomerRelationship r where r.customerId = c.tenantId and r.partnerId = :partnerId)
            """;

    /** One query. Errors: 20002, then 900100. */
    Transfer seenBy(UUID partnerId, UUID customerId, UUID transferId) {
        var seen = getEntityManager()
                .createQuery(SEEN_BY_PARTNER, Transfer.class)
                .setParameter("partnerId", partnerId)
                .setParameter("customerId", customerId)
                .setParameter("transferId", transferId)
                .getResultList();
        requireRelationship(seen, partnerId, customerId);
        if (seen.get(0) == null) {
            throw new DomainException(TRANSFER_NOT_FOUND, transferId);
        }
        return seen.get(0);
    }

    /**
     * Reads the transfer again under a lock, and keeps the partner and the customer together until the transaction ends:
     * one statement for both, since this is on the path of every acceptance. Errors: 900104 while another request has the
     * transfer, 20002 when the partner gave the customer up a moment ago.
     */
    Transfer lock(Transfer transfer, UUID partnerId) {
        getEntityManager().detach(transfer);
        try {
            @SuppressWarnings("unchecked")
            List<Transfer> locked = getEntityManager()
                    .createNativeQuery("""
                            select t.* from transfer t join customer_relationship r
                            on r.customer_id = t.customer_tenant_id and r.partner_id = :partnerId
                            where t.id = :id order by r.kind
                            for no key update of t nowait for share of r""", Transfer.class)
                    .setParameter("id", transfer.id())
                    .setParameter("partnerId", partnerId)
                    .getResultList();
            requireRelationship(locked, partnerId, transfer.customerTenantId());
            return locked.get(0);
        } catch (LockTimeoutException | PessimisticLockException e) {
            throw new DomainException(TRANSFER_BUSY, transfer.id());
        }
    }

    /** Waits for whoever has it. */
    Optional<Transfer> locked(UUID transferId) {
        return Optional.ofNullable(findById(transferId, LockModeType.PESSIMISTIC_WRITE));
    }

    private static void requireRelationship(List<Transfer> seen, UUID partnerId, UUID customerId) {
        if (seen.isEmpty()) {
            throw new DomainException(NO_RELATIONSHIP, partnerId, customerId);
        }
    }
}
