package csp.transfer.legacy.api;

import csp.transfer.legacy.TransferLineItem;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A line on the wire, in the recorded key order (transfers.md §2.2).
 *
 * @param id position of the line; 0 in the create answer and on add-ons (Q1, D3)
 * @param subscriptionId in upper case (Q2)
 * @param partnerIdOnRecord absent in the create answer (D3)
 * @param addonItems absent on an add-on itself
 */
record TransferLineItemView(
        int id,
        String subscriptionId,
        String offerId,
        String orderId,
        String billingCycle,
        String friendlyName,
        int quantity,
        String partnerIdOnRecord,
        String transferGroupId,
        String status,
        List<TransferLineItemView> addonItems,
        String transferError) {

    static TransferLineItemView created(TransferLineItem line) {
        return of(
                0,
                line,
                null,
                line.addonItems().stream().map(TransferLineItemView::addon).toList());
    }

    static TransferLineItemView read(int id, TransferLineItem line) {
        return of(
                id,
                line,
                line.partnerIdOnRecord(),
                line.addonItems().stream().map(TransferLineItemView::addon).toList());
    }

    private static TransferLineItemView addon(TransferLineItem addon) {
        return of(0, addon, null, null);
    }

    private static TransferLineItemView of(
            int id, TransferLineItem line, String partnerIdOnRecord, List<TransferLineItemView> addons) {
        return new TransferLineItemView(
                id,
                upper(line.subscriptionId()),
                line.offerId(),
                line.orderId(),
                line.billingCycle(),
                line.friendlyName(),
                line.quantity(),
                partnerIdOnRecord,
                text(line.transferGroupId()),
                text(line.status()),
                addons,
                line.transferError());
    }

    static String upper(UUID id) {
        return id.toString().toUpperCase(Locale.ROOT);
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
