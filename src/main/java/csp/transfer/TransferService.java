package csp.transfer;

import static csp.directory.relationship.CustomerAction.CREATE_TRANSFER;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;
import static csp.shared.error.ErrorCode.NO_RELATIONSHIP;
import static csp.shared.error.ErrorCode.TRANSFER_NOT_FOUND;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.directory.relationship.CustomerRelationships;
import csp.directory.relationship.RelationshipService;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * What the flavours of a transfer share: who sees one, and how one is kept. What may be done to it is said by the service
 * of its flavour.
 */
@ApplicationScoped
public class TransferService {

    /** Who may see transfers of either flavour, and the widest set that may change one (D4). */
    private static final Set<Role> ROLES = Set.of(GLOBAL_ADMIN, ADMIN_AGENT, SALES_AGENT);

    private final TransferRepository transfers;
    private final TransferReadings readings;
    private final RelationshipService relationships;

    TransferService(TransferRepository transfers, TransferReadings readings, RelationshipService relationships) {
        this.transfers = transfers;
        this.readings = readings;
        this.relationships = relationships;
    }

    /**
     * The first checks of D5 of whoever creates a transfer, before the body says of which flavour. One query. Errors, in this
     * order: 20002, 2032 for a partner that serves the customer as indirect reseller only, 900150.
     */
    public CustomerRelationships requireCreator(UUID customerId, Caller caller) {
        return requireCreator(relationships.of(customerId), caller);
    }

    /** As {@link #requireCreator(UUID, Caller)}, without a query. */
    public CustomerRelationships requireCreator(CustomerRelationships related, Caller caller) {
        related.requirePermitted(caller.tenantId(), CREATE_TRANSFER);
        caller.requireAnyOf(ROLES);
        return related;
    }

    /** Whether {@link #find} lets the caller pass, once it found the transfer. */
    public boolean mayChange(Caller caller) {
        return caller.isAnyOf(ROLES);
    }

    /** By either party: oldest first, closed ones included, withdrawn ones not. One query. Errors, in this order: 20002, 900150. */
    public List<StoredTransfer> list(UUID customerId, Caller caller) {
        var seen = readings.all(caller.tenantId(), customerId);
        if (seen.isEmpty()) {
            throw new DomainException(NO_RELATIONSHIP, caller.tenantId(), customerId);
        }
        caller.requireAnyOf(ROLES);
        return seen.stream().flatMap(sight -> sight.transfer().stream()).toList();
    }

    /**
     * One transfer to be shown, as {@link #find} checks it. One query, for which the caller's thread does not wait. Errors, in this
     * order: 20002, 900100, 900150.
     */
    public CompletionStage<StoredTransfer> read(UUID customerId, UUID transferId, Caller caller) {
        return readings.one(caller.tenantId(), customerId, transferId).thenApply(seen -> {
            if (seen == null) {
                throw new DomainException(NO_RELATIONSHIP, caller.tenantId(), customerId);
            }
            var transfer = seen.transfer().orElseThrow(() -> new DomainException(TRANSFER_NOT_FOUND, transferId));
            caller.requireAnyOf(ROLES);
            return transfer;
        });
    }

    /**
     * One transfer, for either party: the first checks of every operation on one, as D5 orders them. Errors: 20002, 900100,
     * 900150.
     */
    public Transfer find(UUID customerId, UUID transferId, Caller caller) {
        var transfer = transfers.seenBy(caller.tenantId(), customerId, transferId);
        caller.requireAnyOf(ROLES);
        return transfer;
    }

    /** Writes what changed at once, so that what the database refuses is refused here and not at the commit. */
    @Transactional(MANDATORY)
    public void flush() {
        transfers.flush();
    }

    /** Stores a new one. */
    @Transactional(MANDATORY)
    public void add(Transfer transfer) {
        transfers.persistAndFlush(transfer);
    }

    /**
     * Takes the transfer for this transaction; whoever comes second does not wait (D9). The partner that acts stays with the
     * customer meanwhile. Errors: 900104 while another request has it, 20002 when the partner gave the customer up.
     *
     * @return the transfer as it is now, in place of the one that was read before
     */
    @Transactional(MANDATORY)
    @SuppressWarnings("unchecked")
    public <T extends Transfer> T lock(T transfer, Caller caller) {
        return (T) transfers.lock(transfer, caller.tenantId());
    }

    /**
     * One that either party of it asks for without naming its customer. Errors, in this order: 2032 for a user of a customer,
     * 900100, 900150.
     */
    public Transfer find(UUID transferId, Caller caller) {
        caller.requirePartner();
        var transfer = transfers
                .findByIdOptional(transferId)
                .filter(found -> found.isOf(caller.tenantId()))
                .orElseThrow(() -> new DomainException(TRANSFER_NOT_FOUND, transferId));
        caller.requireAnyOf(ROLES);
        return transfer;
    }

    /**
     * Takes the transfer for this transaction, for what the service does by itself: waits for whoever has it. Empty when there is
     * none.
     */
    @Transactional(MANDATORY)
    public Optional<Transfer> locked(UUID transferId) {
        return transfers.locked(transferId);
    }

    /** How many transfers are in this state. One query. */
    public long count(TransferState<?> state) {
        return transfers.count("status", state.name());
    }
}
