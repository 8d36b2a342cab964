package csp.commerce.order.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import csp.commerce.order.Order;
import csp.commerce.order.OrderLineItem;
import csp.shared.http.Attributes;
import csp.shared.http.Link;
import csp.shared.http.WireTime;
import csp.shared.id.Guid;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/**
 * An order on the wire, in the recorded key order (storefront.md §4, transfers.md §2.3). The three places that show an order
 * show different keys of it, one factory each.
 *
 * @param alternateId equal to {@code id}
 * @param currencySymbol when read by id only
 * @param creationDate UTC with the offset {@code +00:00}, up to three fractional digits
 */
public record OrderView(
        String id,
        String alternateId,
        UUID referenceCustomerId,
        String billingCycle,
        String currencyCode,
        String currencySymbol,
        List<Line> lineItems,
        String creationDate,
        String status,
        String transactionType,
        Links links,
        Attributes attributes) {

    private static final String OBJECT_TYPE = "Order";

    /**
     * One subscription of the order.
     *
     * @param subscriptionId upper case, lower case in new commerce; never in the transfer result, nor is
     *        {@code parentSubscriptionId}
     * @param termDuration in the transfer result only, as is {@code transactionType}
     * @param partnerIdOnRecord absent when no reseller was named
     */
    public record Line(
            int lineItemNumber,
            String offerId,
            String subscriptionId,
            String parentSubscriptionId,
            String termDuration,
            String transactionType,
            String friendlyName,
            int quantity,
            String partnerIdOnRecord,
            LineLinks links) {}

    /** The links of a line; all absent, an empty object, in the transfer result. */
    public record LineLinks(Link subscription, Link sku, Link provisioningStatus) {}

    /** The links of the order; {@code provisioningStatus} in new commerce. */
    public record Links(Link provisioningStatus, Link self, Link patchOperation) {}

    /** The order read by id, with its links in the country of the customer. */
    static OrderView of(Order order, String country) {
        return read(order, country, symbolOf(order.currencyCode()));
    }

    /** The order as an item of the customer's list, with its links in the country of the customer. */
    static OrderView listed(Order order, String country) {
        return read(order, country, null);
    }

    /** The order as the accept answer shows it, fresh from the transfer. */
    public static OrderView ofTransferResult(Order order) {
        var uri = uriOf(order);
        return new OrderView(
                order.id(),
                order.id(),
                order.customerId(),
                order.billingCycle(),
                order.currencyCode(),
                null,
                lines(order, OrderView::ofTransferResult),
                WireTime.offsetMillis(order.creationDate()),
                order.status(),
                order.transactionType(),
                new Links(null, Link.get(uri), Link.patch(uri)),
                attributesOf(order));
    }

    private static Line ofTransferResult(OrderLineItem line) {
        return new Line(
                line.lineItemNumber(),
                line.offerId(),
                null,
                null,
                line.termDuration(),
                line.transactionType(),
                line.friendlyName(),
                line.quantity(),
                line.partnerIdOnRecord(),
                new LineLinks(null, null, null));
    }

    private static OrderView read(Order order, String country, String currencySymbol) {
        var uri = uriOf(order);
        var links = new Links(
                order.isNewCommerce() ? Link.get(uri + "/provisioningstatus") : null, Link.get(uri), Link.patch(uri));
        return new OrderView(
                order.id(),
                order.id(),
                order.customerId(),
                order.billingCycle(),
                order.currencyCode(),
                currencySymbol,
                lines(
                        order,
                        line -> line.ofNewCommerce()
                                ? newCommerceLine(line, order.customerId(), country)
                                : legacyLine(line, order.customerId())),
                WireTime.offsetMillis(order.creationDate()),
                order.status(),
                order.transactionType(),
                links,
                order.isNewCommerce() ? Attributes.of(OBJECT_TYPE) : attributesOf(order));
    }

    private static Line newCommerceLine(OrderLineItem line, UUID customerId, String country) {
        var parts = line.offerId().split(":");
        var sku = Link.get("/products/%s/skus/%s?country=%s".formatted(parts[0], parts[1], country));
        var subscriptionId = lowerCase(line.subscriptionId());
        return read(
                line,
                subscriptionId,
                lowerCase(line.parentSubscriptionId()),
                new LineLinks(subscriptionLink(customerId, subscriptionId), sku, null));
    }

    private static Line legacyLine(OrderLineItem line, UUID customerId) {
        var subscriptionId = upperCase(line.subscriptionId());
        return read(
                line,
                subscriptionId,
                upperCase(line.parentSubscriptionId()),
                new LineLinks(
                        subscriptionLink(customerId, subscriptionId),
                        legacySku(line.offerId()),
                        subscriptionId == null
                                ? null
                                : Link.get("/subscriptions/%s/provisioningstatus".formatted(subscriptionId))));
    }

    private static Line read(OrderLineItem line, String subscriptionId, String parentId, LineLinks links) {
        return new Line(
                line.lineItemNumber(),
                line.offerId(),
                subscriptionId,
                parentId,
                null,
                null,
                line.friendlyName(),
                line.quantity(),
                line.partnerIdOnRecord(),
                links);
    }

    private static Link subscriptionLink(UUID customerId, String subscriptionId) {
        return subscriptionId == null
                ? null
                : Link.get("/customers/%s/subscriptions/%s".formatted(customerId, subscriptionId));
    }

    /**
     * The catalogue entry of a licence. The product id is derived from the offer, as there is no catalogue to take it from; an
     * offer whose id is no GUID, such as Azure's, is left without.
     */
    private static Link legacySku(String offerId) {
        if (Guid.read(offerId).isEmpty()) {
            return null;
        }
        var productId = UUID.nameUUIDFromBytes(("product of " + offerId.toLowerCase(ROOT)).getBytes(UTF_8));
        return Link.get("/products/%s/skus/%s".formatted(upperCase(productId), offerId));
    }

    private static List<Line> lines(Order order, Function<OrderLineItem, Line> form) {
        return order.lineItems().stream().map(form).toList();
    }

    private static Attributes attributesOf(Order order) {
        return new Attributes(order.etag(), OBJECT_TYPE);
    }

    private static String uriOf(Order order) {
        return "/customers/%s/orders/%s".formatted(order.customerId(), order.id());
    }

    private static String lowerCase(UUID id) {
        return id == null ? null : id.toString();
    }

    private static String upperCase(UUID id) {
        return id == null ? null : id.toString().toUpperCase(ROOT);
    }

    /** {@code $} for USD; the code itself where it is not an ISO 4217 one. */
    private static String symbolOf(String currencyCode) {
        return Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getCurrencyCode().equals(currencyCode))
                .findFirst()
                .map(currency -> currency.getSymbol(Locale.US))
                .orElse(currencyCode);
    }
}
