package csp.transfer.legacy.api;

import static csp.shared.error.ErrorCode.TRANSFER_ORDER_FAILED;

import csp.commerce.order.api.OrderView;
import csp.shared.http.Attributes;
import csp.transfer.legacy.TransferLineItem;
import csp.transfer.legacy.TransferSubmitResult;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The answer to an acceptance (transfers.md §2.3): no transfer id, no transfer status.
 *
 * @param orders one per completed line group
 * @param transferErrors one per failed line group; empty when none failed (D3)
 */
public record TransferSubmitResultView(
        List<OrderView> orders, List<TransferError> transferErrors, Attributes attributes) {

    public static TransferSubmitResultView of(TransferSubmitResult acceptance) {
        var lines = acceptance.transfer().lineItems();
        return new TransferSubmitResultView(
                acceptance.orders().stream().map(OrderView::ofTransferResult).toList(),
                IntStream.range(0, lines.size())
                        .filter(id -> lines.get(id).status() == TransferLineItem.Status.FAILED)
                        .mapToObj(id -> TransferError.of(id, lines.get(id)))
                        .toList(),
                Attributes.of("TransferSubmitResult"));
    }

    /** A line group that stayed where it was (transfers.md §2.4). */
    record TransferError(
            String transferGroupId, List<Line> lineItems, int code, String description, Attributes attributes) {

        private static TransferError of(int id, TransferLineItem line) {
            return new TransferError(
                    line.transferGroupId().toString(),
                    List.of(Line.of(
                            id,
                            line,
                            line.addonItems().stream()
                                    .map(addon -> Line.of(0, addon, null))
                                    .toList())),
                    TRANSFER_ORDER_FAILED.code,
                    line.transferError(),
                    Attributes.of("TransferError"));
        }
    }

    /**
     * A failed line in the form of a transfer error (transfers.md §2.2).
     *
     * @param entitlementId the Azure subscription, or the subscription itself
     * @param sourceSubscriptionId the subscription itself
     */
    record Line(
            int id,
            String subscriptionId,
            String entitlementId,
            String offerId,
            String friendlyName,
            int quantity,
            String transferGroupId,
            List<Line> addonItems,
            String partnerIdOnRecord,
            String billingCycle,
            String sourceSubscriptionId) {

        private static Line of(int id, TransferLineItem line, List<Line> addons) {
            var subscriptionId = TransferLineItemView.upper(line.subscriptionId());
            return new Line(
                    id,
                    subscriptionId,
                    TransferLineItemView.upper(entitlementOf(line)),
                    line.offerId(),
                    line.friendlyName(),
                    line.quantity(),
                    line.transferGroupId().toString(),
                    addons,
                    line.partnerIdOnRecord(),
                    line.billingCycle(),
                    subscriptionId);
        }

        private static UUID entitlementOf(TransferLineItem line) {
            return line.entitlementId() == null ? line.subscriptionId() : line.entitlementId();
        }
    }
}
