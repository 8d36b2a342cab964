package csp.commerce.order;

import static csp.commerce.subscription.SubscriptionStatus.ACTIVE;
import static csp.directory.relationship.CustomerAction.PLACE_ORDERS;
import static csp.directory.relationship.CustomerRelationship.Kind.INDIRECT_PROVIDER;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;
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
import csp.commerce.subscription.BillingCycle;
import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerService;
import csp.directory.relationship.CustomerRelationships;
import csp.directory.relationship.RelationshipService;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Buying for a customer, as far as the lifecycle has rules for it (storefront.md §4; lifecycle.md R43, R56, R60). */
@ApplicationScoped
public class PurchaseService {

    private static final Set<Role> SELLERS = Set.of(GLOBAL_ADMIN, ADMIN_AGENT, SALES_AGENT);

    private final OrderService orders;
    private final OfferService offers;
    private final SubscriptionService subscriptions;
    private final TransferClaims claims;
    private final RelationshipService relationships;
    private final PartnerService partners;
    private final CustomerAgreementService agreements;
    private final AuditTrail audit;
    private final Clock clock;

    PurchaseService(
            OrderService orders,
            OfferService offers,
            SubscriptionService subscriptions,
            TransferClaims claims,
            RelationshipService relationships,
            PartnerService partners,
            CustomerAgreementService agreements,
            AuditTrail audit,
            Clock clock) {
        this.orders = orders;
        this.offers = offers;
        this.subscriptions = subscriptions;
        this.claims = claims;
        this.relationships = relationships;
        this.partners = partners;
        this.agreements = agreements;
        this.audit = audit;
        this.clock = clock;
    }

    /** An order as the audit shows it. */
    record Snapshot(
            String id,
            UUID referenceCustomerId,
            String billingCycle,
            String currencyCode,
            List<OrderLineItem> lineItems,
            Instant creationDate,
            String status) {}

    /**
     * Buys at once: an active subscription per line, held by the caller. One bad line, and nothing is bought. Checked in this
     * order: customer, an indirect reseller (R43), role, body, the caller's programme (R60), the customer's agreement (R56),
     * then line by line offer, quantity and base, which no open transfer may hold (D15), and last the partners on record.
     *
     * @param body asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public Order buy(UUID customerId, Caller caller, Supplier<NewOrder> body) {
        var related = relationships.of(customerId).requirePermitted(caller.tenantId(), PLACE_ORDERS);
        caller.requireAnyOf(SELLERS);
        var wanted = body.get();
        var partner = partners.require(caller);
        requireRightToSell(partner, related, caller);
        partners.keepInDirectBill(partner);
        relationships.hold(customerId, caller.tenantId());
        if (!agreements.isAcceptedThroughAnyOf(customerId, Set.of(caller.tenantId()))) {
            throw new DomainException(AGREEMENT_MISSING_TO_BUY, customerId, caller.tenantId());
        }
        var lines = wanted.lines();
        var known = offers.byId(lines.stream().map(Line::offerId).distinct().toList());
        var parents = parents(customerId, caller.tenantId(), lines);
        var held = parents.isEmpty() ? Map.<UUID, UUID>of() : claims.openTransfersOf(parents.keySet());
        for (var i = 0; i < lines.size(); i++) {
            check(
                    "lineItems[%d].".formatted(i),
                    lines.get(i),
                    known.get(lines.get(i).offerId()),
                    parents,
                    held);
        }
        subscriptions.requireResellers(lines.stream()
                .map(Line::partnerIdOnRecord)
                .filter(Objects::nonNull)
                .toList());
        return place(customerId, caller, partner, wanted, known);
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
    private Map<UUID, Subscription> parents(UUID customerId, UUID partnerId, List<Line> lines) {
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

    private Order place(UUID customerId, Caller caller, Partner partner, NewOrder wanted, Map<String, Offer> known) {
        var now = clock.instant();
        var orderId = UUID.randomUUID().toString();
        var bought = wanted.lines().stream()
                .map(line -> {
                    var offer = known.get(line.offerId());
                    return Subscription.buy(
                            new Subscription.Purchase(customerId, partner)
                                    .product(offer.product())
                                    .offerId(offer.id())
                                    .offerName(offer.name())
                                    .friendlyName(line.friendlyName())
                                    .quantity(Objects.requireNonNullElse(line.quantity(), 1))
                                    .billingCycle(wanted.billingCycle())
                                    .termDuration(line.termDuration())
                                    .parentId(line.parentSubscriptionId())
                                    .partnerIdOnRecord(line.partnerIdOnRecord())
                                    .orderId(orderId),
                            now);
                })
                .toList();
        var cycle =
                Objects.requireNonNullElse(wanted.billingCycle(), bought.get(0).billingCycle());
        var order = Order.completed(orderId, customerId, partner, cycle.wireName(), bought, now);
        subscriptions.add(bought);
        orders.place(List.of(order));
        audit.record(caller, change(order, cycle));
        return order;
    }

    private static AuditTrail.Change change(Order order, BillingCycle cycle) {
        var change = new AuditTrail.Change(
                        order.customerId(),
                        "order",
                        order.id(),
                        "create_order",
                        null,
                        new Snapshot(
                                order.id(),
                                order.customerId(),
                                order.billingCycle(),
                                order.currencyCode(),
                                order.lineItems(),
                                order.creationDate(),
                                order.status()))
                .with("OrderId", order.id())
                .with("BillingCycle", cycle.title());
        for (var line : order.lineItems()) {
            var number = line.lineItemNumber();
            change = change.with("OfferId-" + number, line.offerId())
                    .with("SubscriptionId-" + number, line.shownSubscriptionId())
                    .with("SubscriptionName-" + number, line.friendlyName())
                    .with("Quantity-" + number, Integer.toString(line.quantity()))
                    .with("PartnerOnRecord-" + number, line.partnerIdOnRecord());
        }
        return change;
    }
}
