package csp.transfer.legacy.eligibility;

import static csp.directory.relationship.CustomerAction.CREATE_TRANSFER;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;

import csp.commerce.agreement.CustomerAgreementService;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.directory.partner.Partner;
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
    private final TransferClaims claims;

    EligibilityService(
            RelationshipService relationships,
            PartnerService partners,
            CustomerAgreementService agreements,
            SubscriptionService subscriptions,
            TransferClaims claims) {
        this.relationships = relationships;
        this.partners = partners;
        this.agreements = agreements;
        this.subscriptions = subscriptions;
        this.claims = claims;
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
        var groups = SubscriptionGroup.of(subscriptions.listed(customerId, caller.tenantId()));
        if (groups.isEmpty()) {
            return List.of();
        }
        var openTransfers = claims.openTransfersOf(
                groups.stream().map(group -> group.base().id()).toList());
        var parties = ofParties(
                customerId,
                related,
                partners.byTenantId(List.of(caller.tenantId())).get(caller.tenantId()));
        return groups.stream()
                .map(group -> assess(group, openTransfers.get(group.base().id()), parties))
                .toList();
    }

    private static TransferEligibility assess(
            SubscriptionGroup group, UUID openTransfer, Optional<Ineligibility> parties) {
        var base = group.base();
        return new TransferEligibility(
                base.id(),
                group.ineligibility()
                        .or(() -> Optional.ofNullable(openTransfer).map(Ineligibility::inOpenTransfer))
                        .or(() -> parties));
    }

    /** What keeps every subscription of the customer where it is: the customer first, then the partner (D11). */
    private Optional<Ineligibility> ofParties(UUID customerId, CustomerRelationships relationships, Partner caller) {
        var providers = relationships.indirectProviders();
        if (providers.isEmpty()) {
            return Optional.of(Ineligibility.withoutProvider(customerId));
        }
        if (!agreements.isAcceptedThroughAnyOf(customerId, providers)) {
            return Optional.of(Ineligibility.withoutCustomerAgreement(customerId));
        }
        return caller.isEnrolledReseller()
                ? Optional.empty()
                : Optional.of(Ineligibility.notEnrolled(caller.tenantId()));
    }
}
