package csp.transfer.legacy.eligibility;

import static csp.directory.relationship.CustomerAction.CREATE_TRANSFER;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;
import static java.util.stream.Collectors.groupingBy;

import csp.commerce.agreement.CustomerAgreementService;
import csp.commerce.subscription.ListedCandidate;
import csp.commerce.subscription.SubscriptionService;
import csp.directory.partner.PartnerService;
import csp.directory.relationship.CustomerRelationships;
import csp.directory.relationship.RelationshipService;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which subscriptions of a customer may move from the calling partner to an indirect provider. */
@ApplicationScoped
public class EligibilityService {

    /** As for creating a transfer (transfers.md §1.2, D4). */
    private static final Set<Role> ROLES = Set.of(GLOBAL_ADMIN, ADMIN_AGENT, SALES_AGENT);

    private final RelationshipService relationships;
    private final PartnerService partners;
    private final CustomerAgreementService agreements;
    private final SubscriptionService subscriptions;

    EligibilityService(
            RelationshipService relationships,
            PartnerService partners,
            CustomerAgreementService agreements,
            SubscriptionService subscriptions) {
        this.relationships = relationships;
        this.partners = partners;
        this.agreements = agreements;
        this.subscriptions = subscriptions;
    }

    /**
     * One entry per subscription of the customer under the caller, add-ons and deleted ones included (D12), oldest
     * first. A fixed number of queries. Checked in this order: customer, role, request.
     *
     * @param checkRequest refuses a request that asks for another kind of transfer
     */
    public List<TransferEligibility> assess(UUID customerId, Caller caller, Runnable checkRequest) {
        var related = relationships.of(customerId).requirePermitted(caller.tenantId(), CREATE_TRANSFER);
        caller.requireAnyOf(ROLES);
        checkRequest.run();
        var listed = subscriptions.listedCandidates(customerId, caller.tenantId());
        if (listed.isEmpty()) {
            return List.of();
        }
        var parties = ofParties(customerId, related, caller.tenantId());
        var addons = listed.stream()
                .filter(subscription -> subscription.isAddon() && !MoveConditions.staysBehind(subscription))
                .collect(groupingBy(ListedCandidate::parentSubscriptionId));
        return listed.stream()
                .map(subscription -> assess(subscription, addons.getOrDefault(subscription.id(), List.of()), parties))
                .toList();
    }

    private static TransferEligibility assess(
            ListedCandidate base, List<ListedCandidate> addons, Optional<Ineligibility> parties) {
        return new TransferEligibility(
                base.id(),
                MoveConditions.of(base, addons)
                        .or(() -> Optional.ofNullable(base.openTransfer()).map(Ineligibility::inOpenTransfer))
                        .or(() -> parties));
    }

    /** What keeps every subscription of the customer where it is: the customer first, then the partner (D11). */
    private Optional<Ineligibility> ofParties(UUID customerId, CustomerRelationships relationships, UUID partnerId) {
        var providers = relationships.indirectProviders();
        if (providers.isEmpty()) {
            return Optional.of(Ineligibility.withoutProvider(customerId));
        }
        if (!agreements.isAcceptedThroughAnyOf(customerId, providers)) {
            return Optional.of(Ineligibility.withoutCustomerAgreement(customerId));
        }
        return partners.isEnrolledReseller(partnerId)
                ? Optional.empty()
                : Optional.of(Ineligibility.notEnrolled(partnerId));
    }
}
