package csp.commerce.order;

import static csp.directory.relationship.CustomerAction.PLACE_ORDERS;
import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.SALES_AGENT;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.commerce.order.NewOrder.Line;
import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionAnnouncements;
import csp.commerce.subscription.SubscriptionService;
import csp.directory.partner.Partner;
import csp.directory.relationship.RelationshipService;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Buying for a customer, as far as the lifecycle has rules for it (storefront.md §4; lifecycle.md R43, R56, R60). */
@ApplicationScoped
public class PurchaseService {

    /** The roles that buy and change what was bought. */
    static final Set<Role> SELLERS = Set.of(GLOBAL_ADMIN, ADMIN_AGENT, SALES_AGENT);

    private final OrderService orders;
    private final PurchaseConditions conditions;
    private final SubscriptionService subscriptions;
    private final RelationshipService relationships;
    private final AuditTrail audit;
    private final SubscriptionAnnouncements announcements;
    private final Clock clock;

    PurchaseService(
            OrderService orders,
            PurchaseConditions conditions,
            SubscriptionService subscriptions,
            RelationshipService relationships,
            AuditTrail audit,
            SubscriptionAnnouncements announcements,
            Clock clock) {
        this.orders = orders;
        this.conditions = conditions;
        this.subscriptions = subscriptions;
        this.relationships = relationships;
        this.audit = audit;
        this.announcements = announcements;
        this.clock = clock;
    }

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
        var partner = conditions.requireSeller(customerId, caller, related);
        var lines = IntStream.range(0, wanted.lines().size())
                .boxed()
                .collect(
                        Collectors.toMap(place -> place, place -> wanted.lines().get(place)));
        var goods = conditions.requireBuyable(customerId, caller.tenantId(), lines);
        return place(customerId, caller, partner, wanted, goods.offers());
    }

    private Order place(UUID customerId, Caller caller, Partner partner, NewOrder wanted, Map<String, Offer> known) {
        var now = clock.instant();
        var orderId = UUID.randomUUID().toString();
        var bought = wanted.lines().stream()
                .map(line -> Subscription.buy(
                        purchase(customerId, partner, line, known.get(line.offerId()))
                                .billingCycle(wanted.billingCycle())
                                .orderId(orderId),
                        now))
                .toList();
        var cycle =
                Objects.requireNonNullElse(wanted.billingCycle(), bought.get(0).billingCycle());
        var order = Order.completed(orderId, customerId, partner, cycle.wireName(), bought, now);
        subscriptions.add(bought);
        orders.place(List.of(order));
        var recorded = audit.record(caller, OrderSnapshot.change("create_order", null, order));
        announcements.updated(
                customerId,
                caller.tenantId(),
                bought.stream().map(Subscription::id).toList(),
                recorded);
        return order;
    }

    /** What a line buys, but for the order and the billing cycle. */
    static Subscription.Purchase purchase(UUID customerId, Partner partner, Line line, Offer offer) {
        return new Subscription.Purchase(customerId, partner)
                .product(offer.product())
                .offerId(offer.id())
                .offerName(offer.name())
                .friendlyName(line.friendlyName())
                .quantity(Objects.requireNonNullElse(line.quantity(), 1))
                .termDuration(line.termDuration())
                .parentId(line.parentSubscriptionId())
                .partnerIdOnRecord(line.partnerIdOnRecord());
    }
}
