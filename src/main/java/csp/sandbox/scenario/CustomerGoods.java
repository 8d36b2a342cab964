package csp.sandbox.scenario;

import static csp.sandbox.scenario.Defaults.idFrom;
import static csp.sandbox.scenario.Difference.conflict;
import static csp.sandbox.scenario.ScenarioJson.echo;
import static csp.sandbox.scenario.ScenarioJson.refusal;

import csp.commerce.order.OrderLineItem;
import csp.commerce.subscription.BillingCycle;
import csp.commerce.subscription.SubscriptionStatus;
import csp.transfer.legacy.LegacyTransferStatus;
import csp.transfer.legacy.TransferLineItem;
import csp.transfer.legacy.TransferLineItem.Status;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The subscriptions, transfers and orders of one customer of a document. They refer to each other, and to nothing outside it.
 */
final class CustomerGoods {

    private static final int MOST_LINES = 500;
    private static final String FAILURE = "The order of the transfer failed.";

    private record Group(UUID transferId, Integer number) {

        static Group of(Entry order) {
            return new Group(order.get("transferId"), order.get("transferGroupId"));
        }
    }

    private final At at;
    private final Entry given;
    private final Entry before;
    private final Entry customer;
    private final UUID customerId;
    private final Load load;

    /** In the order of their ids, so that add-ons and order lines come in the same order whatever the document's is. */
    private final Map<UUID, Entry> subscriptions = new TreeMap<>();

