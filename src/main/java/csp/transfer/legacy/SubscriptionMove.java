package csp.transfer.legacy;

import static java.util.stream.Collectors.toSet;

import csp.commerce.order.Order;
import csp.commerce.subscription.Subscription;
import csp.directory.partner.Partner;
import csp.transfer.legacy.eligibility.Ineligibility;
import csp.transfer.legacy.eligibility.SubscriptionGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Moves the lines of an accepted transfer one by one, so that a line that fails does not stop its siblings. Works
 * on subscriptions that are loaded and locked, touches no database, and collects what is to be stored.
 */
class SubscriptionMove {

    private final LegacyTransfer transfer;
    private final Map<UUID, Subscription> sources;
    private final Partner target;
    private final Function<List<UUID>, Optional<String>> staged;
    private final Instant now;
    private final List<TransferLineItem> outcome = new ArrayList<>();
    private final List<Subscription> leftBehind = new ArrayList<>();
    private final List<Subscription> continuations = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();

    /** @param staged why a line fails that could move, by its subscriptions, the base first; empty when it does move */
    SubscriptionMove(
            LegacyTransfer transfer,
            Map<UUID, Subscription> sources,
            Partner target,
            Function<List<UUID>, Optional<String>> staged,
            Instant now) {
        this.transfer = transfer;
        this.sources = sources;
        this.target = target;
        this.staged = staged;
        this.now = now;
        transfer.lineItems().forEach(this::moveOrFail);
    }

    /** Every line with its outcome, in line order. */
    List<TransferLineItem> outcome() {
        return outcome;
    }

    /** The records that stay behind at the source. */
    List<Subscription> leftBehind() {
        return leftBehind;
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
                .map(Ineligibility::failure)
                .or(() -> staged.apply(group.memberIds()))
                .map(reason -> line.failed(number, reason))
                .orElseGet(() -> move(number, line, group)));
    }

    private TransferLineItem move(int number, TransferLineItem line, SubscriptionGroup group) {
        var moving = group.members().map(Subscription::id).collect(toSet());
        var orderId = UUID.randomUUID().toString();
        var moved = new ArrayList<Subscription>(); // the base first, so that its add-ons can name it
        line.members()
                .filter(item -> moving.contains(item.subscriptionId()))
                .forEach(item -> moved.add(sources.get(item.subscriptionId())
                        .continueAs(
                                new Subscription.Continuation(target.tenantId())
                                        .under(moved.isEmpty() ? null : moved.get(0))
                                        .quantity(item.quantity())
                                        .friendlyName(item.friendlyName())
                                        .partnerIdOnRecord(line.partnerIdOnRecord())
                                        .orderId(orderId),
                                now)));
        group.members().forEach(leftBehind::add);
        continuations.addAll(moved);
        orders.add(Order.completed(orderId, transfer.customerTenantId(), target, line.billingCycle(), moved, now)
                .ofTransfer(transfer.id(), number));
        return line.completed(
                number,
                orderId,
                line.addonItems().stream()
                        .map(addon -> close(addon, number, orderId, moving))
                        .toList());
    }

    private static TransferLineItem close(TransferLineItem addon, int number, String orderId, Set<UUID> moving) {
        return moving.contains(addon.subscriptionId()) ? addon.completed(number, orderId, null) : addon;
    }
}
