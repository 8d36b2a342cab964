package csp.transfer.newcommerce;

import csp.commerce.order.Order;
import csp.commerce.subscription.Product;
import csp.commerce.subscription.Subscription;
import csp.directory.partner.Partner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Moves the lines of an accepted transfer, each base with its add-ons, so that one that cannot move any more fails alone (D23). Works on
 * subscriptions that are loaded and locked, touches no database, and collects what is to be stored.
 */
class NewCommerceMove {

    private final NewCommerceTransfer transfer;
    private final Map<UUID, Subscription> sources;
    private final Partner target;
    private final Optional<Subscription> azurePlan;
    private final Function<List<UUID>, Optional<String>> staged;
    private final Instant now;
    private final Map<UUID, NewCommerceLine> outcome = new HashMap<>();
    private final List<Subscription> continuations = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();

    /**
     * @param azurePlan at the target, for Azure of the old kind; empty when there is none
     * @param staged why lines fail that could move, by their subscriptions, the base first; empty when they do move
     */
    NewCommerceMove(
            NewCommerceTransfer transfer,
            Map<UUID, Subscription> sources,
            Partner target,
            Optional<Subscription> azurePlan,
            Function<List<UUID>, Optional<String>> staged,
            Instant now) {
        this.transfer = transfer;
        this.sources = sources;
        this.target = target;
        this.azurePlan = azurePlan;
        this.staged = staged;
        this.now = now;
        var lines = transfer.lineItems();
        for (var place = 0; place < lines.size(); place++) {
            var line = lines.get(place);
            if (baseOf(line).isEmpty()) {
                moveOrFail(place, line);
            }
        }
    }

    /** Every line with what became of it, in their order. */
    List<NewCommerceLine> outcome() {
        return transfer.lineItems().stream()
                .map(line -> outcome.get(line.subscriptionId()))
                .toList();
    }

    /** The new records at the target, each base before its add-ons. */
    List<Subscription> continuations() {
        return continuations;
    }

    /** One for each base that moved. */
    List<Order> orders() {
        return orders;
    }

    /** The line that brings this one along. */
    private Optional<NewCommerceLine> baseOf(NewCommerceLine line) {
        return Optional.ofNullable(sources.get(line.subscriptionId()))
                .map(Subscription::parentSubscriptionId)
                .flatMap(parent -> transfer.lineItems().stream()
                        .filter(other -> other.subscriptionId().equals(parent))
                        .findFirst());
    }

    private void moveOrFail(int group, NewCommerceLine base) {
        var members = new ArrayList<NewCommerceLine>();
        members.add(base);
        transfer.lineItems().stream()
                .filter(line -> baseOf(line).filter(base::equals).isPresent())
                .forEach(members::add);
        members.stream()
                .map(this::obstacle)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> staged.apply(
                        members.stream().map(NewCommerceLine::subscriptionId).toList()))
                .ifPresentOrElse(
                        reason -> members.forEach(line -> outcome.put(line.subscriptionId(), line.failed(reason))),
                        () -> move(group, members));
    }

    private Optional<String> obstacle(NewCommerceLine line) {
        var subscription = sources.get(line.subscriptionId());
        if (subscription == null || !subscription.partnerId().equals(transfer.sourcePartnerTenantId())) {
            return Optional.of(LineObstacle.moved(line.subscriptionId()));
        }
        return LineObstacle.ofCondition(subscription)
                .or(() -> subscription.product() == Product.AZURE_PAYG && azurePlan.isEmpty()
                        ? Optional.of("Subscription: %s needs an active Azure plan at partner %s"
                                .formatted(subscription.id(), target.tenantId()))
                        : Optional.empty());
    }

    private void move(int group, List<NewCommerceLine> members) {
        var orderId = UUID.randomUUID().toString();
        var moved = new ArrayList<Subscription>(); // the base first, so that its add-ons can name it
        for (var line : members) {
            var source = sources.get(line.subscriptionId());
            var continuation = new Subscription.Continuation(target.tenantId())
                    .under(moved.isEmpty() ? null : moved.get(0))
                    .quantity(source.quantity())
                    .friendlyName(source.friendlyName())
                    .partnerIdOnRecord(transfer.partnerOnRecord())
                    .orderId(orderId)
                    .forTheRestOfTheTerm();
            if (source.product() == Product.AZURE_PAYG) {
                continuation.within(azurePlan.orElseThrow());
            }
            var next = source.continueAs(continuation, now);
            moved.add(next);
            outcome.put(line.subscriptionId(), line.completed(next.id(), orderId));
        }
        continuations.addAll(moved);
        orders.add(Order.completed(
                        orderId,
                        transfer.customerTenantId(),
                        target,
                        moved.get(0).billingCycle().wireName(),
                        moved,
                        now)
                .ofTransfer(transfer.id(), group));
    }
}
