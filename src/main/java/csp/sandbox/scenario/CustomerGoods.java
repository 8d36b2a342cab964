package csp.sandbox.scenario;

import static csp.sandbox.scenario.Defaults.idFrom;
import static csp.sandbox.scenario.Difference.conflict;
import static csp.sandbox.scenario.ScenarioJson.echo;
import static csp.sandbox.scenario.ScenarioJson.refusal;
import static java.util.Comparator.comparing;

import csp.commerce.order.OrderLineItem;
import csp.commerce.subscription.BillingCycle;
import csp.commerce.subscription.SubscriptionStatus;
import csp.sandbox.scenario.Scenario.TransferStatus;
import csp.sandbox.scenario.Scenario.TransferType;
import csp.sandbox.scenario.TransferLine.Status;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The subscriptions, transfers and orders of one customer of a document. They refer to each other, and to nothing outside it.
 */
final class CustomerGoods {

    private static final int MOST_LINES = 500;
    static final String FAILURE = "The order of the transfer failed.";

    private static final Set<TransferStatus> LEGACY_STATUSES = EnumSet.of(
            TransferStatus.ACTIVE, TransferStatus.COMPLETE, TransferStatus.PARTIALLY_COMPLETE, TransferStatus.REJECTED);

    private final At at;
    private final Entry given;
    private final Entry before;
    private final Entry customer;
    private final String customerId;
    private final Load load;

    /** In the order of their ids, so that add-ons and order lines come in the same order whatever the document's is. */
    private final Map<String, Entry> subscriptions = new TreeMap<>(comparing(UUID::fromString));

    private final Map<String, Entry> transfers = new HashMap<>();
    private final Set<String> orders = new HashSet<>();
    private final Set<List<Object>> orderedGroups = new HashSet<>();
    /** Subscription to the one that continues it. */
    private final Map<String, String> continuedAs = new HashMap<>();

    /**
     * @param at place of the customer in the document
     * @param before what is stored of the customer; null when it is new
     * @param customer the customer, complete
     */
    CustomerGoods(At at, Entry given, Entry before, Entry customer, Load load) {
        this.at = at;
        this.given = given;
        this.before = before;
        this.customer = customer;
        this.customerId = Kind.CUSTOMERS.idOf(customer);
        this.load = load;
    }

    void merge() {
        if (before != null) {
            before.entries("subscriptions").forEach(this::know);
            before.entries("transfers").forEach(transfer -> transfers.put(transfer.get("id"), transfer));
            before.entries("orders").forEach(this::knowOrder);
        }
        var newSubscriptions = mergeSubscriptions();
        var newTransfers = mergeTransfers();
        load.merge(Kind.ORDERS, at, given, before, customer, (here, order) -> {
            checkGroup(here, order);
            addOrder(here, order);
        });
        newTransfers.forEach(this::orderLines);
        orderSubscriptions(newSubscriptions, newTransfers);
        newSubscriptions.forEach(subscription -> load.addRow(Kind.SUBSCRIPTIONS, subscription, customerId));
    }

    private void know(Entry subscription) {
        subscriptions.put(subscription.get("id"), subscription);
        if (subscription.has("movedFrom")) {
            continuedAs.put(subscription.get("movedFrom"), subscription.get("id"));
        }
    }

    /** A transfer makes one order of each group of its lines. */
    private static List<Object> groupOf(Entry order) {
        return Arrays.asList(order.get("transferId"), order.get("transferGroupId"));
    }

    private void knowOrder(Entry order) {
        orders.add(order.get("id"));
        orderedGroups.add(groupOf(order));
    }

