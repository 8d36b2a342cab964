package csp.transfer.newcommerce;

import static csp.shared.error.ErrorCode.NOT_THE_TARGET;
import static csp.transfer.Transfer.Party.SOURCE;
import static csp.transfer.Transfer.Party.TARGET;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.commerce.subscription.TransferClaims;
import csp.directory.customer.CustomerService;
import csp.directory.relationship.CustomerRelationships;
import csp.platform.jobs.Jobs;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import csp.transfer.TransferEvent;
import csp.transfer.TransferService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What may be done to a new-commerce transfer (new-commerce-transfers.md §2). Nothing changes when it is refused. {@link
 * TransferService#find} made the first checks of D5; here follow role, party, state, then the rules.
 */
@ApplicationScoped
public class NewCommerceTransferService {

    /** D4. */
    private static final Set<Role> ROLES = Set.of(Role.ADMIN_AGENT);

    private final TransferService transfers;
    private final CustomerService customers;
    private final NewCommerceParties parties;
    private final AcceptedLines lines;
    private final AzurePlans plans;
    private final TransferClaims claims;
    private final TransferChanges changes;
    private final TransferNotices notices;
    private final Jobs jobs;
    private final NewCommerceConfig config;
    private final Clock clock;

    NewCommerceTransferService(
            TransferService transfers,
            CustomerService customers,
            NewCommerceParties parties,
            AcceptedLines lines,
            AzurePlans plans,
            TransferClaims claims,
            TransferChanges changes,
            TransferNotices notices,
            Jobs jobs,
            NewCommerceConfig config,
            Clock clock) {
        this.transfers = transfers;
        this.customers = customers;
        this.parties = parties;
        this.lines = lines;
        this.plans = plans;
        this.claims = claims;
        this.changes = changes;
        this.notices = notices;
        this.jobs = jobs;
        this.config = config;
        this.clock = clock;
    }

    /**
     * The target asks. After {@link TransferService#requireCreator}: role, that it asks for itself (900150), each {@link
     * RequestCondition}, the partner on record, and the Azure plan if Azure is asked for by name.
     *
     * @param related what the customer has with partners
     */
    @Transactional(MANDATORY)
    public NewCommerceTransfer request(
            UUID customerId, CustomerRelationships related, Caller caller, TransferRequest request) {
        caller.requireAnyOf(ROLES);
        if (request.targetPartnerTenantId() != null
                && !request.targetPartnerTenantId().equals(caller.tenantId())) {
            throw new DomainException(NOT_THE_TARGET, request.targetPartnerTenantId(), caller.tenantId());
        }
        var pair = parties.requireReadyToRequest(customerId, caller.tenantId(), request, related);
        if (request.targetProductTypes().stream().anyMatch(TransferProductType::needsAzurePlan)) {
            plans.require(customerId, caller.tenantId());
        }
        var transfer = new NewCommerceTransfer(
                customers.related(customerId).customer(),
                pair.source(),
                pair.target(),
                request,
                caller.id(),
                clock.instant());
        transfers.add(transfer);
        jobs.schedule(TransferExpiry.KIND, transfer.id().toString(), transfer.expirationTime());
        notices.requested(transfer);
        changes.byCaller(caller, TransferEvent.CREATED, transfer, null);
        return transfer;
    }

    /** By the target, as long as nobody answered. Errors: 900150, 900104, 900102. */
    @Transactional(MANDATORY)
    public NewCommerceTransfer cancel(NewCommerceTransfer found, Caller caller) {
        caller.requireAnyOf(ROLES);
        found.require(TARGET, caller.tenantId(), "cancel");
        return close(found, caller, transfer -> transfer.cancel(caller.id(), clock.instant()));
    }

    /** By the source. Errors: 900150, 900104, 900102. */
    @Transactional(MANDATORY)
    public NewCommerceTransfer reject(NewCommerceTransfer found, Caller caller) {
        caller.requireAnyOf(ROLES);
        found.require(SOURCE, caller.tenantId(), "reject");
        return close(found, caller, transfer -> transfer.reject(caller.id(), clock.instant()));
    }

    private NewCommerceTransfer close(NewCommerceTransfer found, Caller caller, Consumer<NewCommerceTransfer> move) {
        var transfer = transfers.lock(found, caller);
        var before = NewCommerceTransferSnapshot.of(transfer);
        move.accept(transfer);
        changes.byCaller(caller, TransferEvent.UPDATED, transfer, before);
        return transfer;
    }

    /**
     * By the source, with the lines it agrees to: they are held from now on and move in the background. Anything wrong in any of them
     * refuses the whole and leaves it pending (D21). Errors, in this order: 900150, 900104, 900102, those of {@link
     * NewCommerceParties#requireReadyToAccept}, those of {@link AcceptedLines#resolve}.
     */
    @Transactional(MANDATORY)
    public NewCommerceTransfer accept(NewCommerceTransfer found, Caller caller, List<AcceptedLine> named) {
        caller.requireAnyOf(ROLES);
        found.require(SOURCE, caller.tenantId(), "accept");
        var transfer = transfers.lock(found, caller);
        var now = clock.instant();
        transfer.requireAcceptable(now);
        parties.requireReadyToAccept(transfer);
        var accepted = lines.resolve(transfer, named);
        var before = NewCommerceTransferSnapshot.of(transfer);
        transfer.accept(accepted, caller.id(), now);
        claims.holdExclusively(transfer.id(), transfer.subscriptionIds());
        jobs.schedule(NewCommerceCompletion.KIND, transfer.id().toString(), now.plus(config.completionDelay()));
        notices.accepted(transfer);
        changes.byCaller(caller, TransferEvent.UPDATED, transfer, before);
        return transfer;
    }
}
