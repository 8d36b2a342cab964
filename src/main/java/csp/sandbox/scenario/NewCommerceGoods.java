package csp.sandbox.scenario;

import static csp.sandbox.scenario.Defaults.idFrom;
import static csp.sandbox.scenario.ScenarioJson.echo;
import static csp.sandbox.scenario.ScenarioJson.refusal;

import csp.commerce.subscription.Product;
import csp.sandbox.scenario.Scenario.TransferStatus;
import csp.sandbox.scenario.TransferLine.Status;
import csp.transfer.newcommerce.NewCommerceTransferStatus;
import csp.transfer.newcommerce.TransferProductType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Completes the new-commerce transfers of a document, in any state. */
final class NewCommerceGoods {

    /** What a legacy transfer does not have. */
    static final List<String> OF_TRANSFER = List.of(
            "transferType",
            "customerEmailId",
            "targetPartnerEmailId",
            "targetProductTypes",
            "partnerOnRecord",
            "expirationTime",
            "completedTime");

    /** What a line of a legacy transfer does not have. */
    static final List<String> OF_LINE = List.of("productType", "newSubscriptionId");

    private static final List<String> OF_LEGACY_LINE = List.of(
            "offerId",
            "billingCycle",
            "friendlyName",
            "quantity",
            "partnerIdOnRecord",
            "entitlementId",
            "transferGroupId",
            "addonItems");

    private static final Set<Integer> TRANSFER_TYPES = Set.of(3, 5);
    private static final int MOST_LINES = 25;

    private final Map<String, Entry> subscriptions;
    private final Map<String, String> continuedAs;
    private final String customerId;

    /** @param continuedAs subscription to the one that continues it */
    NewCommerceGoods(Map<String, Entry> subscriptions, Map<String, String> continuedAs, String customerId) {
        this.subscriptions = subscriptions;
        this.continuedAs = continuedAs;
        this.customerId = customerId;
    }

    static NewCommerceTransferStatus statusOf(Entry transfer) {
        return NewCommerceTransferStatus.valueOf(
                transfer.<TransferStatus>constant("status").name());
    }

    /** The lines, complete, of a transfer that is complete otherwise. */
    List<Entry> complete(At here, Entry transfer) {
        if (transfer.is("status", TransferStatus.ACTIVE)) {
            throw refusal("%s: a newCommerce transfer cannot be 'Active'.", here.of("status"));
        }
        if (!TRANSFER_TYPES.contains(transfer.<Integer>get("transferType"))) {
            throw refusal("%s: must be 3 or 5, not %s.", here.of("transferType"), transfer.get("transferType"));
        }
        if (transfer.get("targetProductTypes") instanceof List<?> types
                && (types.isEmpty() || new HashSet<>(types).size() < types.size())) {
            throw refusal(
                    "%s: must name each type once, and at least one; leave it out for all.",
                    here.of("targetProductTypes"));
        }
        var status = statusOf(transfer);
        refuseUnless(!status.isAccepted(), here, transfer, "expirationTime", "an accepted transfer has none");
        refuseUnless(status.isCompleted(), here, transfer, "completedTime", "only a completed transfer has it");
        return lines(here.of("lineItems"), transfer, status);
    }

    private List<Entry> lines(At at, Entry transfer, NewCommerceTransferStatus status) {
        var given = transfer.entries("lineItems");
        var fewest = status.isAccepted() ? 1 : 0;
        var most = status.isAccepted() ? MOST_LINES : 0;
        if (given.size() < fewest || given.size() > most) {
            throw refusal("%s: must have %d to %d entries, not %d.", at, fewest, most, given.size());
        }
        var complete = new ArrayList<Entry>();
        var named = new HashSet<String>();
        for (var i = 0; i < given.size(); i++) {
            var line = line(at.entry(i), given.get(i), transfer, status, complete);
            if (!named.add(line.get("subscriptionId"))) {
                throw refusal("%s: subscription %s is in the transfer twice.", at.entry(i), line.get("subscriptionId"));
            }
            complete.add(line);
        }
        requireOutcome(at, status, complete);
        return complete;
    }

