package csp.transfer.legacy;

import static csp.shared.error.ErrorCode.NOT_THE_SOURCE;
import static csp.transfer.Transfer.Party.SOURCE;
import static csp.transfer.Transfer.Party.TARGET;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.commerce.order.OrderService;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.directory.relationship.CustomerRelationships;
import csp.platform.audit.AuditTrail;
import csp.platform.webhook.WebhooksConfig;
import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import csp.transfer.StagedFailures;
import csp.transfer.TransferAnnouncements;
import csp.transfer.TransferEvent;
import csp.transfer.TransferService;
import io.micrometer.core.annotation.Timed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What may be done to a legacy transfer (transfers.md §1). Nothing changes when it is refused. {@link TransferService#find}
 * made the first checks of D5 when it found the transfer; here follow party, body, state, then the rules.
 */
@ApplicationScoped
public class LegacyTransferService {

    private final TransferService transfers;
    private final TransferParties parties;
    private final TransferLines lines;
    private final TransferClaims claims;
    private final SubscriptionService subscriptions;
    private final OrderService orders;
    private final AuditTrail audit;
    private final TransferAnnouncements announcements;
    private final WebhooksConfig webhooks;
    private final StagedFailures staged;
    private final Clock clock;

    LegacyTransferService(
            TransferService transfers,
            TransferParties parties,
            TransferLines lines,
            TransferClaims claims,
            SubscriptionService subscriptions,
            OrderService orders,
            AuditTrail audit,
            TransferAnnouncements announcements,
            WebhooksConfig webhooks,
            StagedFailures staged,
            Clock clock) {
        this.transfers = transfers;
        this.parties = parties;
        this.lines = lines;
        this.claims = claims;
        this.subscriptions = subscriptions;
        this.orders = orders;
        this.audit = audit;
        this.announcements = announcements;
        this.webhooks = webhooks;
        this.staged = staged;
        this.clock = clock;
    }

    /**
     * By the source. One bad line, and nothing is created. The checks stand in the order of D5, then of D11: after those of
     * {@link TransferService#requireCreator} party, each {@link Prerequisite}, then the lines as {@link TransferLines#snapshot}
     * orders them.
     *
     * @param related what the customer has with partners
     */
    @Transactional(MANDATORY)
    public LegacyTransfer create(
            UUID customerId, CustomerRelationships related, Caller caller, CreateTransfer request) {
        if (!request.sourcePartnerTenantId().equals(caller.tenantId())) {
            throw new DomainException(NOT_THE_SOURCE, request.sourcePartnerTenantId(), caller.tenantId());
        }
        var pair =
                parties.requireReadyToCreate(customerId, caller.tenantId(), request.targetPartnerTenantId(), related);
        var lineItems = lines.snapshot(customerId, caller.tenantId(), request.lineItems());
        var transfer =
                new LegacyTransfer(customerId, pair.source(), pair.target(), lineItems, caller.id(), clock.instant());
        transfers.add(transfer);
        claims.hold(transfer.id(), transfer.subscriptionIds());
        audit(caller, transfer, Event.CREATE, null);
        return transfer;
    }

    /** By the source; its subscriptions are free at once (D1). */
    @Transactional(MANDATORY)
    public void withdraw(LegacyTransfer found, Caller caller) {
        found.require(SOURCE, caller.tenantId(), "withdraw");
        close(found, caller, Event.WITHDRAW, transfer -> transfer.withdraw(caller.id(), clock.instant()));
    }

    /**
     * By the target; its subscriptions are free at once.
     *
     * @param checkBody refuses a body that asks for something else
     */
    @Transactional(MANDATORY)
    public LegacyTransfer reject(LegacyTransfer found, Caller caller, Runnable checkBody) {
        checkBody.run(); // the body says which flavour of transfer is meant, and so who is the right party
        found.require(TARGET, caller.tenantId(), "reject");
        return close(found, caller, Event.REJECT, transfer -> transfer.reject(caller.id(), clock.instant()));
    }

    /**
     * By the target: each line is checked again and moves or fails with its add-ons; the whole is one transaction. What the
     * parties lack refuses the call and leaves the transfer active (D11).
     */
    @Timed("csp.transfer.accept")
    @Transactional(MANDATORY)
    public TransferSubmitResult accept(LegacyTransfer found, Caller caller) {
        found.require(TARGET, caller.tenantId(), "accept");
        var transfer = transfers.lock(found, caller);
        transfer.requireOpen();
        var pair = parties.requireReadyToAccept(transfer);
        var before = LegacyTransferSnapshot.of(transfer);
        var now = clock.instant();
        var sources = subscriptions.locked(transfer.subscriptionIds());
        var move = new SubscriptionMove(
                transfer, sources, pair.target(), members -> staged.atAccept(transfer, members), now);
        claims.release(transfer.id());
        transfer.accept(move.outcome(), caller.id(), now);
        orders.place(move.orders());
        subscriptions.add(move.continuations());
        audit(caller, transfer, Event.ACCEPT, before);
        return new TransferSubmitResult(transfer, move.orders());
    }

    private LegacyTransfer close(LegacyTransfer found, Caller caller, Event event, Consumer<LegacyTransfer> move) {
        var transfer = transfers.lock(found, caller);
        var before = LegacyTransferSnapshot.of(transfer);
        transfer.requireOpen();
        claims.release(transfer.id());
        move.accept(transfer);
        audit(caller, transfer, event, before);
        return transfer;
    }

    /** What happens to a transfer; the wire's audit knows creating and updating only. */
    private enum Event {
        CREATE("create_transfer", "create_transfer", TransferEvent.CREATED),
        ACCEPT("update_transfer", "accept_transfer", TransferEvent.COMPLETED),
        REJECT("update_transfer", "reject_transfer", TransferEvent.UPDATED),
        WITHDRAW("update_transfer", "withdraw_transfer", TransferEvent.UPDATED);

        private final String operation;
        private final String name;
        private final TransferEvent announced;

        Event(String operation, String name, TransferEvent announced) {
            this.operation = operation;
            this.name = name;
            this.announced = announced;
        }
    }

    private void audit(Caller caller, LegacyTransfer transfer, Event event, LegacyTransferSnapshot before) {
        var recorded = audit.record(
                caller,
                new AuditTrail.Change(
                                transfer.customerTenantId(),
                                "transfer",
                                transfer.id().toString(),
                                event.operation,
                                before,
                                LegacyTransferSnapshot.of(transfer))
                        .as(event.name),
                transfer.otherParty(caller.tenantId()));
        if (webhooks.legacyTransfers()) {
            announcements.announce(event.announced, transfer, recorded);
        }
    }
}
