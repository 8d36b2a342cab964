package csp.sandbox.scenario;

import static csp.sandbox.scenario.Defaults.complete;
import static csp.sandbox.scenario.Defaults.idFrom;
import static csp.sandbox.scenario.Defaults.or;
import static csp.sandbox.scenario.Difference.conflict;
import static csp.sandbox.scenario.ScenarioJson.refusal;
import static csp.sandbox.scenario.ScenarioJson.wireName;

import csp.sandbox.scenario.Scenario.BillingCycle;
import csp.sandbox.scenario.Scenario.Customer;
import csp.sandbox.scenario.Scenario.Line;
import csp.sandbox.scenario.Scenario.Order;
import csp.sandbox.scenario.Scenario.OrderLine;
import csp.sandbox.scenario.Scenario.Subscription;
import csp.sandbox.scenario.Scenario.SubscriptionStatus;
import csp.sandbox.scenario.Scenario.Transfer;
import csp.sandbox.scenario.Scenario.TransferStatus;
import csp.sandbox.scenario.Scenario.TransferType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Ids that are stored, each with the customer it belongs to, and the subscriptions that an open transfer holds. */
    record Taken(
            Map<UUID, UUID> subscriptions,
            Map<UUID, UUID> transfers,
            Map<String, UUID> orders,
            Map<UUID, UUID> claims) {}

    private record Group(UUID transferId, Integer number) {}

    private final String path;
    private final Customer given;
    private final Customer before;
    private final Load load;
    private final Instant now;
    private final Tables added;
    private final Unique unique;
    private final Taken taken;
    private final Set<UUID> movedAway;

    /** In the order of their ids, so that add-ons and order lines come in the same order whatever the document's is. */
    private final Map<UUID, Subscription> subscriptions = new TreeMap<>();

    private final Map<UUID, Transfer> transfers = new HashMap<>();
    private final Map<String, Order> orders = new HashMap<>();
    private final Set<Group> orderedGroups = new HashSet<>();

    /**
     * @param path of the customer in the document
     * @param before what is stored of the customer; without goods when it is new
     * @param movedAway receives the subscriptions that another record continues
     */
    CustomerGoods(
            String path,
            Customer given,
            Customer before,
            Load load,
            Instant now,
            Tables added,
            Unique unique,
            Taken taken,
            Set<UUID> movedAway) {
        this.path = path;
        this.given = given;
        this.before = before;
        this.load = load;
        this.now = now;
        this.added = added;
        this.unique = unique;
        this.taken = taken;
        this.movedAway = movedAway;
    }

    void merge() {
        before.subscriptions().forEach(subscription -> subscriptions.put(subscription.id(), subscription));
        before.transfers().forEach(transfer -> transfers.put(transfer.id(), transfer));
        before.orders().forEach(order -> {
            orders.put(order.id(), order);
            orderedGroups.add(new Group(order.transferId(), order.transferGroupId()));
        });
        var newSubscriptions = mergeSubscriptions();
        var newTransfers = mergeTransfers();
        mergeOrders();
        newTransfers.forEach(this::orderLines);
        orderSubscriptions(newSubscriptions, newTransfers).forEach(this::add);
    }

    private List<Subscription> mergeSubscriptions() {
        var news = new ArrayList<Subscription>();
        var storedIds = Set.copyOf(subscriptions.keySet());
        var continued = new HashMap<UUID, UUID>();
        subscriptions.values().forEach(subscription -> continued.put(subscription.movedFrom(), subscription.id()));
        for (var i = 0; i < given.subscriptions().size(); i++) {
            var at = path + ".subscriptions[" + i + "]";
            var subscription = given.subscriptions().get(i);
            var id = subscription.id();
            load.requirePartner(at + ".partner", subscription.partner());
            unique.claim(at + ".id", "subscription", id);
            if (storedIds.contains(id)) {
                Difference.refuse(at, "subscription " + id, subscription, subscriptions.get(id));
                continue;
            }
            refuseTaken(at + ".id", "subscription", id, taken.subscriptions.get(id));
            news.add(complete(subscription, now));
            subscriptions.put(id, news.get(news.size() - 1));
            if (subscription.movedFrom() != null) {
                unique.claim(at + ".movedFrom", "origin", subscription.movedFrom());
                if (continued.containsKey(subscription.movedFrom())) {
                    throw conflict("%s.movedFrom: subscription %s continues as %s already."
                            .formatted(at, subscription.movedFrom(), continued.get(subscription.movedFrom())));
                }
            }
        }
        for (var i = 0; i < given.subscriptions().size(); i++) {
            var at = path + ".subscriptions[" + i + "]";
            var subscription = given.subscriptions().get(i);
            requireAnother(at + ".parentSubscriptionId", subscription.id(), subscription.parentSubscriptionId());
            requireAnother(at + ".movedFrom", subscription.id(), subscription.movedFrom());
        }
        news.stream().map(Subscription::movedFrom).filter(Objects::nonNull).forEach(movedAway::add);
        return news;
    }

    private void requireAnother(String at, UUID id, UUID other) {
        if (other != null) {
            requireSubscription(at, other);
            if (other.equals(id)) {
                throw refusal("%s: %s is the subscription itself.".formatted(at, other));
            }
        }
    }

    private Subscription requireSubscription(String at, UUID id) {
        var subscription = subscriptions.get(id);
        if (subscription == null) {
            throw refusal("%s: customer %s has no subscription %s.".formatted(at, given.tenantId(), id));
        }
        return subscription;
    }

    private void refuseTaken(String at, String what, Object id, UUID owner) {
        if (owner != null) {
            throw conflict(
                    owner.equals(given.tenantId())
                            ? "%s: %s %s was withdrawn, its id is taken.".formatted(at, what, id)
                            : "%s: %s %s belongs to customer %s already.".formatted(at, what, id, owner));
        }
    }

    private void add(Subscription s) {
        added.add(
                "subscription",
                "id",
                s.id(),
                "customer_id",
                given.tenantId(),
                "partner_id",
                s.partner(),
                "product",
                s.product(),
                "offer_id",
                s.offerId(),
                "offer_name",
                s.offerName(),
                "friendly_name",
                s.friendlyName(),
                "quantity",
                s.quantity(),
                "billing_cycle",
                s.billingCycle(),
                "term_duration",
                s.termDuration(),
                "status",
                s.status(),
                "sync_state",
                s.syncState(),
                "parent_subscription_id",
                s.parentSubscriptionId(),
                "azure_subscription_id",
                s.azureSubscriptionId(),
                "partner_id_on_record",
                s.partnerIdOnRecord(),
                "creation_date",
                s.creationDate(),
                "commitment_end_date",
                s.commitmentEndDate(),
                "auto_renew_enabled",
                s.autoRenewEnabled(),
                "order_id",
                s.orderId(),
                "moved_from",
                s.movedFrom(),
                "version",
                1);
    }

    private List<Transfer> mergeTransfers() {
        var news = new ArrayList<Transfer>();
        for (var i = 0; i < given.transfers().size(); i++) {
            var at = path + ".transfers[" + i + "]";
            var transfer = given.transfers().get(i);
            var source = load.requirePartner(at + ".source", transfer.source());
            var target = load.requirePartner(at + ".target", transfer.target());
            if (transfer.source().equals(transfer.target())) {
                throw refusal("%s.target: %s is the source itself.".formatted(at, transfer.target()));
            }
            unique.claim(at + ".id", "transfer", transfer.id());
            var same = transfers.get(transfer.id());
            if (same != null) {
                Difference.refuse(at, "transfer " + transfer.id(), transfer, same);
                continue;
            }
            refuseTaken(at + ".id", "transfer", transfer.id(), taken.transfers.get(transfer.id()));
            var complete = completeTransfer(at, transfer);
            transfers.put(complete.id(), complete);
            news.add(complete);
            added.add(
                    "transfer",
                    "id",
                    complete.id(),
                    "type",
                    complete.type(),
                    "customer_tenant_id",
                    given.tenantId(),
                    "source_partner_tenant_id",
                    source.id(),
                    "source_partner_name",
                    source.name(),
                    "target_partner_tenant_id",
                    target.id(),
                    "target_partner_name",
                    target.name(),
                    "status",
                    complete.status(),
                    "created_time",
                    complete.createdTime(),
                    "last_modified_time",
                    complete.lastModifiedTime(),
                    "last_modified_user",
                    complete.lastModifiedUser(),
                    "line_items",
                    complete.lineItems(),
                    "version",
                    1);
            if (complete.status() == TransferStatus.ACTIVE) {
                claim(at, complete);
            }
        }
        return news;
    }

    private void claim(String at, Transfer transfer) {
        transfer.lineItems().stream()
                .flatMap(CustomerGoods::withAddons)
                .map(Line::subscriptionId)
                .forEach(id -> {
                    var holder = taken.claims.putIfAbsent(id, transfer.id());
                    if (holder != null) {
                        throw conflict("%s.lineItems: subscription %s is part of the open transfer %s already."
                                .formatted(at, id, holder));
                    }
                    added.add("transfer_claim", "subscription_id", id, "transfer_id", transfer.id());
                });
    }

    private static Stream<Line> withAddons(Line line) {
        return Stream.concat(Stream.of(line), line.addonItems().stream());
    }

    private Transfer completeTransfer(String at, Transfer transfer) {
        var status = or(transfer.status(), TransferStatus.ACTIVE);
        var created = or(transfer.createdTime(), now.truncatedTo(ChronoUnit.MICROS));
        if (transfer.lineItems().isEmpty() || transfer.lineItems().size() > MOST_LINES) {
            throw refusal("%s.lineItems: must have 1 to %d entries, not %d."
                    .formatted(at, MOST_LINES, transfer.lineItems().size()));
        }
        var lines = new ArrayList<Line>();
        var named = new HashSet<UUID>();
        for (var i = 0; i < transfer.lineItems().size(); i++) {
            var line = completeLine(
                    at + ".lineItems[" + i + "]", transfer.lineItems().get(i), i, transfer.id(), status);
            lines.add(line);
            for (var entry : withAddons(line).toList()) {
                if (!named.add(entry.subscriptionId())) {
                    throw refusal("%s.lineItems[%d]: subscription %s is in the transfer twice."
                            .formatted(at, i, entry.subscriptionId()));
                }
            }
        }
        return new Transfer(
                transfer.id(),
                or(transfer.type(), TransferType.LEGACY),
                transfer.source(),
                transfer.target(),
                status,
                created,
                or(transfer.lastModifiedTime(), created),
                or(transfer.lastModifiedUser(), transfer.source()),
                lines);
    }

    private Line completeLine(String at, Line line, int index, UUID transferId, TransferStatus transferStatus) {
        var subscription = requireSubscription(at + ".subscriptionId", line.subscriptionId());
        var answered = transferStatus.hasAnsweredLines();
        var status = answered ? or(line.status(), line.transferError() == null ? Line.COMPLETE : Line.FAILED) : null;
        var complete = Line.COMPLETE.equals(status);
        var failed = Line.FAILED.equals(status);
        refuseUnless(answered, at + ".status", line.status(), "only a Complete or PartiallyComplete transfer has it");
        refuseUnless(
                answered,
                at + ".transferGroupId",
                line.transferGroupId(),
                "only a Complete or PartiallyComplete transfer has it");
        refuseUnless(complete, at + ".orderId", line.orderId(), "only a Complete line has it");
        refuseUnless(failed, at + ".transferError", line.transferError(), "only a Failed line has it");
        refuseUnless(
                !failed || transferStatus != TransferStatus.COMPLETE,
                at + ".status",
                status,
                "the transfer is Complete");
        var group = answered ? or(line.transferGroupId(), index) : null;
        var orderId = complete ? or(line.orderId(), idFrom("transfer:" + transferId + ":" + group)) : null;
        var base = new Line(
                line.subscriptionId(),
                or(line.offerId(), subscription.offerId()),
                or(line.billingCycle(), subscription.billingCycle()),
                or(line.friendlyName(), subscription.friendlyName()),
                or(line.quantity(), subscription.quantity()),
                line.partnerIdOnRecord(),
                orderId,
                group,
                status,
                failed ? or(line.transferError(), FAILURE) : null,
                or(line.entitlementId(), subscription.azureSubscriptionId()),
                null);
        var addons = new ArrayList<Line>();
        if (line.addonItems() == null) {
            subscriptions.values().stream()
                    .filter(addon -> line.subscriptionId().equals(addon.parentSubscriptionId()))
                    .filter(addon -> addon.status() != SubscriptionStatus.DELETED
                            && addon.status() != SubscriptionStatus.EXPIRED)
                    .map(addon -> addonOf(base, addon))
                    .forEach(addons::add);
        } else {
            for (var i = 0; i < line.addonItems().size(); i++) {
                addons.add(completeAddon(
                        "%s.addonItems[%d]".formatted(at, i), line.addonItems().get(i)));
            }
        }
        return new Line(
                base.subscriptionId(),
                base.offerId(),
                base.billingCycle(),
                base.friendlyName(),
                base.quantity(),
                base.partnerIdOnRecord(),
                orderId,
                group,
                status,
                base.transferError(),
                base.entitlementId(),
                addons);
    }

    private static void refuseUnless(boolean allowed, String at, Object value, String reason) {
        if (!allowed && value != null) {
            throw refusal("%s: cannot be %s, %s.".formatted(at, ScenarioJson.echo(value), reason));
        }
    }

    /** An add-on travels with its base and shares its fate (transfers.md TR7, D11). */
    private static Line addonOf(Line base, Subscription addon) {
        return new Line(
                addon.id(),
                addon.offerId(),
                addon.billingCycle(),
                addon.friendlyName(),
                addon.quantity(),
                null,
                base.orderId(),
                base.transferGroupId(),
                base.status(),
                null,
                addon.azureSubscriptionId(),
                null);
    }

    private Line completeAddon(String at, Line line) {
        var subscription = requireSubscription(at + ".subscriptionId", line.subscriptionId());
        refuseUnless(false, at + ".addonItems", line.addonItems(), "an add-on has no add-ons");
        return new Line(
                line.subscriptionId(),
                or(line.offerId(), subscription.offerId()),
                or(line.billingCycle(), subscription.billingCycle()),
                or(line.friendlyName(), subscription.friendlyName()),
                or(line.quantity(), subscription.quantity()),
                line.partnerIdOnRecord(),
                line.orderId(),
                line.transferGroupId(),
                line.status(),
                line.transferError(),
                or(line.entitlementId(), subscription.azureSubscriptionId()),
                null);
    }

    private void mergeOrders() {
        var storedIds = Set.copyOf(orders.keySet());
        for (var i = 0; i < given.orders().size(); i++) {
            var at = path + ".orders[" + i + "]";
            var order = given.orders().get(i);
            load.requirePartner(at + ".partner", order.partner());
            unique.claim(at + ".id", "order", order.id());
            if (storedIds.contains(order.id())) {
                Difference.refuse(at, "order " + order.id(), order, orders.get(order.id()));
                continue;
            }
            refuseTaken(at + ".id", "order", order.id(), taken.orders.get(order.id()));
            refuseUnless(
                    order.transferId() != null,
                    at + ".transferGroupId",
                    order.transferGroupId(),
                    "there is no transferId");
            if (order.transferId() != null) {
                checkGroup(at, order);
            }
            add(completeOrder(at, order));
        }
    }

    private void checkGroup(String at, Order order) {
        if (!transfers.containsKey(order.transferId())) {
            throw refusal("%s.transferId: customer %s has no transfer %s."
                    .formatted(at, given.tenantId(), order.transferId()));
        }
        if (order.transferGroupId() == null) {
            throw refusal("%s.transferGroupId: is required with transferId.".formatted(at));
        }
        unique.claim(
                at + ".transferGroupId",
                "order of transfer and group",
                order.transferId() + ", " + order.transferGroupId());
        if (orderedGroups.contains(new Group(order.transferId(), order.transferGroupId()))) {
            throw conflict("%s.transferGroupId: transfer %s is stored with another order for the group %d."
                    .formatted(at, order.transferId(), order.transferGroupId()));
        }
    }

    private Order completeOrder(String at, Order order) {
        if (order.lineItems().isEmpty()) {
            throw refusal(at + ".lineItems: must not be empty.");
        }
        var lines = new ArrayList<OrderLine>();
        Subscription first = null;
        for (var i = 0; i < order.lineItems().size(); i++) {
            var line = order.lineItems().get(i);
            var lineAt = at + ".lineItems[" + i + "]";
            var subscription = line.subscriptionId() == null
                    ? null
                    : requireSubscription(lineAt + ".subscriptionId", line.subscriptionId());
            requireAnother(lineAt + ".parentSubscriptionId", line.subscriptionId(), line.parentSubscriptionId());
            first = or(first, subscription);
            lines.add(new OrderLine(
                    or(line.lineItemNumber(), i),
                    line.offerId(),
                    line.subscriptionId(),
                    line.parentSubscriptionId(),
                    or(line.friendlyName(), subscription == null ? line.offerId() : subscription.friendlyName()),
                    or(line.quantity(), subscription == null ? 1 : subscription.quantity()),
                    line.termDuration(),
                    or(line.transactionType(), "New"),
                    line.partnerIdOnRecord()));
        }
        var transfer = transfers.get(order.transferId());
        var created = transfer != null
                ? transfer.lastModifiedTime()
                : first != null ? first.creationDate() : now.truncatedTo(ChronoUnit.SECONDS);
        return new Order(
                order.id(),
                order.partner(),
                order.transferId(),
                order.transferGroupId(),
                or(order.billingCycle(), first == null ? BillingCycle.ANNUAL : first.billingCycle()),
                or(
                        order.currencyCode(),
                        load.requirePartner(at, order.partner()).currency()),
                or(order.status(), "completed"),
                or(order.transactionType(), "UserPurchase"),
                or(order.creationDate(), created),
                lines);
    }

    private void add(Order order) {
        orders.put(order.id(), order);
        orderedGroups.add(new Group(order.transferId(), order.transferGroupId()));
        added.add(
                "customer_order",
                "id",
                order.id(),
                "customer_id",
                given.tenantId(),
                "partner_id",
                order.partner(),
                "transfer_id",
                order.transferId(),
                "transfer_group_id",
                order.transferGroupId(),
                "billing_cycle",
                wireName(order.billingCycle()),
                "currency_code",
                order.currencyCode(),
                "status",
                order.status(),
                "transaction_type",
                order.transactionType(),
                "creation_date",
                order.creationDate(),
                "line_items",
                order.lineItems(),
                "version",
                1);
    }

    /**
     * Each completed line moved its subscription away, with the add-ons that did not stay behind, and made an order for the
     * target, unless the document has it already.
     */
    private void orderLines(Transfer transfer) {
        var continuedAs = new HashMap<UUID, UUID>();
        subscriptions.values().forEach(subscription -> continuedAs.put(subscription.movedFrom(), subscription.id()));
        transfer.lineItems().stream().filter(Line::completed).forEach(line -> {
            withAddons(line).filter(Line::completed).map(Line::subscriptionId).forEach(movedAway::add);
            var group = new Group(transfer.id(), line.transferGroupId());
            if (orders.containsKey(line.orderId()) || orderedGroups.contains(group)) {
                return;
            }
            refuseTaken(path + ".transfers", "order", line.orderId(), taken.orders.get(line.orderId()));
            var base = continuedAs.getOrDefault(line.subscriptionId(), line.subscriptionId());
            var lines = new ArrayList<OrderLine>();
            for (var entry : withAddons(line).filter(Line::completed).toList()) {
                var id = continuedAs.getOrDefault(entry.subscriptionId(), entry.subscriptionId());
                lines.add(new OrderLine(
                        lines.size(),
                        entry.offerId(),
                        id,
                        lines.isEmpty() ? null : base,
                        entry.friendlyName(),
                        entry.quantity(),
                        subscriptions.get(entry.subscriptionId()).termDuration(),
                        "New",
                        line.partnerIdOnRecord()));
            }
            add(new Order(
                    line.orderId(),
                    transfer.target(),
                    transfer.id(),
                    line.transferGroupId(),
                    line.billingCycle(),
                    load.requirePartner(path, transfer.target()).currency(),
                    "completed",
                    "UserPurchase",
                    transfer.lastModifiedTime(),
                    lines));
        });
    }

    /** @return the new subscriptions, each with the id of an order that exists */
    private List<Subscription> orderSubscriptions(List<Subscription> news, List<Transfer> newTransfers) {
        var orderOfOrigin = new HashMap<UUID, String>();
        newTransfers.stream()
                .flatMap(transfer -> transfer.lineItems().stream())
                .filter(Line::completed)
                .forEach(line -> withAddons(line)
                        .filter(Line::completed)
                        .forEach(entry -> orderOfOrigin.put(entry.subscriptionId(), line.orderId())));
        var withoutOrder = given.subscriptions().stream()
                .filter(s -> s.orderId() == null)
                .map(Subscription::id)
                .collect(Collectors.toSet());
        var ordered = news.stream()
                .map(s -> withoutOrder.contains(s.id()) && orderOfOrigin.containsKey(s.movedFrom())
                        ? s.inOrder(orderOfOrigin.get(s.movedFrom()))
                        : s)
                .toList();
        var byOrder = ordered.stream()
                .collect(Collectors.groupingBy(Subscription::orderId, LinkedHashMap::new, Collectors.toList()));
        byOrder.forEach((orderId, members) -> {
            if (!orders.containsKey(orderId)) {
                refuseTaken(path + ".subscriptions", "order", orderId, taken.orders.get(orderId));
                add(orderOf(orderId, members));
            }
        });
        return ordered;
    }

    private Order orderOf(String orderId, List<Subscription> members) {
        var first = members.get(0);
        var lines = new ArrayList<OrderLine>();
        members.forEach(member -> lines.add(new OrderLine(
                lines.size(),
                member.offerId(),
                member.id(),
                member.parentSubscriptionId(),
                member.friendlyName(),
                member.quantity(),
                member.termDuration(),
                "New",
                member.partnerIdOnRecord())));
        return new Order(
                orderId,
                first.partner(),
                null,
                null,
                first.billingCycle(),
                load.requirePartner(path, first.partner()).currency(),
                "completed",
                "UserPurchase",
                first.creationDate(),
                lines);
    }
}
