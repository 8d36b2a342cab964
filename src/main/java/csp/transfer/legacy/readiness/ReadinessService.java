package csp.transfer.legacy.readiness;

import static csp.directory.relationship.CustomerAction.CREATE_TRANSFER;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_NOT_TRANSFERABLE;

import csp.commerce.agreement.CustomerAgreementService;
import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.directory.customer.CustomerService;
import csp.directory.customer.RelatedCustomer;
import csp.directory.partner.PartnerService;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import csp.transfer.legacy.LineConditions;
import csp.transfer.legacy.Prerequisite;
import csp.transfer.legacy.Prerequisite.Parties;
import csp.transfer.legacy.Prerequisite.Proposal;
import csp.transfer.legacy.eligibility.SubscriptionGroup;
import csp.transfer.legacy.readiness.Readiness.Item;
import csp.transfer.newcommerce.MoveReadiness;
import csp.transfer.newcommerce.RequestCondition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tells before a transfer is tried what it would be refused for: the very conditions that its creation checks. */
@ApplicationScoped
public class ReadinessService {

    /** As for creating a transfer (D4). */
    private static final Set<Role> ROLES = Set.of(GLOBAL_ADMIN, ADMIN_AGENT, SALES_AGENT);

    private final CustomerService customers;
    private final PartnerService partners;
    private final CustomerAgreementService agreements;
    private final SubscriptionService subscriptions;
    private final TransferClaims claims;

    ReadinessService(
            CustomerService customers,
            PartnerService partners,
            CustomerAgreementService agreements,
            SubscriptionService subscriptions,
            TransferClaims claims) {
        this.customers = customers;
        this.partners = partners;
        this.agreements = agreements;
        this.subscriptions = subscriptions;
        this.claims = claims;
    }

    /** One customer of the calling partner, for a transfer to the provider. A fixed number of queries. */
    public Readiness of(UUID customerId, UUID providerId, Caller caller) {
        caller.requirePartner();
        var related = customers.related(customerId).require(caller.tenantId());
        caller.requireAnyOf(ROLES);
        var owned = subscriptions.listed(customerId, caller.tenantId());
        var taken = claims.openTransfersOf(owned.stream().map(Subscription::id).toList());
        return assess(
                related,
                Proposal.of(caller.tenantId(), providerId, partners),
                agreements.isAcceptedThroughAnyOf(customerId, Set.of(providerId)),
                owned,
                taken,
                owned.isEmpty() ? subscriptions.active(customerId) : 0);
    }

    /**
     * All customers of the calling partner, in the order of their names, for transfers to the provider. A fixed number of
     * queries, however many customers.
     */
    public List<Readiness> ofAll(UUID providerId, Caller caller) {
        caller.requirePartner();
        caller.requireAnyOf(ROLES);
        var partnerId = caller.tenantId();
        var between = Proposal.of(partnerId, providerId, partners);
        var agreed = agreements.customersAcceptedThrough(partnerId, providerId);
        var owned = subscriptions.listedOfAllCustomers(partnerId);
        var taken = claims.openTransfersOfPartner(partnerId);
        var active = subscriptions.activeOfAllCustomers(partnerId);
        return customers.relatedTo(partnerId).stream()
                .map(related -> {
                    var id = related.customer().tenantId();
                    return assess(
                            related,
                            between,
                            agreed.contains(id),
                            owned.getOrDefault(id, List.of()),
                            taken,
                            active.getOrDefault(id, 0L));
                })
                .toList();
    }

    private static Readiness assess(
            RelatedCustomer related,
            Proposal between,
            boolean agreed,
            List<Subscription> owned,
            Map<UUID, UUID> taken,
            long active) {
        var customer = related.customer();
        var parties = new Parties(
                customer.tenantId(),
                between,
                related.relationships().indirectProviders().contains(between.targetId()),
                agreed);
        var items = new ArrayList<Item>();
        items.add(new Item(
                "directCustomer",
                "R46",
                "The customer is a direct-bill customer of the source partner.",
                "Only its direct-bill partner can move a customer; an indirect customer is its provider's already.",
                related.relationships().refusalOf(between.sourceId(), CREATE_TRANSFER)));
        for (var prerequisite : Prerequisite.values()) {
            items.add(new Item(
                    prerequisite.wireName,
                    prerequisite.rule,
                    prerequisite.description,
                    prerequisite.nextStep,
                    prerequisite.refusal(parties)));
        }
        var groups = SubscriptionGroup.of(owned);
        var eligible =
                groups.stream().filter(group -> group.ineligibility().isEmpty()).toList();
        items.add(new Item(
                "eligibleSubscription",
                "TR11",
                "At least one subscription of the customer can be transferred.",
                "Make a subscription active and complete, or buy it anew: the type of a subscription cannot change.",
                eligible.isEmpty() ? Optional.of(withoutEligible(groups, between.sourceId())) : Optional.empty()));
        items.add(new Item(
                "noOpenTransfer",
                "TR6",
                "At least one of them is in no open transfer.",
                "Wait until the provider accepts or rejects the open transfer, or withdraw it.",
                eligible.stream()
                                .anyMatch(group -> LineConditions.openTransfer(group, taken)
                                        .isEmpty())
                        ? Optional.empty()
                        : eligible.stream()
                                .map(group -> LineConditions.openTransfer(group, taken))
                                .flatMap(Optional::stream)
                                .findFirst()));
        return new Readiness(
                customer,
                List.copyOf(items),
                owned.isEmpty() ? ChannelGuidance.of(customer, between.source(), active) : List.of(),
                MoveReadiness.of(
                        new RequestCondition.Parties(
                                customer.tenantId(),
                                between.sourceId(),
                                between.targetId(),
                                between.source(),
                                between.target(),
                                related.relationships(),
                                agreed),
                        owned,
                        taken));
    }

    private static DomainException withoutEligible(List<SubscriptionGroup> groups, UUID sourceId) {
        return groups.stream()
                .filter(group -> !group.base().isAddon())
                .findFirst()
                .flatMap(group -> LineConditions.ineligibility(group.base().id(), group, sourceId))
                .orElseGet(() -> new DomainException(
                        SUBSCRIPTION_NOT_TRANSFERABLE, "The customer has no subscription under partner " + sourceId));
    }
}