    private final Map<UUID, Entry> transfers = new HashMap<>();
    private final Map<String, Entry> orders = new HashMap<>();
    private final Set<Group> orderedGroups = new HashSet<>();
    /** Subscription to the one that continues it. */
    private final Map<UUID, UUID> continuedAs = new HashMap<>();

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
        this.customerId = customer.get("tenantId");
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
        load.merge(Kind.ORDERS, at, given, before, customer, (here, one) -> {
            checkGroup(here, one.entry());
            addOrder(completeOrder(here, one.entry()));
        });
        newTransfers.forEach(this::orderLines);
        orderSubscriptions(newSubscriptions, newTransfers);
        newSubscriptions.forEach(subscription -> load.addGoods(Kind.SUBSCRIPTIONS, subscription, customerId));
    }

    private void know(Entry subscription) {
        subscriptions.put(subscription.get("id"), subscription);
        if (subscription.has("movedFrom")) {
            continuedAs.put(subscription.get("movedFrom"), subscription.get("id"));
        }
    }

    private void knowOrder(Entry order) {
        orders.put(order.get("id"), order);
        orderedGroups.add(Group.of(order));
    }

    private List<Entry> mergeSubscriptions() {
        var news = new ArrayList<Entry>();
        load.merge(Kind.SUBSCRIPTIONS, at, given, before, customer, (here, one) -> {
            var origin = one.entry().<UUID>get("movedFrom");
            if (origin != null) {
                var from = here.of("movedFrom");
                load.claimUnique(from, "origin", origin);
                if (continuedAs.containsKey(origin)) {
                    throw conflict(
                            "%s: subscription %s continues as %s already.", from, origin, continuedAs.get(origin));
                }
                load.moveAway(origin);
            }
            know(one.entry());
            news.add(one.entry());
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
        UUID other = entry.get(name);
        if (other != null) {
            requireSubscription(here.of(name), other);
            if (other.equals(entry.get(id))) {
                throw refusal("%s: %s is the subscription itself.", here.of(name), other);
            }
        }
    }

    private Entry requireSubscription(At here, UUID id) {
        var subscription = subscriptions.get(id);
        if (subscription == null) {
            throw refusal("%s: customer %s has no subscription %s.", here, customerId, id);
        }
        return subscription;
    }

    private List<Entry> mergeTransfers() {
        var news = new ArrayList<Entry>();
        load.merge(Kind.TRANSFERS, at, given, before, customer, (here, one) -> {
            var transfer = one.entry();
            transfer.set("lineItems", completeLines(here.of("lineItems"), transfer));
            transfers.put(transfer.get("id"), transfer);
            news.add(transfer);
            load.addTransfer(transfer, customerId);
            if (transfer.get("status") == LegacyTransferStatus.ACTIVE) {
                members(transfer)
                        .forEach(line ->
                                load.claim(here.of("lineItems"), line.get("subscriptionId"), transfer.get("id")));
            }
        });
        return news;
    }

    private List<Entry> completeLines(At here, Entry transfer) {
        var lines = transfer.entries("lineItems");
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            throw refusal("%s: must have 1 to %d entries, not %d.", here, MOST_LINES, lines.size());
        }
        var complete = new ArrayList<Entry>();
        var named = new HashSet<UUID>();
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
        var outcome = transfer.<LegacyTransferStatus>get("status");
        var isAnswered = outcome == LegacyTransferStatus.COMPLETE || outcome == LegacyTransferStatus.PARTIALLY_COMPLETE;
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
        refuseUnless(
                !isFailed || outcome != LegacyTransferStatus.COMPLETE,
                here,
                line,
                "status",
                "the transfer is Complete");
        if (isComplete) {
            line.or("orderId", idFrom("transfer:" + transfer.get("id") + ":" + line.get("transferGroupId")));
        } else if (isFailed) {
            line.or("transferError", FAILURE);
        }
        return line.set("addonItems", line.has("addonItems") ? givenAddons(here, line) : addonsOf(line));
    }

    /** What a line leaves out is as the subscription is. */
    private Entry snapshot(At here, Entry line) {
        var subscription = requireSubscription(here.of("subscriptionId"), line.get("subscriptionId"));
        return line.copy()
                .or("offerId", subscription.get("offerId"))
                .or(
                        "billingCycle",
                        subscription.<BillingCycle>get("billingCycle").wireName())
                .or("friendlyName", subscription.get("friendlyName"))
                .or("quantity", subscription.get("quantity"))
                .or("entitlementId", subscription.get("azureSubscriptionId"));
    }

    private static void refuseUnless(boolean allowed, At here, Entry line, String name, String reason) {
        if (!allowed && line.has(name)) {
            throw refusal("%s: cannot be %s, %s.", here.of(name), echo(line.get(name)), reason);
        }
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
                .filter(addon -> addon.get("status") != SubscriptionStatus.DELETED
                        && addon.get("status") != SubscriptionStatus.EXPIRED)
                .map(addon -> snapshot(at, new Entry(TransferLineItem.class).set("subscriptionId", addon.get("id")))
                        .set("orderId", base.get("orderId"))
                        .set("transferGroupId", base.get("transferGroupId"))
                        .set("status", base.get("status")))
                .toList();
    }

    private static Stream<Entry> members(Entry transfer) {
        return transfer.entries("lineItems").stream().flatMap(CustomerGoods::withAddons);
    }

    private static Stream<Entry> withAddons(Entry line) {
        return Stream.concat(Stream.of(line), line.entries("addonItems").stream());
    }

    private static boolean isComplete(Entry line) {
        return line.get("status") == Status.COMPLETE;
    }

    private static Stream<Entry> moved(Entry line) {
        return withAddons(line).filter(CustomerGoods::isComplete);
    }

    private void checkGroup(At here, Entry order) {
        UUID transfer = order.get("transferId");
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
        load.claimUnique(group, "order of transfer and group", transfer + ", " + order.get("transferGroupId"));
        if (orderedGroups.contains(Group.of(order))) {
            throw conflict(
                    "%s: transfer %s is stored with another order for the group %d.",
                    group, transfer, order.get("transferGroupId"));
        }
    }

    private Entry completeOrder(At here, Entry order) {
        var givenLines = order.entries("lineItems");
        if (givenLines.isEmpty()) {
            throw refusal("%s: must not be empty.", here.of("lineItems"));
        }
        var lines = new ArrayList<Entry>();
        Entry first = null;
        for (var givenLine : givenLines) {
            var there = here.of("lineItems").entry(lines.size());
            var line = givenLine.copy().or("lineItemNumber", lines.size()).or("transactionType", "New");
            if (line.has("subscriptionId")) {
                var subscription = requireSubscription(there.of("subscriptionId"), line.get("subscriptionId"));
                line.or("friendlyName", subscription.get("friendlyName")).or("quantity", subscription.get("quantity"));
                first = first == null ? subscription : first;
            }
            requireAnother(there, line, "subscriptionId", "parentSubscriptionId");
            lines.add(line.or("friendlyName", line.get("offerId")).or("quantity", 1));
        }
        var transfer = transfers.get(order.<UUID>get("transferId"));
        return order.set("lineItems", lines)
                .or("billingCycle", (first == null ? BillingCycle.ANNUAL : cycleOf(first)).wireName())
                .or("currencyCode", currencyOf(order))
                .or(
                        "creationDate",
                        transfer != null
                                ? transfer.get("lastModifiedTime")
                                : first != null
                                        ? first.get("creationDate")
                                        : load.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static BillingCycle cycleOf(Entry subscription) {
        return subscription.get("billingCycle");
    }

    private String currencyOf(Entry order) {
        return load.requirePartner(at, order.get("partner")).get("currency");
    }

    private void addOrder(Entry order) {
        knowOrder(order);
        load.addGoods(Kind.ORDERS, order, customerId);
    }

    /** An order that the document does not give; its lines are of {@code subscriptions}, its creation and billing as told. */
    private Entry order(String id, UUID partner, List<Entry> lines) {
        var order = new Entry(Scenario.Order.class)
                .set("id", id)
                .set("partner", partner)
                .set("status", "completed")
                .set("transactionType", "UserPurchase")
                .set("lineItems", lines);
        return order.set("currencyCode", currencyOf(order));
    }

    /** @param source a subscription or a line of a transfer, with what both know */
    private static Entry orderLine(int number, Entry source) {
        return new Entry(OrderLineItem.class)
                .set("lineItemNumber", number)
                .set("offerId", source.get("offerId"))
                .set("friendlyName", source.get("friendlyName"))
                .set("quantity", source.get("quantity"))
                .set("partnerIdOnRecord", source.get("partnerIdOnRecord"))
                .set("transactionType", "New");
    }

    /**
     * Each completed line moved its subscription away, with the add-ons that did not stay behind, and made an order for the
     * target, unless the document has it already.
     */
    private void orderLines(Entry transfer) {
        transfer.entries("lineItems").stream().filter(CustomerGoods::isComplete).forEach(line -> {
            moved(line).forEach(member -> load.moveAway(member.get("subscriptionId")));
            String orderId = line.get("orderId");
            var group = new Group(transfer.get("id"), line.get("transferGroupId"));
            if (!orders.containsKey(orderId) && !orderedGroups.contains(group)) {
                load.refuseTakenOrder(at.of("transfers"), orderId, customerId);
                addOrder(order(orderId, transfer.get("target"), orderLinesOf(line))
                        .set("transferId", group.transferId())
                        .set("transferGroupId", group.number())
                        .set("billingCycle", line.get("billingCycle"))
                        .set("creationDate", transfer.get("lastModifiedTime")));
            }
        });
    }

    private List<Entry> orderLinesOf(Entry line) {
        var lines = new ArrayList<Entry>();
        for (var member : moved(line).toList()) {
            UUID id = member.get("subscriptionId");
            lines.add(orderLine(lines.size(), member)
                    .set("subscriptionId", continuedAs.getOrDefault(id, id))
                    .set(
                            "parentSubscriptionId",
                            lines.isEmpty() ? null : lines.get(0).get("subscriptionId"))
                    .set("termDuration", subscriptions.get(id).get("termDuration"))
                    .set("partnerIdOnRecord", line.get("partnerIdOnRecord")));
        }
        return lines;
    }

    /** Gives every new subscription the id of an order that exists. */
    private void orderSubscriptions(List<Entry> news, List<Entry> newTransfers) {
        var orderOfOrigin = new HashMap<UUID, String>();
        newTransfers.stream()
                .flatMap(transfer -> transfer.entries("lineItems").stream())
                .filter(CustomerGoods::isComplete)
                .forEach(line -> moved(line)
                        .forEach(member -> orderOfOrigin.put(member.get("subscriptionId"), line.get("orderId"))));
        var withoutOrder = given.entries("subscriptions").stream()
                .filter(subscription -> !subscription.has("orderId"))
                .map(subscription -> subscription.<UUID>get("id"))
                .collect(Collectors.toSet());
        var byOrder = new LinkedHashMap<String, List<Entry>>();
        for (var subscription : news) {
            UUID origin = subscription.get("movedFrom");
            if (withoutOrder.contains(subscription.<UUID>get("id")) && orderOfOrigin.containsKey(origin)) {
                subscription.set("orderId", orderOfOrigin.get(origin));
            }
            byOrder.computeIfAbsent(subscription.get("orderId"), id -> new ArrayList<>())
                    .add(subscription);
        }
        byOrder.forEach((orderId, members) -> {
            if (!orders.containsKey(orderId)) {
                load.refuseTakenOrder(at.of("subscriptions"), orderId, customerId);
                addOrder(orderOf(orderId, members));
            }
        });
    }

    private Entry orderOf(String orderId, List<Entry> members) {
        var first = members.get(0);
        var lines = new ArrayList<Entry>();
        members.forEach(member -> lines.add(orderLine(lines.size(), member)
                .set("subscriptionId", member.get("id"))
                .set("parentSubscriptionId", member.get("parentSubscriptionId"))
                .set("termDuration", member.get("termDuration"))));
        return order(orderId, first.get("partner"), lines)
                .set("billingCycle", cycleOf(first).wireName())
                .set("creationDate", first.get("creationDate"));
    }
}