    /** @param before the lines before it */
    private Entry line(At here, Entry given, Entry transfer, NewCommerceTransferStatus status, List<Entry> before) {
        OF_LEGACY_LINE.forEach(
                name -> refuseUnless(false, here, given, name, "only a line of a legacy transfer has it"));
        var subscription = requireSubscription(here.of("subscriptionId"), given.get("subscriptionId"));
        var line = given.copy()
                .or(
                        "productType",
                        TransferProductType.of(subscription.<Product>constant("product"))
                                .orElse(null))
                .or("status", usual(given, status));
        if (!line.has("productType")) {
            throw refusal("%s: is required for a license.", here.of("productType"));
        }
        var isComplete = line.is("status", Status.COMPLETE);
        var isFailed = line.is("status", Status.FAILED);
        if (line.is("status", Status.IN_PROGRESS) == status.isCompleted()) {
            throw refusal(
                    "%s: cannot be %s, the transfer is %s.",
                    here.of("status"), echo(line.get("status")), transfer.get("status"));
        }
        refuseUnless(isComplete, here, line, "newSubscriptionId", "only a Complete line has it");
        refuseUnless(isComplete, here, line, "orderId", "only a Complete line has it");
        refuseUnless(isFailed, here, line, "transferError", "only a Failed line has it");
        if (isFailed) {
            return line.or("transferError", CustomerGoods.FAILURE);
        }
        if (isComplete) {
            String id = line.get("subscriptionId");
            if (line.has("newSubscriptionId")) {
                requireSubscription(here.of("newSubscriptionId"), line.get("newSubscriptionId"));
            }
            line.or("newSubscriptionId", continuedAs.get(id))
                    .or("newSubscriptionId", idFrom("continuation:" + transfer.get("id") + ":" + id))
                    .or("orderId", orderOfBase(subscription, before))
                    .or("orderId", idFrom("transfer:" + transfer.get("id") + ":" + before.size()));
        }
        return line;
    }

    private static Status usual(Entry line, NewCommerceTransferStatus status) {
        return switch (status) {
            case COMPLETE -> Status.COMPLETE;
            case FAILED -> Status.FAILED;
            case PARTIALLY_COMPLETE -> line.has("transferError") ? Status.FAILED : Status.COMPLETE;
            default -> Status.IN_PROGRESS;
        };
    }

    /** An add-on is in the order of its base. */
    private static String orderOfBase(Entry subscription, List<Entry> before) {
        return before.stream()
                .filter(line -> line.get("subscriptionId").equals(subscription.get("parentSubscriptionId")))
                .map(line -> line.<String>get("orderId"))
                .findFirst()
                .orElse(null);
    }

    private static void requireOutcome(At at, NewCommerceTransferStatus status, List<Entry> lines) {
        var complete = lines.stream()
                .filter(line -> line.is("status", Status.COMPLETE))
                .count();
        var fits =
                switch (status) {
                    case COMPLETE -> complete == lines.size();
                    case PARTIALLY_COMPLETE -> complete > 0 && complete < lines.size();
                    case FAILED -> complete == 0;
                    default -> true;
                };
        if (!fits) {
            throw refusal(
                    "%s: %d of %d lines are Complete, the transfer is %s.",
                    at, complete, lines.size(), status.wireName());
        }
    }

    private Entry requireSubscription(At here, String id) {
        var subscription = subscriptions.get(id);
        if (subscription == null) {
            throw refusal("%s: customer %s has no subscription %s.", here, customerId, id);
        }
        return subscription;
    }

    static void refuseUnless(boolean allowed, At here, Entry entry, String name, String reason) {
        if (!allowed && entry.has(name)) {
            throw refusal("%s: cannot be %s, %s.", here.of(name), echo(entry.get(name)), reason);
        }
    }
}
