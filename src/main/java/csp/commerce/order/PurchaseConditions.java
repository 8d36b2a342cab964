package csp.commerce.order;

import static csp.commerce.subscription.SubscriptionStatus.ACTIVE;
import static csp.directory.relationship.CustomerRelationship.Kind.INDIRECT_PROVIDER;
import static csp.shared.error.ErrorCode.AGREEMENT_MISSING_TO_BUY;
import static csp.shared.error.ErrorCode.DIRECT_BILL_REQUIRED;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.OFFER_DISCONTINUED;
import static csp.shared.error.ErrorCode.OFFER_INVALID;
import static csp.shared.error.ErrorCode.PARENT_NOT_ACTIVE;
import static csp.shared.error.ErrorCode.PARENT_NOT_VALID;
import static csp.shared.error.ErrorCode.PROGRAM_NOT_ACTIVE;
import static csp.shared.error.ErrorCode.QUANTITY_OUT_OF_RANGE;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_HELD;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.commerce.agreement.CustomerAgreementService;
import csp.commerce.order.NewOrder.Line;
import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.relationship.CustomerRelationships;
import csp.directory.relationship.RelationshipService;
import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** What must hold before something is bought, be it with an order of its own or as an add-on of one that is there. */
@ApplicationScoped
class PurchaseConditions {

    private final OfferService offers;
    private final SubscriptionService subscriptions;
    private final TransferClaims claims;
    private final RelationshipService relationships;
    private final PartnerService partners;
    private final CustomerAgreementService agreements;

    PurchaseConditions(
            OfferService offers,
            SubscriptionService subscriptions,
            TransferClaims claims,
            RelationshipService relationships,
            PartnerService partners,
            CustomerAgreementService agreements) {
        this.offers = offers;
        this.subscriptions = subscriptions;
        this.claims = claims;
        this.relationships = relationships;
        this.partners = partners;
        this.agreements = agreements;
    }

    /**
     * What the lines of a request name.
     *
     * @param offers by canonical id
     * @param bases of add-ons, by id
     */
    record Goods(Map<String, Offer> offers, Map<UUID, Subscription> bases) {}

    /**
     * The caller, which may sell to the customer and stays with it until the transaction ends. Checked in this order: its
     * programme (R60), the customer's agreement (R56).
     */
    @Transactional(MANDATORY)
    Partner requireSeller(UUID customerId, Caller caller, CustomerRelationships related) {
        var partner = partners.require(caller);
        requireRightToSell(partner, related, caller);
        partners.keepInDirectBill(partner);
        relationships.hold(customerId, caller.tenantId());
        if (!agreements.isAcceptedThroughAnyOf(customerId, Set.of(caller.tenantId()))) {
            throw new DomainException(AGREEMENT_MISSING_TO_BUY, customerId, caller.tenantId());
        }
        return partner;
    }

    /**
     * Line by line offer, quantity and base, which no open transfer may hold (D15), and last the partners on record.
     *
     * @param lines by their place in the request
     */
    @Transactional(MANDATORY)
    Goods requireBuyable(UUID customerId, UUID partnerId, Map<Integer, Line> lines) {
        var known = offers.byId(
                lines.values().stream().map(Line::offerId).distinct().toList());
        var parents = parents(customerId, partnerId, lines.values());
        var held = parents.isEmpty() ? Map.<UUID, UUID>of() : claims.openTransfersOf(parents.keySet());
        lines.forEach((place, line) ->
                check("lineItems[%d].".formatted(place), line, known.get(line.offerId()), parents, held));
        subscriptions.requireResellers(lines.values().stream()
                .map(Line::partnerIdOnRecord)
                .filter(Objects::nonNull)
                .toList());
        return new Goods(known, parents);
    }

    /** A provider sells to its customers, a direct-bill partner to its own as long as it is not restricted (R60). */
    private static void requireRightToSell(Partner partner, CustomerRelationships related, Caller caller) {
        if (partner.isActiveProvider()) {
            return;
        }
        if (related.kindsOf(partner.tenantId()).equals(Set.of(INDIRECT_PROVIDER))) {
            throw new DomainException(PROGRAM_NOT_ACTIVE, partner.tenantId());
        }
        if (!partner.isDirectBill()) {
            throw new DomainException(DIRECT_BILL_REQUIRED, partner.tenantId());
        }
        partner.requireUnrestricted(caller.operation());
    }

    /** They stay as they are until the add-ons are theirs: no transfer takes hold of them meanwhile. */
    private Map<UUID, Subscription> parents(UUID customerId, UUID partnerId, Collection<Line> lines) {
        var ids = lines.stream()
                .map(Line::parentSubscriptionId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return ids.isEmpty() ? Map.of() : subscriptions.basesKeptAsTheyAre(customerId, partnerId, ids);
    }

    private static void check(
            String path, Line line, Offer offer, Map<UUID, Subscription> parents, Map<UUID, UUID> held) {
        if (offer == null) {
            throw new DomainException(OFFER_INVALID, path + "offerId", line.offerId());
        }
        if (offer.isDiscontinued()) {
            throw new DomainException(
                    OFFER_DISCONTINUED,
                    path + "offerId",
                    offer.id(),
                    offer.equivalentTo() == null ? "" : ", its equivalent is " + offer.equivalentTo());
        }
        if (offer.product().isUsageBased() && line.quantity() != null && line.quantity() != 1) {
            throw new DomainException(QUANTITY_OUT_OF_RANGE, line.quantity(), 1, 1);
        }
        if (!offer.product().isUsageBased() && line.quantity() == null) {
            throw new DomainException(INVALID_INPUT, path + "quantity is required but is missing or null.");
        }
        if (line.parentSubscriptionId() != null) {
            var parent = parents.get(line.parentSubscriptionId());
            if (parent == null) {
                throw new DomainException(PARENT_NOT_VALID, path + "parentSubscriptionId", line.parentSubscriptionId());
            }
            if (parent.status() != ACTIVE) {
                throw new DomainException(
                        PARENT_NOT_ACTIVE,
                        path + "parentSubscriptionId",
                        parent.id(),
                        parent.status().wireName());
            }
            if (held.containsKey(parent.id())) {
                throw new DomainException(
                        SUBSCRIPTION_HELD, path + "parentSubscriptionId", parent.id(), held.get(parent.id()));
            }
        }
    }
}
