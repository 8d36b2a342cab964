package csp.transfer;

import static java.util.stream.Collectors.toSet;

import csp.commerce.order.Order;
import csp.commerce.order.OrderLineItem;
import csp.commerce.subscription.Subscription;
import csp.directory.partner.Partner;
import csp.transfer.eligibility.SubscriptionGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Moves the lines of an accepted transfer one by one, so that a line that fails does not stop its siblings. Works
 * on subscriptions that are loaded and locked, touches no database, and collects what is to be stored.
 */
class SubscriptionMove {

    private final Transfer transfer;
    private final Map<UUID, Subscription> sources;
    private final Partner target;
    private final Instant now;
    private final List<TransferLineItem> outcome = new ArrayList<>();
    private final List<Subscription> continuations = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();

    SubscriptionMove(Transfer transfer, Map<UUID, Subscription> sources, Partner target, Instant now) {
        this.transfer = transfer;
        this.sources = sources;
        this.target = target;
        this.now = now;
        transfer.lineItems().forEach(this::moveOrFail);
    }

    /** Every line with its outcome, in line order. */
    List<TransferLineItem> outcome() {
        return outcome;
    }

    /** The new records at the target, each base before its add-ons. */
    List<Subscription> continuations() {
        return continuations;
    }

    /** One per completed line group, in line order (TR17). */
    List<Order> orders() {
        return orders;
    }

    private void moveOrFail(TransferLineItem line) {
        var number = outcome.size();
        var addons = line.addonItems().stream()
                .map(addon -> sources.get(addon.subscriptionId()))
                .filter(Objects::nonNull)
                .toList();
        var group = new SubscriptionGroup(sources.get(line.subscriptionId()), addons);
        outcome.add(group.ineligibility()
                .map(reason -> line.failed(number, reason.failure()))
                .orElseGet(() -> move(number, line, group)));
    }

    private TransferLineItem move(int number, TransferLineItem line, SubscriptionGroup group) {
        var moving = group.members().map(Subscription::id).collect(toSet());
        var items = line.members()
                .filter(item -> moving.contains(item.subscriptionId()))
                .toList();
        var newIds = new HashMap<UUID, UUID>();
        items.forEach(item -> newIds.put(item.subscriptionId(), UUID.randomUUID()));
        var order = order(number, line, items, newIds);
        orders.add(order);
        for (var item : items) {
            var source = sources.get(item.subscriptionId());
            continuations.add(source.continueAs(
                    new Subscription.Continuation(
                            newIds.get(source.id()),
                            newIds.get(source.parentSubscriptionId()),
                            target.tenantId(),
                            item.quantity(),
                            item.friendlyName(),
                            line.partnerIdOnRecord(),
                            order.id()),
                    now));
        }
        return line.completed(
                number,
                order.id(),
                line.addonItems().stream()
                        .map(addon -> close(addon, number, order, moving))
                        .toList());
    }

    private static TransferLineItem close(TransferLineItem addon, int number, Order order, Set<UUID> moving) {
        return moving.contains(addon.subscriptionId()) ? addon.completed(number, order.id(), null) : addon;
    }

    private Order order(int number, TransferLineItem line, List<TransferLineItem> items, Map<UUID, UUID> newIds) {
        var orderLines = new ArrayList<OrderLineItem>();
        for (var item : items) {
            var source = sources.get(item.subscriptionId());
            orderLines.add(new OrderLineItem(
                    orderLines.size(),
                    item.offerId(),
                    newIds.get(source.id()),
                    newIds.get(source.parentSubscriptionId()),
                    item.friendlyName(),
                    item.quantity(),
                    source.termDuration(),
                    "New",
                    line.partnerIdOnRecord()));
        }
        return Order.ofTransfer(
                transfer.id(),
                number,
                transfer.customerTenantId(),
                target.tenantId(),
                line.billingCycle(),
                target.currency(),
                orderLines,
                now);
    }
}
