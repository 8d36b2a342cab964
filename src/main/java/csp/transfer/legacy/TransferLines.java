package csp.transfer.legacy;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import csp.commerce.subscription.SubscriptionService;
import csp.directory.partner.Partner;
import csp.shared.error.DomainException;
import csp.transfer.legacy.eligibility.SubscriptionGroup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Turns the lines that a client names into the lines of a transfer: with their add-ons (TR7), or not at all. */
@ApplicationScoped
class TransferLines {

    private final SubscriptionService subscriptions;

    TransferLines(SubscriptionService subscriptions) {
        this.subscriptions = subscriptions;
    }

    /**
     * In the order of D11, and of the lines within each rule: the partners on record, what eligibility refuses, then what
     * another open transfer holds. The subscriptions stay as they are until the transaction ends. One query.
     *
     * @param onRecord the partners that the lines name, by PartnerID
     */
    List<TransferLineItem> snapshot(
            UUID customerId, UUID sourceId, List<CreateTransfer.Line> lines, Map<String, Partner> onRecord) {
        subscriptions.requireResellers(CreateTransfer.partnersOnRecord(lines), onRecord);
        var ids = lines.stream().map(CreateTransfer.Line::subscriptionId).toList();
        var families = subscriptions.familiesTaken(customerId, sourceId, ids);
        var groups = SubscriptionGroup.of(families.subscriptions()).stream()
                .collect(toMap(group -> group.base().id(), identity()));
        for (var id : ids) {
            LineConditions.ineligibility(id, groups.get(id), sourceId).ifPresent(TransferLines::refuse);
        }
        ids.forEach(id -> LineConditions.openTransfer(groups.get(id), families.openTransfers())
                .ifPresent(TransferLines::refuse));
        return lines.stream()
                .map(line -> TransferLineItem.of(groups.get(line.subscriptionId()), line.partnerIdOnRecord()))
                .toList();
    }

    private static void refuse(DomainException refusal) {
        throw refusal;
    }
}
