package csp.commerce.order;

import static csp.shared.error.ErrorCode.ORDER_ETAG_STALE;

import csp.commerce.subscription.BillingCycle;
import csp.commerce.subscription.Subscription;
import csp.directory.partner.Partner;
import csp.shared.error.DomainException;
import csp.shared.id.Etag;
import csp.shared.storage.SqlStatement;
import csp.shared.storage.StoredJson;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;

/**
 * A purchase of one or more subscriptions by a partner for a customer; a completed transfer places one per line group (TR17).
 */
@Entity
@Table(name = "customer_order")
public class Order {

    @Id
    private String id;

    private UUID customerId;
    private UUID partnerId;
    private UUID transferId;
    private Integer transferGroupId;
    private String billingCycle;
    private String currencyCode;
    private String status;
    private String transactionType;
    private Instant creationDate;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private List<OrderLineItem> lineItems;

    @Version
    private int version = 1; // the first etag of an order carries version 1

    /** For the persistence provider. */
    protected Order() {}

    /**
     * A new order, completed at once.
     *
     * @param partner who buys, and in whose currency
     * @param bought what it brings, one line each
     */
    public static Order completed(
            String id, UUID customerId, Partner partner, String billingCycle, List<Subscription> bought, Instant now) {
        var order = new Order();
        order.id = id;
        order.customerId = customerId;
        order.partnerId = partner.tenantId();
        order.billingCycle = billingCycle;
        order.currencyCode = partner.currency();
        order.status = "completed";
        order.transactionType = "UserPurchase";
        order.creationDate = now;
        order.lineItems = OrderLineItem.of(bought);
        return order;
    }

    /** Every column of new ones, in the order of {@link OrderRepository#adding}. */
    static Object[] columns(List<Order> rows) {
        return Stream.<Function<Order, ?>>of(
                        row -> row.id,
                        row -> row.customerId,
                        row -> row.partnerId,
                        row -> row.transferId,
                        row -> row.transferGroupId,
                        row -> row.billingCycle,
                        row -> row.currencyCode,
                        row -> row.status,
                        row -> row.transactionType,
                        row -> row.creationDate,
                        row -> StoredJson.text(row.lineItems),
                        row -> row.version)
                .map(value -> SqlStatement.column(rows, value))
                .toArray();
    }

    /** Error 2055 for an etag of another version; an order of new commerce has none. */
    void requireCurrent(List<String> etags) {
        etags.stream()
                .filter(etag -> !isNewCommerce() && !etag.equals(etag()))
                .findFirst()
                .ifPresent(stale -> {
                    throw new DomainException(ORDER_ETAG_STALE, stale, id);
                });
    }

    /** Whether the subscription is of this order: it says so itself, or one of the lines does. */
    boolean brought(Subscription subscription) {
        return id.equalsIgnoreCase(subscription.orderId())
                || lineItems.stream().anyMatch(line -> subscription.id().equals(line.subscriptionId()));
    }

    /** Further lines, one for each of {@code bought}. */
    void add(List<Subscription> bought) {
        var number =
                lineItems.stream().mapToInt(OrderLineItem::lineItemNumber).max().orElse(-1) + 1;
        lineItems = Stream.concat(
                        lineItems.stream(),
                        IntStream.range(0, bought.size()).mapToObj(i -> OrderLineItem.of(number + i, bought.get(i))))
                .toList();
    }

    void bill(BillingCycle cycle) {
        billingCycle = cycle.wireName();
    }

    public boolean isBilled(BillingCycle cycle) {
        return cycle.wireName().equals(billingCycle);
    }

    /** This order as that of one line group of an accepted transfer. */
    public Order ofTransfer(UUID transfer, int group) {
        transferId = transfer;
        transferGroupId = group;
        return this;
    }

    /** A lower-case GUID for licence-based orders. */
    public String id() {
        return id;
    }

    public UUID customerId() {
        return customerId;
    }

    /** The partner that placed it. */
    public UUID partnerId() {
        return partnerId;
    }

    public String billingCycle() {
        return billingCycle;
    }

    /** ISO 4217 code, three letters. */
    public String currencyCode() {
        return currencyCode;
    }

    public String status() {
        return status;
    }

    public String transactionType() {
        return transactionType;
    }

    public Instant creationDate() {
        return creationDate;
    }

    public List<OrderLineItem> lineItems() {
        return lineItems;
    }

    /** Whether it brings anything of new commerce. */
    public boolean isNewCommerce() {
        return lineItems.stream().anyMatch(OrderLineItem::ofNewCommerce);
    }

    /** Names this version of the order (errors-and-headers.md §8). */
    public String etag() {
        return Etag.of(id, version);
    }

    /** Counts the changes, from 1; part of the etag. */
    public int version() {
        return version;
    }
}
