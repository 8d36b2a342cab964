package csp.transfer.legacy;

import static csp.shared.error.ErrorCode.NOT_THE_SOURCE;
import static csp.shared.error.ErrorCode.OPERATION_NOT_SUPPORTED;
import static csp.shared.error.ErrorCode.RESOURCE_BUSY;
import static csp.transfer.Transfer.Party.SOURCE;
import static csp.transfer.Transfer.Party.TARGET;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.commerce.order.OrderService;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.platform.audit.AuditRecord.Position;
import csp.platform.audit.AuditTrail;
import csp.platform.webhook.WebhooksConfig;
import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import csp.shared.storage.PlainSql;
import csp.shared.storage.SqlStatement;
import csp.transfer.StagedFailures;
import csp.transfer.TransferAnnouncements;
import csp.transfer.TransferEvent;
import csp.transfer.TransferService;
import csp.transfer.legacy.LegacyTransferRepository.Taken;
import io.micrometer.core.annotation.Timed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What may be done to a legacy transfer (transfers.md §1). Nothing changes when it is refused. {@link TransferService#find}
 * made the first checks of D5 when it found the transfer; here follow party, body, state, then the rules.
 */
@ApplicationScoped
public class LegacyTransferService {

    private final TransferService transfers;
    private final LegacyTransferRepository repository;
    private final TransferLines lines;
    private final TransferClaims claims;
    private final SubscriptionService subscriptions;
    private final OrderService orders;
    private final AuditTrail audit;
    private final TransferAnnouncements announcements;
    private final WebhooksConfig webhooks;
    private final PlainSql sql;
    private final StagedFailures staged;
    private final Clock clock;

    LegacyTransferService(
            TransferService transfers,
            LegacyTransferRepository repository,
            TransferLines lines,
            TransferClaims claims,
            SubscriptionService subscriptions,
            OrderService orders,
            AuditTrail audit,
            TransferAnnouncements announcements,
            WebhooksConfig webhooks,
            PlainSql sql,
            StagedFailures staged,
            Clock clock) {
        this.transfers = transfers;
        this.repository = repository;
        this.lines = lines;
        this.claims = claims;
        this.subscriptions = subscriptions;
        this.orders = orders;
        this.audit = audit;
        this.announcements = announcements;
        this.webhooks = webhooks;
        this.sql = sql;
        this.staged = staged;
        this.clock = clock;
    }

    /**
     * By the source. One bad line, and nothing is created. The checks stand in the order of D5, then of D11: those of
     * {@link TransferService#requireCreator}, party, each {@link Prerequisite}, then the lines as {@link TransferLines#snapshot}
     * orders them, then that the subscriptions are still free. Two queries and one round trip of writes.
     */
    @Transactional(MANDATORY)
    public LegacyTransfer create(UUID customerId, Caller caller, CreateTransfer request) {
        var proposed = repository.propose(
                customerId,
                caller.tenantId(),
                request.targetPartnerTenantId(),
                CreateTransfer.partnersOnRecord(request.lineItems()));
        transfers.requireCreator(proposed.related(), caller);
        if (!request.sourcePartnerTenantId().equals(caller.tenantId())) {
            throw new DomainException(NOT_THE_SOURCE, request.sourcePartnerTenantId(), caller.tenantId());
        }
        TransferParties.requireReadyToCreate(proposed.parties());
        var lineItems = lines.snapshot(customerId, caller.tenantId(), request.lineItems(), proposed.onRecord());
        var between = proposed.parties().between();
        var transfer = new LegacyTransfer(
                customerId, between.source(), between.target(), lineItems, caller.id(), clock.instant());
        var held = claims.holding(transfer.id(), transfer.subscriptionIds());
        var recorded = recording(caller, transfer, Event.CREATE, null);
        sql.together(repository.adding(transfer), held, recorded);
        claims.requireHeld(transfer.id(), transfer.subscriptionIds(), held.outcome());
        announce(transfer, Event.CREATE, recorded);
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
     * parties lack refuses the call and leaves the transfer active (D11). Errors, in this order: those of {@link
     * TransferService#find}, 400 for a transfer of another flavour, 900150, 900104, 900102, then those of the parties. Two queries and
     * one round trip of writes, unless another request has the transfer.
     */
    @Timed("csp.transfer.accept")
    @Transactional(MANDATORY)
    public TransferSubmitResult accept(UUID customerId, UUID transferId, Caller caller) {
        var taken = take(customerId, transferId, caller);
        var transfer = taken.transfer();
        transfer.requireOpen();
        TransferParties.requireReadyToAccept(taken);
        var before = LegacyTransferSnapshot.of(transfer);
        var now = clock.instant();
        var sources = subscriptions.taken(transfer.subscriptionIds());
        var move = new SubscriptionMove(
                transfer, sources, taken.target(), members -> staged.atAccept(transfer, members), now);
        transfer.accept(move.outcome(), caller.id(), now);
        var recorded = recording(caller, transfer, Event.ACCEPT, before);
        sql.together(
                claims.releasing(transfer.id()),
                repository.closing(transfer),
                orders.placing(move.orders()),
                subscriptions.adding(move.continuations()),
                subscriptions.leavingBehind(move.leftBehind()),
                recorded);
        announce(transfer, Event.ACCEPT, recorded);
        return new TransferSubmitResult(transfer, move.orders());
    }

    /**
     * Nearly every transfer is found, checked and locked by one statement. When it finds none, the checks are made one by one, in
     * their order, and refuse; or whoever had the transfer has just let go of it.
     */
    private Taken take(UUID customerId, UUID transferId, Caller caller) {
        return Optional.of(caller)
                .filter(transfers::mayChange)
                .flatMap(target -> repository.take(customerId, transferId, target.tenantId()))
                .orElseGet(() -> {
                    if (!(transfers.find(customerId, transferId, caller) instanceof LegacyTransfer found)) {
                        throw new DomainException(
                                OPERATION_NOT_SUPPORTED,
                                caller.operation(),
                                "new-commerce transfers, which are accepted by PATCH with their lines");
                    }
                    found.require(TARGET, caller.tenantId(), "accept");
                    transfers.lock(found, caller).requireOpen();
                    return repository
                            .take(customerId, transferId, caller.tenantId())
                            .orElseThrow(() -> new DomainException(RESOURCE_BUSY));
                });
    }

    private LegacyTransfer close(LegacyTransfer found, Caller caller, Event event, Consumer<LegacyTransfer> move) {
        var transfer = transfers.lock(found, caller);
        var before = LegacyTransferSnapshot.of(transfer);
        transfer.requireOpen();
        claims.release(transfer.id());
        move.accept(transfer);
        var recorded = recording(caller, transfer, event, before);
        sql.together(recorded);
        announce(transfer, event, recorded);
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

    private SqlStatement<List<Position>> recording(
            Caller caller, LegacyTransfer transfer, Event event, LegacyTransferSnapshot before) {
        return audit.recording(
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
    }

    private void announce(LegacyTransfer transfer, Event event, SqlStatement<List<Position>> recorded) {
        if (webhooks.legacyTransfers()) {
            announcements.announce(event.announced, transfer, recorded.outcome().get(0));
        }
    }
}
