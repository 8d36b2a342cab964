package csp.commerce.order;

import static csp.directory.relationship.CustomerAction.PLACE_ORDERS;
import static csp.shared.error.ErrorCode.PARENT_NOT_VALID;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_HELD;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_NOT_FOUND;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.commerce.subscription.BillingCycle;
import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionAnnouncements;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.directory.relationship.CustomerRelationships;
import csp.directory.relationship.RelationshipService;
import csp.platform.audit.AuditTrail;
import csp.shared.caller.Caller;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Changes of an order that is there: its base gets add-ons, what it brought is billed otherwise (W20, W21). */
@ApplicationScoped
public class OrderChangeService {

    private final OrderService orders;
    private final PurchaseConditions conditions;
    private final SubscriptionService subscriptions;
    private final TransferClaims claims;
    private final RelationshipService relationships;
    private final AuditTrail audit;
    private final SubscriptionAnnouncements announcements;
    private final Clock clock;

    OrderChangeService(
            OrderService orders,
            PurchaseConditions conditions,
            SubscriptionService subscriptions,
            TransferClaims claims,
            RelationshipService relationships,
            AuditTrail audit,
            SubscriptionAnnouncements announcements,
            Clock clock) {
        this.orders = orders;
        this.conditions = conditions;
        this.subscriptions = subscriptions;
        this.claims = claims;
        this.relationships = relationships;
        this.audit = audit;
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * Buys the add-ons that the request names, and bills the subscriptions that it names by its billing cycle; one bad line, and
     * nothing changes. Checked in this order: customer, an indirect reseller (R43), order, role, body, etag; for add-ons what
     * {@link PurchaseService#buy} checks, and that the base is of this order; for a billing cycle that the subscription is of
     * this order, in no open transfer (D15), and can be billed so. A restricted partner may change a billing cycle, as it
     * changes quantities (R62), but buy nothing (R60).
     *
     * @param orderId as the path names it
     * @param body asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public Order change(UUID customerId, String orderId, Caller caller, Supplier<OrderChange> body) {
        var related = relationships.of(customerId).requirePermitted(caller.tenantId(), PLACE_ORDERS);
        var order = orders.placed(customerId, caller.tenantId(), orderId);
        caller.requireAnyOf(PurchaseService.SELLERS);
        var wanted = body.get();
        order.requireCurrent(wanted.etags());
        var before = OrderSnapshot.of(order);
        var addons = new TreeMap<Integer, NewOrder.Line>();
        var named = new TreeMap<Integer, UUID>();
        for (var place = 0; place < wanted.lines().size(); place++) {
            var line = wanted.lines().get(place);
            if (line.addon() == null) {
                named.put(place, line.subscriptionId());
            } else {
                addons.put(place, line.addon());
            }
        }
        var changed = new ArrayList<UUID>();
        if (!addons.isEmpty()) {
            changed.addAll(buy(order, caller, related, wanted.billingCycle(), addons));
        }
        // Who sends the order back with an add-on more means nothing by the lines that were there.
        if (wanted.billingCycle() != null && (addons.isEmpty() || !order.isBilled(wanted.billingCycle()))) {
            changed.addAll(bill(order, caller, wanted.billingCycle(), named));
        }
        if (!OrderSnapshot.of(order).equals(before)) {
            var recorded = audit.record(caller, OrderSnapshot.change("update_order", before, order));
            announcements.updated(customerId, caller.tenantId(), changed, recorded);
        }
        orders.flush(); // now, not at commit: the answer carries the new etag
        return order;
    }

    /** @return ids of what was bought */
    private List<UUID> buy(
            Order order,
            Caller caller,
            CustomerRelationships related,
            BillingCycle cycle,
            Map<Integer, NewOrder.Line> addons) {
        var partner = conditions.requireSeller(order.customerId(), caller, related);
        var goods = conditions.requireBuyable(order.customerId(), caller.tenantId(), addons);
        addons.forEach((place, addon) -> {
            if (!order.brought(goods.bases().get(addon.parentSubscriptionId()))) {
                throw new DomainException(
                        PARENT_NOT_VALID,
                        "lineItems[%d].parentSubscriptionId".formatted(place),
                        addon.parentSubscriptionId());
            }
        });
        var now = clock.instant();
        var bought = addons.values().stream()
                .map(addon -> {
                    var base = goods.bases().get(addon.parentSubscriptionId());
                    return Subscription.buy(
                            PurchaseService.purchase(
                                            order.customerId(),
                                            partner,
                                            addon,
                                            goods.offers().get(addon.offerId()))
                                    .billingCycle(Objects.requireNonNullElse(cycle, base.billingCycle()))
                                    .orderId(order.id()),
                            now);
                })
                .toList();
        subscriptions.add(bought);
        order.add(bought);
        return bought.stream().map(Subscription::id).toList();
    }

    /**
     * The subscriptions stay as they are meanwhile: no transfer takes hold of them.
     *
     * @return ids of those that are billed otherwise now
     */
    private List<UUID> bill(Order order, Caller caller, BillingCycle cycle, Map<Integer, UUID> named) {
        var known = subscriptions.locked(named.values());
        named.forEach((place, id) -> {
            var subscription = known.get(id);
            if (subscription == null
                    || !subscription.customerId().equals(order.customerId())
                    || !subscription.partnerId().equals(caller.tenantId())
                    || !order.brought(subscription)) {
                throw new DomainException(SUBSCRIPTION_NOT_FOUND, id);
            }
        });
        var held = named.isEmpty() ? Map.<UUID, UUID>of() : claims.openTransfersOf(named.values());
        var changed = new ArrayList<UUID>();
        named.forEach((place, id) -> {
            if (known.get(id).billingCycle() == cycle) {
                return;
            }
            if (held.containsKey(id)) {
                throw new DomainException(
                        SUBSCRIPTION_HELD, "lineItems[%d].subscriptionId".formatted(place), id, held.get(id));
            }
            known.get(id).bill(cycle);
            order.bill(cycle);
            changed.add(id);
        });
        return changed;
    }
}
