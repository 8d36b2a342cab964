package csp.transfer.legacy;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import csp.commerce.subscription.SubscriptionService;
import csp.commerce.subscription.TransferClaims;
import csp.shared.error.DomainException;
import csp.transfer.legacy.eligibility.SubscriptionGroup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Turns the lines that a client names into the lines of a transfer: with their add-ons (TR7), or not at all. */
@ApplicationScoped
class TransferLines {

    private final SubscriptionService subscriptions;
    private final TransferClaims claims;

    TransferLines(SubscriptionService subscriptions, TransferClaims claims) {
        this.subscriptions = subscriptions;
        this.claims = claims;
    }

    /**
     * In the order of D11, and of the lines within each rule: the partners on record, what eligibility refuses, then what
     * another open transfer holds. The subscriptions stay as they are until the transaction ends.
     */
    List<TransferLineItem> snapshot(UUID customerId, UUID sourceId, List<CreateTransfer.Line> lines) {
        subscriptions.requireResellers(lines.stream()
                .map(CreateTransfer.Line::partnerIdOnRecord)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        var ids = lines.stream().map(CreateTransfer.Line::subscriptionId).toList();
        var groups = SubscriptionGroup.of(subscriptions.basesWithAddons(customerId, sourceId, ids)).stream()
                .collect(toMap(group -> group.base().id(), identity()));
        for (var id : ids) {
            LineConditions.ineligibility(id, groups.get(id), sourceId).ifPresent(TransferLines::refuse);
        }
        requireFree(ids, groups);
        return lines.stream()
                .map(line -> TransferLineItem.of(groups.get(line.subscriptionId()), line.partnerIdOnRecord()))
                .toList();
    }

    private void requireFree(List<UUID> ids, Map<UUID, SubscriptionGroup> groups) {
        var taken = claims.openTransfersOfLocked(
                ids.stream().flatMap(id -> groups.get(id).memberIds().stream()).toList());
        ids.forEach(id -> LineConditions.openTransfer(groups.get(id), taken).ifPresent(TransferLines::refuse));
    }

    private static void refuse(DomainException refusal) {
        throw refusal;
    }
}