    private List<Entry> mergeSubscriptions() {
        var news = new ArrayList<Entry>();
        load.merge(Kind.SUBSCRIPTIONS, at, given, before, customer, (here, subscription) -> {
            if (subscription.has("movedFrom")) {
                String origin = subscription.get("movedFrom");
                var from = here.of("movedFrom");
                load.sayOnce(from, "origin", origin);
                if (continuedAs.containsKey(origin)) {
                    throw conflict(
                            "%s: subscription %s continues as %s already.", from, origin, continuedAs.get(origin));
                }
                load.moveAway(origin);
            }
            know(subscription);
            news.add(subscription);
        });
        var all = given.entries("subscriptions");
        for (var i = 0; i < all.size(); i++) {
            var here = at.of("subscriptions").entry(i);
            requireAnother(here, all.get(i), "id", "parentSubscriptionId");
            requireAnother(here, all.get(i), "id", "movedFrom");
        }
        return news;
    }

    private void requireAnother(At here, Entry entry, String id, String name) {
        if (entry.has(name)) {
            requireSubscription(here, entry, name);
            if (entry.get(name).equals(entry.get(id))) {
                throw refusal("%s: %s is the subscription itself.", here.of(name), entry.get(name));
            }
        }
    }

    private Entry requireSubscription(At here, Entry entry, String name) {
        var subscription = subscriptions.get(entry.<String>get(name));
        if (subscription == null) {
            throw refusal("%s: customer %s has no subscription %s.", here.of(name), customerId, entry.get(name));
        }
        return subscription;
    }

    private List<Entry> mergeTransfers() {
        var news = new ArrayList<Entry>();
        load.merge(Kind.TRANSFERS, at, given, before, customer, (here, transfer) -> {
            var isLegacy = transfer.is("type", TransferType.LEGACY);
            transfer.set(
                    "lineItems",
                    isLegacy
                            ? completeLegacy(here, transfer)
                            : new NewCommerceGoods(subscriptions, continuedAs, customerId).complete(here, transfer));
            transfers.put(transfer.get("id"), transfer);
            news.add(transfer);
            load.addRow(Kind.TRANSFERS, transfer, customerId);
            if (transfer.is("status", isLegacy ? TransferStatus.ACTIVE : TransferStatus.IN_PROGRESS)) {
                transfer.entries("lineItems").stream()
                        .flatMap(CustomerGoods::withAddons)
                        .forEach(line -> load.claim(
                                here.of("lineItems"), line.get("subscriptionId"), transfer.get("id"), !isLegacy));
            }
        });
        return news;
    }

    private List<Entry> completeLegacy(At here, Entry transfer) {
        if (!LEGACY_STATUSES.contains(transfer.<TransferStatus>constant("status"))) {
            throw refusal("%s: a legacy transfer cannot be %s.", here.of("status"), echo(transfer.get("status")));
        }
        NewCommerceGoods.OF_TRANSFER.forEach(
                name -> refuseUnless(false, here, transfer, name, "only a newCommerce transfer has it"));
        if (!transfer.has("lineItems")) {
            throw refusal("%s: is required.", here.of("lineItems"));
        }
        return completeLines(here.of("lineItems"), transfer);
    }

