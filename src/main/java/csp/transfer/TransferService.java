package csp.transfer;

import static csp.directory.relationship.CustomerAction.CREATE_TRANSFER;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;
import static csp.shared.error.ErrorCode.NOT_THE_SOURCE;
import static csp.transfer.Transfer.Party.SOURCE;
import static csp.transfer.Transfer.Party.TARGET;

import csp.commerce.order.OrderService;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.directory.relationship.RelationshipService;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import io.micrometer.core.annotation.Timed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The use cases of legacy transfers (transfers.md §1). The writing ones run in the transaction of their caller and
 * change nothing when they refuse. Every check stands in the order of D5: customer, transfer, role, party, body,
 * state, then the rules.
 */
@ApplicationScoped
public class TransferService {

    /** D4. */
    private static final Set<Role> ROLES = Set.of(GLOBAL_ADMIN, ADMIN_AGENT, SALES_AGENT);

    private final TransferRepository transfers;
    private final RelationshipService relationships;
    private final TransferParties parties;
    private final TransferLines lines;
    private final TransferClaims claims;
    private final SubscriptionService subscriptions;
    private final OrderService orders;
    private final AuditTrail audit;
    private final Clock clock;

    TransferService(
            TransferRepository transfers,
            RelationshipService relationships,
            TransferParties parties,
            TransferLines lines,
            TransferClaims claims,
            SubscriptionService subscriptions,
            OrderService orders,
            AuditTrail audit,
            Clock clock) {
        this.transfers = transfers;
        this.relationships = relationships;
        this.parties = parties;
        this.lines = lines;
        this.claims = claims;
        this.subscriptions = subscriptions;
        this.orders = orders;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * T2, by the source. One bad line, and nothing is created (D11). Errors: 20002, 2032, 900150, 800002, 900137, 900124,
     * 900148, 13605, 800015, 800016, 800078, 900101.
     *
     * @param body asked for only once the caller is known to have a right to the operation
     */
    public Transfer create(UUID customerId, Caller caller, Supplier<CreateTransfer> body) {
        var related = relationships.of(customerId).requirePermitted(caller.tenantId(), CREATE_TRANSFER);
        caller.requireAnyOf(ROLES);
        var request = body.get();
        if (!request.sourcePartnerTenantId().equals(caller.tenantId())) {
            throw new DomainException(NOT_THE_SOURCE, request.sourcePartnerTenantId(), caller.tenantId());
        }
        var pair =
                parties.requireReadyToCreate(customerId, caller.tenantId(), request.targetPartnerTenantId(), related);
        var lineItems = lines.snapshot(customerId, caller.tenantId(), request.lineItems());
        var transfer =
                Transfer.request(customerId, pair.source(), pair.target(), lineItems, caller.id(), clock.instant());
        transfers.persistAndFlush(transfer);
        claims.hold(
                transfer.id(),
                lineItems.stream()
                        .flatMap(TransferLineItem::members)
                        .map(TransferLineItem::subscriptionId)
                        .toList());
        audit(caller, transfer, "create_transfer", null);
        return transfer;
    }

    /** T7, by either party: oldest first, closed ones included, withdrawn ones not. Errors: 20002, 900150. */
    public List<Transfer> list(UUID customerId, Caller caller) {
        var seen = transfers.seenBy(caller.tenantId(), customerId);
        caller.requireAnyOf(ROLES);
        return seen;
    }

    /** T6, by either party. Errors: 20002, 900100, 900150. */
    public Transfer get(UUID customerId, UUID transferId, Caller caller) {
        return seen(customerId, transferId, caller);
    }

    /** T3, by the source; its subscriptions are free at once (D1). Errors: 20002, 900100, 900150, 900104, 900102. */
    public void withdraw(UUID customerId, UUID transferId, Caller caller) {
        var transfer = seen(customerId, transferId, caller);
        transfer.require(SOURCE, caller.tenantId(), "withdraw");
        close(transfer, caller, () -> transfer.withdraw(caller.id(), clock.instant()));
    }

    /**
     * T5, by the target; its subscriptions are free at once. Errors: 20002, 900100, 900150, 800002, 900126, 900104, 900102.
     *
     * @param checkBody refuses a body that asks for something else
     */
    public Transfer reject(UUID customerId, UUID transferId, Caller caller, Runnable checkBody) {
        var transfer = seen(customerId, transferId, caller);
        checkBody.run(); // the body says which flavour of transfer is meant, and so who is the right party
        transfer.require(TARGET, caller.tenantId(), "reject");
        close(transfer, caller, () -> transfer.reject(caller.id(), clock.instant()));
        return transfer;
    }

    /**
     * T4, by the target: each line is checked again and moves or fails with its add-ons; the whole is one transaction. Errors:
     * 20002, 900100, 900150, 900104, 900102, and of the parties, which leave the transfer active: 900149, 900123, 900124,
     * 13605.
     */
    @Timed("csp.transfer.accept")
    public TransferSubmitResult accept(UUID customerId, UUID transferId, Caller caller) {
        var transfer = seen(customerId, transferId, caller);
        transfer.require(TARGET, caller.tenantId(), "accept");
        transfers.lock(transfer);
        transfer.requireOpen();
        var pair = parties.requireReadyToAccept(transfer);
        var before = TransferSnapshot.of(transfer);
        var now = clock.instant();
        var sources = subscriptions.locked(transfer.lineItems().stream()
                .flatMap(TransferLineItem::members)
                .map(TransferLineItem::subscriptionId)
                .toList());
        var move = new SubscriptionMove(transfer, sources, pair.target(), now);
        claims.release(transfer.id());
        transfer.accept(move.outcome(), caller.id(), now);
        orders.place(move.orders());
        subscriptions.add(move.continuations());
        audit(caller, transfer, "update_transfer", before);
        return new TransferSubmitResult(transfer, move.orders());
    }

    private Transfer seen(UUID customerId, UUID transferId, Caller caller) {
        var transfer = transfers.seenBy(caller.tenantId(), customerId, transferId);
        caller.requireAnyOf(ROLES);
        return transfer;
    }

    private void close(Transfer transfer, Caller caller, Runnable move) {
        transfers.lock(transfer);
        var before = TransferSnapshot.of(transfer);
        transfer.requireOpen();
        claims.release(transfer.id());
        move.run();
        audit(caller, transfer, "update_transfer", before);
    }

    private void audit(Caller caller, Transfer transfer, String operation, TransferSnapshot before) {
        var other = caller.tenantId().equals(transfer.sourcePartnerTenantId())
                ? transfer.targetPartnerTenantId()
                : transfer.sourcePartnerTenantId();
        audit.record(
                caller,
                new AuditTrail.Change(
                        transfer.customerTenantId(),
                        "transfer",
                        transfer.id().toString(),
                        operation,
                        before,
                        TransferSnapshot.of(transfer)),
                other);
    }
}
