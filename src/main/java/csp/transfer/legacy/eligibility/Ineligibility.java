package csp.transfer.legacy.eligibility;

import csp.commerce.subscription.Product;
import csp.commerce.subscription.SyncState;
import csp.commerce.subscription.TransferCandidate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Why a subscription may not move, in the wordings of transfers.md §7 and §4. Their oddities are the vendor's (Q7-Q9).
 *
 * @param reason of an eligibility entry, ids in upper case but for the transfer's
 * @param failure of a line of an accepted transfer, ids in lower case
 */
public record Ineligibility(String reason, String failure) {

    /** Empty for what a legacy transfer can move (TR11, TR12, TR20). */
    static Optional<Ineligibility> type(TransferCandidate subscription) {
        return untransferableType(subscription.product())
                .map(type -> aboutSubscription(subscription.id(), " is of type: " + type));
    }

    private static Optional<String> untransferableType(Product product) {
        return switch (product) { // no default: whether a new product can move must be said here
            case LICENSE, AZURE_PAYG -> Optional.empty();
            case AZURE_PLAN -> Optional.of("AzurePlan");
            case AZURE_RESERVATION -> Optional.of("AzureReservation");
            case AZURE_SAVINGS_PLAN -> Optional.of("AzureSavingsPlan");
            case TERM_BASED -> Optional.of("TermBased");
            case MARKETPLACE_SAAS -> Optional.of("SaaS");
            case NEW_COMMERCE_LICENSE -> Optional.of("OnlineServicesNCE");
        };
    }

    static Ineligibility addon(TransferCandidate addon) {
        return new Ineligibility(
                "Subscription: " + upper(addon.id()) + " is an add-on of: " + upper(addon.parentSubscriptionId()),
                "Subscription: " + addon.id() + " is an add-on of: " + addon.parentSubscriptionId());
    }

    static Ineligibility movedAlready(UUID subscriptionId) {
        return new Ineligibility(
                "Subscription: " + upper(subscriptionId) + " has already been transfered",
                failureOfMoved(subscriptionId));
    }

    /** Of a line whose subscription moved already. */
    public static String failureOfMoved(UUID subscriptionId) {
        return "Subscription has already been transfered. Subscription: " + subscriptionId;
    }

    static Ineligibility state(TransferCandidate subscription) {
        return aboutSubscription(
                subscription.id(), " is in state: " + subscription.status().title());
    }

    static Ineligibility syncState(TransferCandidate subscription) {
        var state = subscription.syncState() == SyncState.NONE ? "None" : "Complete";
        return new Ineligibility(
                "Subscription: " + upper(subscription.id()) + " is in sync state: " + state,
                failureOfSync(subscription.id(), state));
    }

    /** Of a line whose subscription is not provisioned. */
    public static String failureOfUnsynced(UUID subscriptionId) {
        return failureOfSync(subscriptionId, "None");
    }

    private static String failureOfSync(UUID subscriptionId, String state) {
        return "Subscription SyncState must be SyncComplete for the Subscription to be a source in a Subscription Ownership Transfer."
                + " Subscription: " + subscriptionId + ", current state: " + state;
    }

    static Ineligibility inOpenTransfer(UUID transferId) {
        return same("subscription is already part of another transfer request id : " + transferId);
    }

    /** The base stays because one of its add-ons may not move (D11). */
    static Ineligibility ofAddon(UUID baseId, Ineligibility addon) {
        return new Ineligibility(
                "Subscription: " + upper(baseId) + " has an add-on that is not eligible. " + addon.reason,
                "Subscription: " + baseId + " has an add-on that is not eligible. " + addon.failure);
    }

    static Ineligibility withoutProvider(UUID customerId) {
        return same("Customer: " + customerId + " has no relationship with an indirect provider");
    }

    static Ineligibility withoutCustomerAgreement(UUID customerId) {
        return same("Customer: " + customerId + " has not accepted the Microsoft Customer Agreement");
    }

    static Ineligibility notEnrolled(UUID partnerId) {
        return same("Partner: " + partnerId + " is not enrolled as an indirect reseller");
    }

    private static Ineligibility aboutSubscription(UUID id, String predicate) {
        return new Ineligibility("Subscription: " + upper(id) + predicate, "Subscription: " + id + predicate);
    }

    private static Ineligibility same(String text) {
        return new Ineligibility(text, text);
    }

    private static String upper(UUID id) {
        return id.toString().toUpperCase(Locale.ROOT);
    }
}
