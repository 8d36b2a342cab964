package csp.transfer.newcommerce;

import csp.commerce.order.OrderService;
import csp.commerce.subscription.Product;
import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.platform.jobs.JobHandler;
import csp.shared.error.DomainException;
import csp.transfer.StagedFailures;
import csp.transfer.TransferEvent;
import csp.transfer.TransferService;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Completes accepted transfers, each in one transaction that holds its row, so that whatever number of copies tries, it is applied
 * once (D23).
 */
@ApplicationScoped
class NewCommerceCompletion implements JobHandler {

    static final String KIND = "new-commerce-completion";

    /** So long after it was due it is tried again (new-commerce-transfers.md §6). */
    private static final Duration PATIENCE = Duration.ofDays(3);

    private static final String GIVEN_UP = "The transfer could not be completed within three days.";

    private final TransferService transfers;
    private final NewCommerceParties parties;
    private final SubscriptionService subscriptions;
    private final OrderService orders;
    private final AzurePlans plans;
    private final TransferClaims claims;
    private final TransferChanges changes;
    private final NewCommerceConfig config;
    private final StagedFailures staged;
    private final Clock clock;

    NewCommerceCompletion(
            TransferService transfers,
            NewCommerceParties parties,
            SubscriptionService subscriptions,
            OrderService orders,
            AzurePlans plans,
            TransferClaims claims,
            TransferChanges changes,
            NewCommerceConfig config,
            StagedFailures staged,
            Clock clock) {
        this.transfers = transfers;
        this.parties = parties;
        this.subscriptions = subscriptions;
        this.orders = orders;
        this.plans = plans;
        this.claims = claims;
        this.changes = changes;
        this.config = config;
        this.staged = staged;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** What the parties lack ends it at once, what fails otherwise once its patience is over. */
    @Override
    public Optional<Instant> run(String id) {
        try {
            return inProgress(id, this::completeIfDue);
        } catch (DomainException lacking) {
            return inProgress(id, transfer -> fail(transfer, lacking.getMessage()));
        } catch (RuntimeException failure) {
            return inProgress(id, transfer -> failIfTooLate(transfer, failure));
        }
    }

    private Optional<Instant> inProgress(String id, Function<NewCommerceTransfer, Optional<Instant>> work) {
        return QuarkusTransaction.requiringNew()
                .call(() -> transfers
                        .locked(UUID.fromString(id))
                        .map(NewCommerceTransfer.class::cast)
                        .filter(transfer -> transfer.status() == NewCommerceTransferStatus.IN_PROGRESS)
                        .flatMap(work));
    }

    private Instant due(NewCommerceTransfer transfer) {
        return transfer.lastModifiedTime().plus(config.completionDelay());
    }

    /** @return when to come again: the clock may have been set back */
    private Optional<Instant> completeIfDue(NewCommerceTransfer transfer) {
        if (clock.instant().isBefore(due(transfer))) {
            return Optional.of(due(transfer));
        }
        var target = parties.requireReadyToComplete(transfer);
        var sources = subscriptions.locked(transfer.subscriptionIds());
        var plan = sources.values().stream().anyMatch(source -> source.product() == Product.AZURE_PAYG)
                ? plans.of(transfer.customerTenantId(), target.tenantId())
                : Optional.<Subscription>empty();
        var move = new NewCommerceMove(
                transfer, sources, target, plan, members -> staged.atCompletion(transfer, members), clock.instant());
        end(transfer, move.outcome());
        orders.place(move.orders());
        subscriptions.add(move.continuations());
        transfers.flush();
        return Optional.empty();
    }

    private Optional<Instant> failIfTooLate(NewCommerceTransfer transfer, RuntimeException failure) {
        if (clock.instant().isBefore(due(transfer).plus(PATIENCE))) {
            throw failure;
        }
        Log.errorf(failure, "Transfer %s is given up", transfer.id());
        return fail(transfer, GIVEN_UP);
    }

    private Optional<Instant> fail(NewCommerceTransfer transfer, String reason) {
        end(
                transfer,
                transfer.lineItems().stream().map(line -> line.failed(reason)).toList());
        return Optional.empty();
    }

    private void end(NewCommerceTransfer transfer, List<NewCommerceLine> outcome) {
        var before = NewCommerceTransferSnapshot.of(transfer);
        claims.release(transfer.id());
        transfer.complete(outcome, clock.instant());
        changes.byService(
                transfer.sourcePartnerTenantId(),
                transfer.status() == NewCommerceTransferStatus.FAILED ? TransferEvent.FAILED : TransferEvent.COMPLETED,
                transfer,
                before);
    }
}
