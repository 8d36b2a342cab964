package csp.transfer.newcommerce;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.LINE_NOT_ACCEPTABLE;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_IN_OPEN_TRANSFER;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import csp.commerce.subscription.Subscription;
import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Turns what the source names into the lines of a transfer: bases with their add-ons, or nothing at all (D21). */
@ApplicationScoped
class AcceptedLines {

    /** Items of one transfer, add-ons included. */
    static final int MAXIMUM = 25;

    private final SubscriptionService subscriptions;
    private final TransferClaims claims;
    private final AzurePlans plans;

    AcceptedLines(SubscriptionService subscriptions, TransferClaims claims, AzurePlans plans) {
        this.subscriptions = subscriptions;
        this.claims = claims;
        this.plans = plans;
    }

    /**
     * Line by line: whose it is, type, add-on, state, add-ons (800078); then what another open transfer holds (900101), the number of
     * lines with the add-ons that join them (800002), and the Azure plan at the target (900131 to 900134). The subscriptions stay as
     * they are until the transaction ends.
     */
    List<NewCommerceLine> resolve(NewCommerceTransfer transfer, List<AcceptedLine> named) {
        var ids = named.stream().map(AcceptedLine::subscriptionId).toList();
        var family =
                subscriptions.basesWithAddonsLocked(transfer.customerTenantId(), transfer.sourcePartnerTenantId(), ids);
        var known = family.stream().collect(toMap(Subscription::id, identity()));
        var addons = family.stream()
                .filter(Subscription::isAddon)
                .filter(addon -> !LineObstacle.staysBehind(addon) || ids.contains(addon.id()))
                .collect(groupingBy(Subscription::parentSubscriptionId));
        for (var place = 0; place < named.size(); place++) {
            var at = "lineItems[%d]".formatted(place);
            obstacle(transfer, named.get(place), known, addons, ids).ifPresent(reason -> {
                throw new DomainException(LINE_NOT_ACCEPTABLE, at, reason);
            });
        }
        var lines = lines(ids, known, addons);
        requireFree(lines);
        if (lines.size() > MAXIMUM) {
            throw new DomainException(
                    INVALID_INPUT,
                    "lineItems must have at most %d items but has %d with the add-ons of the bases."
                            .formatted(MAXIMUM, lines.size()));
        }
        if (lines.stream().anyMatch(line -> line.productType().needsAzurePlan())) {
            plans.require(transfer.customerTenantId(), transfer.targetPartnerTenantId());
        }
        return lines;
    }

    private static Optional<String> obstacle(
            NewCommerceTransfer transfer,
            AcceptedLine line,
            Map<UUID, Subscription> known,
            Map<UUID, List<Subscription>> addons,
            List<UUID> named) {
        var subscription = known.get(line.subscriptionId());
        if (subscription == null) {
            return Optional.of("Subscription: %s is not a subscription of the customer under partner %s"
                    .formatted(line.subscriptionId(), transfer.sourcePartnerTenantId()));
        }
        return LineObstacle.ofType(subscription)
                .or(() -> ofWantedType(transfer, line, subscription))
                .or(() -> subscription.isAddon() && !named.contains(subscription.parentSubscriptionId())
                        ? Optional.of(LineObstacle.addon(subscription))
                        : Optional.empty())
                .or(() -> LineObstacle.ofCondition(subscription))
                .or(() -> LineObstacle.ofAddons(subscription.id(), addons.getOrDefault(subscription.id(), List.of())));
    }

    private static Optional<String> ofWantedType(
            NewCommerceTransfer transfer, AcceptedLine line, Subscription subscription) {
        var type = TransferProductType.of(subscription.product()).orElseThrow();
        if (type != line.productType()) {
            return Optional.of(
                    "Subscription: %s is of type: %s, not %s".formatted(subscription.id(), type, line.productType()));
        }
        return transfer.asksFor(type)
                ? Optional.empty()
                : Optional.of("Subscription: %s is of type: %s, which the target did not ask for"
                        .formatted(subscription.id(), type));
    }

    /** Each base before its add-ons, which it brings along named or not (TR7). */
    private static List<NewCommerceLine> lines(
            List<UUID> named, Map<UUID, Subscription> known, Map<UUID, List<Subscription>> addons) {
        var lines = new ArrayList<NewCommerceLine>();
        named.stream().map(known::get).filter(one -> !one.isAddon()).forEach(base -> {
            lines.add(line(base));
            addons.getOrDefault(base.id(), List.of()).forEach(addon -> lines.add(line(addon)));
        });
        return lines;
    }

    private static NewCommerceLine line(Subscription subscription) {
        return NewCommerceLine.accepted(
                subscription.id(),
                TransferProductType.of(subscription.product()).orElseThrow());
    }

    private void requireFree(List<NewCommerceLine> lines) {
        var ids = lines.stream().map(NewCommerceLine::subscriptionId).toList();
        var taken = claims.openTransfersOf(ids);
        ids.stream().filter(taken::containsKey).findFirst().ifPresent(id -> {
            throw new DomainException(SUBSCRIPTION_IN_OPEN_TRANSFER, id, taken.get(id));
        });
    }
}
