package csp.transfer.legacy;

import csp.commerce.subscription.Subscription;
import csp.transfer.legacy.eligibility.SubscriptionGroup;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One subscription of a transfer as it was when the transfer was created (TR9), and what became of it.
 *
 * @param quantity snapshot; the new subscription gets it, whatever the source's is by then
 * @param partnerIdOnRecord PartnerID of the reseller for the order; null when the client named none, and on add-ons
 * @param entitlementId the Azure subscription behind it; null for licences
 * @param orderId only when it moved
 * @param transferGroupId number of the base line, from 0; null before the transfer was accepted
 * @param status null before the transfer was accepted, and for an add-on that stayed behind
 * @param transferError only on a base line that failed
 * @param addonItems null on an add-on itself
 */
public record TransferLineItem(
        UUID subscriptionId,
        String offerId,
        String billingCycle,
        String friendlyName,
        int quantity,
        String partnerIdOnRecord,
        UUID entitlementId,
        String orderId,
        Integer transferGroupId,
        Status status,
        String transferError,
        List<TransferLineItem> addonItems) {

    /** What became of a line when its transfer was accepted; stored and sent in the wire's spelling. */
    public enum Status {
        COMPLETE("Complete"),
        FAILED("Failed");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String toString() {
            return wireName;
        }
    }

    static TransferLineItem of(SubscriptionGroup group, String partnerIdOnRecord) {
        return snapshot(
                group.base(),
                partnerIdOnRecord,
                group.addons().stream()
                        .map(addon -> snapshot(addon, null, null))
                        .toList());
    }

    private static TransferLineItem snapshot(
            Subscription subscription, String partnerIdOnRecord, List<TransferLineItem> addons) {
        var line = new Draft();
        line.subscriptionId = subscription.id();
        line.offerId = subscription.offerId();
        line.billingCycle = subscription.billingCycle().wireName();
        line.friendlyName = subscription.friendlyName();
        line.quantity = subscription.quantity();
        line.partnerIdOnRecord = partnerIdOnRecord;
        line.entitlementId = subscription.azureSubscriptionId();
        line.addonItems = addons;
        return line.finished();
    }

    /** Itself and its add-ons. */
    Stream<TransferLineItem> members() {
        return Stream.concat(Stream.of(this), addonItems.stream());
    }

    TransferLineItem completed(int group, String order, List<TransferLineItem> addons) {
        return closed(group, order, Status.COMPLETE, null, addons);
    }

    /** The whole group stays where it is: a base and its add-ons fail together (D11). */
    TransferLineItem failed(int group, String error) {
        return closed(
                group,
                null,
                Status.FAILED,
                error,
                addonItems.stream()
                        .map(addon -> addon.closed(group, null, Status.FAILED, null, null))
                        .toList());
    }

    private TransferLineItem closed(
            int group, String order, Status outcome, String error, List<TransferLineItem> addons) {
        var line = new Draft(this);
        line.orderId = order;
        line.transferGroupId = group;
        line.status = outcome;
        line.transferError = error;
        line.addonItems = addons;
        return line.finished();
    }

    /** A line while it is written, each part by its name. */
    private static final class Draft {

        private UUID subscriptionId;
        private String offerId;
        private String billingCycle;
        private String friendlyName;
        private int quantity;
        private String partnerIdOnRecord;
        private UUID entitlementId;
        private String orderId;
        private Integer transferGroupId;
        private Status status;
        private String transferError;
        private List<TransferLineItem> addonItems;

        Draft() {}

        Draft(TransferLineItem line) {
            subscriptionId = line.subscriptionId;
            offerId = line.offerId;
            billingCycle = line.billingCycle;
            friendlyName = line.friendlyName;
            quantity = line.quantity;
            partnerIdOnRecord = line.partnerIdOnRecord;
            entitlementId = line.entitlementId;
        }

        TransferLineItem finished() {
            return new TransferLineItem(
                    subscriptionId,
                    offerId,
                    billingCycle,
                    friendlyName,
                    quantity,
                    partnerIdOnRecord,
                    entitlementId,
                    orderId,
                    transferGroupId,
                    status,
                    transferError,
                    addonItems);
        }
    }
}
