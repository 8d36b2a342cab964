package csp.console.transfer;

import csp.console.frame.Visit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What can be asked of the API about a transfer that is there, by whose right and how. */
enum TransferAction {
    ACCEPT_LEGACY(
            false, false, "Accept", "The subscriptions move, and the target gets the orders.", "POST", "/accept", null),
    REJECT_LEGACY(false, false, "Reject", "The transfer ends, and nothing moves.", "PATCH", "", "Reject"),
    WITHDRAW_LEGACY(
            false, true, "Withdraw", "The transfer is gone, as if it had never been asked for.", "DELETE", "", null),
    ACCEPT_NEW_COMMERCE(
            true, true, "Accept", "The chosen subscriptions move; who has them says which.", "PATCH", "", null),
    REJECT_NEW_COMMERCE(true, true, "Reject", "The transfer ends, and nothing moves.", "PATCH", "", "Reject"),
    CANCEL_NEW_COMMERCE(true, false, "Cancel", "Whoever asked takes it back.", "PATCH", "", "Cancel");

    final String label;
    final String explanation;
    final String method;
    final String suffix;
    private final boolean ofNewCommerce;
    private final boolean ofSource;
    private final String status;

    TransferAction(
            boolean ofNewCommerce,
            boolean ofSource,
            String label,
            String explanation,
            String method,
            String suffix,
            String status) {
        this.ofNewCommerce = ofNewCommerce;
        this.ofSource = ofSource;
        this.label = label;
        this.explanation = explanation;
        this.method = method;
        this.suffix = suffix;
        this.status = status;
    }

    static List<TransferAction> of(boolean newCommerce) {
        return Stream.of(values())
                .filter(action -> action.ofNewCommerce == newCommerce)
                .toList();
    }

    boolean isOfSource() {
        return ofSource;
    }

    /**
     * Null when there is none.
     *
     * @param lines ids and product types, for an acceptance of new commerce
     */
    Object body(UUID transferId, List<String> lines) {
        if (status != null) {
            return Visit.object().put("id", transferId.toString()).put("status", status);
        }
        if (this != ACCEPT_NEW_COMMERCE) {
            return null;
        }
        var body = Visit.object();
        var items = body.putArray("lineItems");
        for (var line : lines) {
            var parts = line.split(" ", 2);
            items.addObject().put("subscriptionId", parts[0]).put("productType", parts.length > 1 ? parts[1] : "");
        }
        return body;
    }
}