    private List<Entry> completeLines(At here, Entry transfer) {
        var lines = transfer.entries("lineItems");
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            throw refusal("%s: must have 1 to %d entries, not %d.", here, MOST_LINES, lines.size());
        }
        var complete = new ArrayList<Entry>();
        var named = new HashSet<>();
        for (var i = 0; i < lines.size(); i++) {
            var line = completeLine(here.entry(i), lines.get(i), i, transfer);
            complete.add(line);
            for (var member : withAddons(line).toList()) {
                if (!named.add(member.get("subscriptionId"))) {
                    throw refusal(
                            "%s: subscription %s is in the transfer twice.",
                            here.entry(i), member.get("subscriptionId"));
                }
            }
        }
        return complete;
    }

    private Entry completeLine(At here, Entry givenLine, int index, Entry transfer) {
        var isWhole = transfer.is("status", TransferStatus.COMPLETE);
        var isAnswered = isWhole || transfer.is("status", TransferStatus.PARTIALLY_COMPLETE);
        var line = snapshot(here, givenLine);
        if (isAnswered) {
            line.or("status", line.has("transferError") ? Status.FAILED : Status.COMPLETE)
                    .or("transferGroupId", index);
        }
        var isComplete = isAnswered && isComplete(line);
        var isFailed = isAnswered && !isComplete;
        var answer = "only a Complete or PartiallyComplete transfer has it";
        refuseUnless(isAnswered, here, line, "status", answer);
        refuseUnless(isAnswered, here, line, "transferGroupId", answer);
        refuseUnless(isComplete, here, line, "orderId", "only a Complete line has it");
        refuseUnless(isFailed, here, line, "transferError", "only a Failed line has it");
        refuseUnless(!isFailed || !isWhole, here, line, "status", "the transfer is Complete");
        if (isComplete) {
            line.or("orderId", idFrom("transfer:" + transfer.get("id") + ":" + line.get("transferGroupId")));
        } else if (isFailed) {
            line.or("transferError", FAILURE);
        }
        return line.set("addonItems", line.has("addonItems") ? givenAddons(here, line) : addonsOf(line));
    }

    /** What a line leaves out is as the subscription is. */
    private Entry snapshot(At here, Entry line) {
        NewCommerceGoods.OF_LINE.forEach(
                name -> refuseUnless(false, here, line, name, "only a line of a newCommerce transfer has it"));
        if (line.is("status", Status.IN_PROGRESS)) {
            throw refusal("%s: must be one of: Complete, Failed, not 'InProgress'.", here.of("status"));
        }
        var subscription = requireSubscription(here, line, "subscriptionId");
        return line.copy()
                .or("offerId", subscription.get("offerId"))
                .or("billingCycle", subscription.get("billingCycle"))
                .or("friendlyName", subscription.get("friendlyName"))
                .or("quantity", subscription.get("quantity"))
                .or("entitlementId", subscription.get("azureSubscriptionId"));
    }

    private static void refuseUnless(boolean allowed, At here, Entry line, String name, String reason) {
        NewCommerceGoods.refuseUnless(allowed, here, line, name, reason);
    }

    private List<Entry> givenAddons(At here, Entry line) {
        var addons = new ArrayList<Entry>();
        for (var addon : line.entries("addonItems")) {
            var there = here.of("addonItems").entry(addons.size());
            addons.add(snapshot(there, addon));
            refuseUnless(false, there, addon, "addonItems", "an add-on has no add-ons");
        }
        return addons;
    }

    /** The add-ons that travel with a base and share its fate (transfers.md TR7, D11). */
    private List<Entry> addonsOf(Entry base) {
        return subscriptions.values().stream()
                .filter(addon -> base.get("subscriptionId").equals(addon.get("parentSubscriptionId")))
                .filter(addon -> !addon.is("status", SubscriptionStatus.DELETED)
                        && !addon.is("status", SubscriptionStatus.EXPIRED))
                .map(addon -> snapshot(at, new Entry(TransferLine.class).set("subscriptionId", addon.get("id")))
                        .set("orderId", base.get("orderId"))
                        .set("transferGroupId", base.get("transferGroupId"))
                        .set("status", base.get("status")))
                .toList();
    }

    private static Stream<Entry> withAddons(Entry line) {
        return Stream.concat(Stream.of(line), line.entries("addonItems").stream());
    }

    private static boolean isComplete(Entry line) {
        return line.is("status", Status.COMPLETE);
    }

    private static Stream<Entry> completeLines(Entry transfer) {
        return transfer.entries("lineItems").stream().filter(CustomerGoods::isComplete);
    }

    /** Of a completed line itself and the add-ons that did not stay behind. */
    private static List<Entry> moved(Entry line) {
        return withAddons(line).filter(CustomerGoods::isComplete).toList();
    }

    private void checkGroup(At here, Entry order) {
        String transfer = order.get("transferId");
        if (transfer == null) {
            refuseUnless(false, here, order, "transferGroupId", "there is no transferId");
            return;
        }
        if (!transfers.containsKey(transfer)) {
            throw refusal("%s: customer %s has no transfer %s.", here.of("transferId"), customerId, transfer);
        }
        var group = here.of("transferGroupId");
        if (!order.has("transferGroupId")) {
            throw refusal("%s: is required with transferId.", group);
        }
        load.sayOnce(group, "order of transfer and group", transfer + ", " + order.get("transferGroupId"));
        if (orderedGroups.contains(groupOf(order))) {
            throw conflict(
                    "%s: transfer %s is stored with another order for the group %d.",
                    group, transfer, order.get("transferGroupId"));
        }
    }

    /** Completes an order from the subscriptions of its lines, and takes it up. */
    private void addOrder(At here, Entry order) {
        var lines = new ArrayList<Entry>();
        var first = new Entry(Scenario.Subscription.class);
        for (var givenLine : order.entries("lineItems")) {
            var there = here.of("lineItems").entry(lines.size());
            var line = givenLine.copy().or("lineItemNumber", lines.size()).or("transactionType", "New");
            if (line.has("subscriptionId")) {
                var subscription = requireSubscription(there, line, "subscriptionId");
                line.or("friendlyName", subscription.get("friendlyName")).or("quantity", subscription.get("quantity"));
                first = first.has("id") ? first : subscription;
            }
            requireAnother(there, line, "subscriptionId", "parentSubscriptionId");
            lines.add(line.or("friendlyName", line.get("offerId")).or("quantity", 1));
        }
        if (lines.isEmpty()) {
            throw refusal("%s: must not be empty.", here.of("lineItems"));
        }
        if (order.has("transferId")) {
            order.or(
                    "creationDate",
                    transfers.get(order.<String>get("transferId")).get("lastModifiedTime"));
        }
        order.set("lineItems", lines)
                .or("billingCycle", first.get("billingCycle"))
                .or("billingCycle", BillingCycle.ANNUAL)
                .or("currencyCode", load.partner(order.get("partner")).get("currency"))
                .or("creationDate", first.get("creationDate"))
                .or("creationDate", load.now().truncatedTo(ChronoUnit.SECONDS));
        knowOrder(order);
        load.addRow(Kind.ORDERS, order, customerId);
    }

    /**
     * Takes up an order that the document does not give, but something in it needs.
     *
     * @param list the goods that need it
     */
    private void addImpliedOrder(String list, Entry order) {
        if (!orders.contains(order.<String>get("id"))) {
            load.refuseTakenGoods(Kind.ORDERS, at.of(list), order.get("id"), customerId);
            addOrder(at.of(list), order.set("status", "completed").set("transactionType", "UserPurchase"));
        }
    }

    /** @param source a subscription or a line of a transfer, with what both know */
    private static Entry orderLine(Entry source, String subscription) {
        var line = new Entry(OrderLineItem.class).set("subscriptionId", subscription);
        for (var name : List.of("offerId", "friendlyName", "quantity", "partnerIdOnRecord")) {
            line.set(name, source.get(name));
        }
        return line;
    }

    /**
     * Each completed line moved its subscription away, with the add-ons that did not stay behind, and made an order for the
     * target, unless the document has it already.
     */
    private void orderLines(Entry transfer) {
        if (transfer.is("type", TransferType.NEW_COMMERCE)) {
            orderNewCommerceLines(transfer);
            return;
        }
        completeLines(transfer).forEach(line -> {
            moved(line).forEach(member -> load.moveAway(member.get("subscriptionId")));
            var order = new Entry(Scenario.Order.class)
                    .set("id", line.get("orderId"))
                    .set("partner", transfer.get("target"))
                    .set("transferId", transfer.get("id"))
                    .set("transferGroupId", line.get("transferGroupId"))
                    .set("billingCycle", line.get("billingCycle"));
            if (!orderedGroups.contains(groupOf(order))) {
                addImpliedOrder("transfers", order.set("lineItems", orderLinesOf(line)));
            }
        });
    }

    /** As for a legacy transfer, but the lines of one order stand beside each other, and the first of them numbers it. */
    private void orderNewCommerceLines(Entry transfer) {
        var lines = transfer.entries("lineItems");
        var groups = new LinkedHashMap<String, Integer>();
        for (var place = 0; place < lines.size(); place++) {
            if (isComplete(lines.get(place))) {
                load.moveAway(lines.get(place).get("subscriptionId"));
                groups.putIfAbsent(lines.get(place).get("orderId"), place);
            }
        }
        groups.forEach((id, group) -> {
            var order = new Entry(Scenario.Order.class)
                    .set("id", id)
                    .set("partner", transfer.get("target"))
                    .set("transferId", transfer.get("id"))
                    .set("transferGroupId", group);
            if (!orderedGroups.contains(groupOf(order))) {
                var moved = lines.stream()
                        .filter(line -> id.equals(line.get("orderId")))
                        .toList();
                var base = subscriptions.get(moved.get(0).<String>get("subscriptionId"));
                addImpliedOrder(
                        "transfers",
                        order.set("billingCycle", base.get("billingCycle"))
                                .set("lineItems", orderLinesOfMoved(transfer, moved)));
            }
        });
    }

    private List<Entry> orderLinesOfMoved(Entry transfer, List<Entry> moved) {
        var base = moved.get(0);
        return moved.stream()
                .map(line -> {
                    var subscription = subscriptions.get(line.<String>get("subscriptionId"));
                    String continuation = line.get("newSubscriptionId");
                    return orderLine(subscription, subscriptions.containsKey(continuation) ? continuation : null)
                            .set("termDuration", subscription.get("termDuration"))
                            .set("partnerIdOnRecord", transfer.get("partnerOnRecord"))
                            .set(
                                    "parentSubscriptionId",
                                    line == base || !subscriptions.containsKey(base.get("newSubscriptionId"))
                                            ? null
                                            : base.get("newSubscriptionId"));
                })
                .toList();
    }

    private List<Entry> orderLinesOf(Entry line) {
        var lines = new ArrayList<Entry>();
        for (var member : moved(line)) {
            String id = member.get("subscriptionId");
            lines.add(orderLine(member, continuedAs.getOrDefault(id, id))
                    .set("termDuration", subscriptions.get(id).get("termDuration"))
                    .set("partnerIdOnRecord", line.get("partnerIdOnRecord")));
        }
        lines.stream()
                .skip(1)
                .forEach(addon -> addon.set("parentSubscriptionId", lines.get(0).get("subscriptionId")));
        return lines;
    }

    /** Gives every new subscription the id of an order that exists. */
    private void orderSubscriptions(List<Entry> news, List<Entry> newTransfers) {
        var orderOfOrigin = new HashMap<String, String>();
        newTransfers.stream()
                .flatMap(CustomerGoods::completeLines)
                .forEach(line -> moved(line)
                        .forEach(member -> orderOfOrigin.put(member.get("subscriptionId"), line.get("orderId"))));
        var linesOfOrders = new LinkedHashMap<String, List<Entry>>();
        for (var subscription : news) {
            String id = subscription.get("id");
            subscription
                    .or("orderId", orderOfOrigin.get(subscription.<String>get("movedFrom")))
                    .or("orderId", idFrom("order:" + id));
            linesOfOrders
                    .computeIfAbsent(subscription.get("orderId"), order -> new ArrayList<>())
                    .add(orderLine(subscription, id)
                            .set("parentSubscriptionId", subscription.get("parentSubscriptionId"))
                            .set("termDuration", subscription.get("termDuration")));
        }
        linesOfOrders.forEach((id, lines) -> addImpliedOrder(
                "subscriptions",
                new Entry(Scenario.Order.class)
                        .set("id", id)
                        .set(
                                "partner",
                                subscriptions
                                        .get(lines.get(0).<String>get("subscriptionId"))
                                        .get("partner"))
                        .set("lineItems", lines)));
    }
}
