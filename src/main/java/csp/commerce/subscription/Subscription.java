package csp.commerce.subscription;

import static csp.shared.error.ErrorCode.BILLING_CYCLE_NOT_CHANGEABLE;
import static csp.shared.error.ErrorCode.ETAG_STALE;
import static csp.shared.error.ErrorCode.QUANTITY_NOT_DECREASABLE;
import static csp.shared.error.ErrorCode.QUANTITY_NOT_UPDATABLE;
import static csp.shared.error.ErrorCode.QUANTITY_OUT_OF_RANGE;
import static csp.shared.error.ErrorCode.QUANTITY_WHILE_SUSPENDED;
import static csp.shared.error.ErrorCode.STATUS_CHANGE_NOT_ALLOWED;
import static csp.shared.error.ErrorCode.SUBSCRIPTION_DELETED;
import static java.time.ZoneOffset.UTC;

import csp.directory.partner.Partner;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.id.Etag;
import csp.shared.storage.SqlStatement;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a customer owns and which partner holds it. Times are UTC. */
@Entity
public class Subscription implements TransferCandidate {

    /** End of a subscription that never ends, as it is kept; {@link #commitmentEndDate} says which day is shown. */
    public static final Instant NEVER = Instant.parse("9999-12-10T00:00:00Z");

    public static final int FEWEST_LICENCES = 1;
    public static final int MOST_LICENCES = 10_000_000;

    private static final YearMonth LAST_MONTH = YearMonth.of(9999, 12);

    private static final String USUAL_TERM = "P1Y";

    @Id
    private UUID id;

    private UUID customerId;
    private UUID partnerId;

    @Enumerated(EnumType.STRING)
    private Product product;

    private String offerId;
    private String offerName;
    private String friendlyName;
    private int quantity;

    @Enumerated(EnumType.STRING)
    private BillingCycle billingCycle;

    private String termDuration;

    @Enumerated(EnumType.STRING)
    private SubscriptionStatus status;

    @Enumerated(EnumType.STRING)
    private SyncState syncState;

    private UUID parentSubscriptionId;
    private UUID azureSubscriptionId;
    private String partnerIdOnRecord;
    private Instant creationDate;
    private Instant commitmentEndDate;
    private boolean autoRenewEnabled;
    private String orderId;
    private UUID movedFrom;
    private boolean movedAway;

    @Version
    private int version = 1; // the first etag of a subscription carries version 1

    /** For the persistence provider. */
    protected Subscription() {}

    /** What the record at the target takes from the transfer rather than from the source (TR9, TR23); said part by part. */
    public static final class Continuation {

        private final UUID partnerId;
        private UUID parentId;
        private int quantity;
        private String friendlyName;
        private String partnerIdOnRecord;
        private String orderId;
        private boolean restOfTerm;
        private Subscription plan;

        /** @param partnerId the target */
        public Continuation(UUID partnerId) {
            this.partnerId = partnerId;
        }

        /** @param continuedBase null for a base */
        public Continuation under(Subscription continuedBase) {
            parentId = continuedBase == null ? null : continuedBase.id;
            return this;
        }

        public Continuation quantity(int licences) {
            quantity = licences;
            return this;
        }

        public Continuation friendlyName(String name) {
            friendlyName = name;
            return this;
        }

        /** @param mpnId null for none */
        public Continuation partnerIdOnRecord(String mpnId) {
            partnerIdOnRecord = mpnId;
            return this;
        }

        public Continuation orderId(String id) {
            orderId = id;
            return this;
        }

        /** In the middle of its term, which ends when it would have ended. */
        public Continuation forTheRestOfTheTerm() {
            restOfTerm = true;
            return this;
        }

        /** As one of an Azure plan, for Azure of the old kind (new-commerce-transfers.md §7). */
        public Continuation within(Subscription azurePlan) {
            plan = azurePlan;
            return this;
        }
    }

    /**
     * Moves this subscription: the record that goes on at the target is returned, this one stays behind suspended and
     * moved away (TR16, D7). Its term starts anew unless the rest of it was asked for; the Azure subscription id is kept
     * (TR18).
     */
    public Subscription continueAs(Continuation continuation, Instant now) {
        var next = new Subscription();
        next.id = UUID.randomUUID();
        next.customerId = customerId;
        next.partnerId = continuation.partnerId;
        var goods = continuation.plan == null ? this : continuation.plan;
        next.product = goods.product;
        next.offerId = goods.offerId;
        next.offerName = goods.offerName;
        next.friendlyName = continuation.friendlyName;
        next.quantity = continuation.quantity;
        next.billingCycle = billingCycle;
        next.termDuration = termDuration;
        next.status = SubscriptionStatus.ACTIVE;
        next.syncState = SyncState.COMPLETE;
        next.parentSubscriptionId = continuation.parentId;
        next.azureSubscriptionId = azureSubscriptionId;
        next.partnerIdOnRecord = continuation.partnerIdOnRecord;
        next.creationDate = now;
        next.commitmentEndDate = continuation.restOfTerm ? commitmentEndDate : endOfTerm(termDuration, now);
        next.autoRenewEnabled = autoRenewEnabled;
        next.orderId = continuation.orderId;
        next.movedFrom = id;
        status = SubscriptionStatus.SUSPENDED;
        movedAway = true;
        return next;
    }

    /** What somebody buys, said part by part. */
    public static final class Purchase {

        private final UUID customerId;
        private final Partner partner;
        private Product product;
        private String offerId;
        private String offerName;
        private String friendlyName;
        private int quantity;
        private BillingCycle billingCycle;
        private String termDuration;
        private UUID parentId;
        private String partnerIdOnRecord;
        private String orderId;

        public Purchase(UUID customerId, Partner partner) {
            this.customerId = customerId;
            this.partner = partner;
        }

        public Purchase product(Product bought) {
            product = bought;
            return this;
        }

        public Purchase offerId(String id) {
            offerId = id;
            return this;
        }

        /** Also the name of the subscription as long as it has no friendlier one. */
        public Purchase offerName(String name) {
            offerName = name;
            return this;
        }

        /** @param name null for the name of the offer */
        public Purchase friendlyName(String name) {
            friendlyName = name;
            return this;
        }

        public Purchase quantity(int licences) {
            quantity = licences;
            return this;
        }

        /** @param cycle null for the usual one of the product */
        public Purchase billingCycle(BillingCycle cycle) {
            billingCycle = cycle;
            return this;
        }

        /** @param period null for the usual one of the product */
        public Purchase termDuration(String period) {
            termDuration = period;
            return this;
        }

        /** @param baseId null for a base */
        public Purchase parentId(UUID baseId) {
            parentId = baseId;
            return this;
        }

        /** @param mpnId null for none */
        public Purchase partnerIdOnRecord(String mpnId) {
            partnerIdOnRecord = mpnId;
            return this;
        }

        public Purchase orderId(String id) {
            orderId = id;
            return this;
        }
    }

    /** A new active subscription. What is billed by use has no term and never ends. */
    public static Subscription buy(Purchase purchase, Instant now) {
        var bought = new Subscription();
        bought.id = UUID.randomUUID();
        bought.customerId = purchase.customerId;
        bought.partnerId = purchase.partner.tenantId();
        bought.product = purchase.product;
        bought.offerId = purchase.offerId;
        bought.offerName = purchase.offerName;
        bought.friendlyName = Objects.requireNonNullElse(purchase.friendlyName, purchase.offerName);
        bought.quantity = purchase.quantity;
        bought.billingCycle =
                purchase.billingCycle == null ? usualBillingCycle(purchase.product) : purchase.billingCycle;
        bought.termDuration =
                purchase.product.isUsageBased() ? null : Objects.requireNonNullElse(purchase.termDuration, USUAL_TERM);
        bought.status = SubscriptionStatus.ACTIVE;
        bought.syncState = SyncState.COMPLETE;
        bought.parentSubscriptionId = purchase.parentId;
        bought.azureSubscriptionId = purchase.product == Product.AZURE_PAYG ? UUID.randomUUID() : null;
        bought.partnerIdOnRecord = purchase.partnerIdOnRecord;
        bought.creationDate = now;
        bought.commitmentEndDate = endOfTerm(bought.termDuration, now);
        bought.autoRenewEnabled = !purchase.product.isUsageBased();
        bought.orderId = purchase.orderId;
        return bought;
    }

    /** One that is in no persistence context: what changes in it nobody stores but who changes it. */
    static Subscription read(ResultSet row) throws SQLException {
        var read = new Subscription();
        read.id = row.getObject("id", UUID.class);
        read.customerId = row.getObject("customer_id", UUID.class);
        read.partnerId = row.getObject("partner_id", UUID.class);
        read.product = Product.valueOf(row.getString("product"));
        read.offerId = row.getString("offer_id");
        read.offerName = row.getString("offer_name");
        read.friendlyName = row.getString("friendly_name");
        read.quantity = row.getInt("quantity");
        read.billingCycle = BillingCycle.valueOf(row.getString("billing_cycle"));
        read.termDuration = row.getString("term_duration");
        read.status = SubscriptionStatus.valueOf(row.getString("status"));
        read.syncState = SyncState.valueOf(row.getString("sync_state"));
        read.parentSubscriptionId = row.getObject("parent_subscription_id", UUID.class);
        read.azureSubscriptionId = row.getObject("azure_subscription_id", UUID.class);
        read.partnerIdOnRecord = row.getString("partner_id_on_record");
        read.creationDate = row.getObject("creation_date", OffsetDateTime.class).toInstant();
        read.commitmentEndDate =
                row.getObject("commitment_end_date", OffsetDateTime.class).toInstant();
        read.autoRenewEnabled = row.getBoolean("auto_renew_enabled");
        read.orderId = row.getString("order_id");
        read.movedFrom = row.getObject("moved_from", UUID.class);
        read.movedAway = row.getBoolean("moved_away");
        read.version = row.getInt("version");
        return read;
    }

    /** Every column of new ones, in the order of {@link SubscriptionRepository#adding}. */
    static Object[] columns(List<Subscription> rows) {
        return Stream.<Function<Subscription, ?>>of(
                        row -> row.id,
                        row -> row.customerId,
                        row -> row.partnerId,
                        row -> row.product.name(),
                        row -> row.offerId,
                        row -> row.offerName,
                        row -> row.friendlyName,
                        row -> row.quantity,
                        row -> row.billingCycle.name(),
                        row -> row.termDuration,
                        row -> row.status.name(),
                        row -> row.syncState.name(),
                        row -> row.parentSubscriptionId,
                        row -> row.azureSubscriptionId,
                        row -> row.partnerIdOnRecord,
                        row -> row.creationDate,
                        row -> row.commitmentEndDate,
                        row -> row.autoRenewEnabled,
                        row -> row.orderId,
                        row -> row.movedFrom,
                        row -> row.movedAway,
                        row -> row.version)
                .map(value -> SqlStatement.column(rows, value))
                .toArray();
    }

    private static BillingCycle usualBillingCycle(Product product) {
        return product.isUsageBased() ? BillingCycle.MONTHLY : BillingCycle.ANNUAL;
    }

    private static Instant endOfTerm(String termDuration, Instant now) {
        return termDuration == null
                ? NEVER
                : now.atZone(UTC)
                        .toLocalDate()
                        .plus(Period.parse(termDuration))
                        .atStartOfDay(UTC)
                        .toInstant();
    }

    /**
     * Changes what the partner asks for, in the order of the checks: a quantity of 0 and nothing else (D14), etag, deleted,
     * billing cycle, quantity, status. The etag is that of the present version; new-commerce subscriptions have none. Errors:
     * 2002, 2055, 2011, 2054, 2001, 800095, 800090, 800040.
     */
    void update(SubscriptionChange change) {
        if (change.hasNoLicences() && !changesBesidesQuantity(change)) {
            throw new DomainException(QUANTITY_OUT_OF_RANGE, Quoted.text("0"), FEWEST_LICENCES, MOST_LICENCES);
        }
        change.etags().forEach(this::requireCurrent);
        if (status == SubscriptionStatus.DELETED) {
            throw new DomainException(SUBSCRIPTION_DELETED, id);
        }
        if (change.billingCycle() != null && !change.billingCycle().equalsIgnoreCase(billingCycle.wireName())) {
            throw new DomainException(BILLING_CYCLE_NOT_CHANGEABLE, billingCycle.wireName(), change.billingCycle());
        }
        if (change.quantity() != null && !change.hasNoLicences() && change.quantity() != quantity) {
            changeQuantity(change.quantity());
        }
        if (change.status() != null && change.status() != status) {
            changeStatus(change.status());
        }
        if (change.friendlyName() != null) {
            friendlyName = change.friendlyName();
        }
        if (change.partnerId() != null) {
            partnerIdOnRecord = change.partnerId();
        }
        autoRenewEnabled = Boolean.TRUE.equals(change.autoRenewEnabled());
    }

    private boolean changesBesidesQuantity(SubscriptionChange change) {
        return differs(change.status(), status)
                || differs(change.friendlyName(), friendlyName)
                || differs(change.partnerId(), partnerIdOnRecord)
                || differs(change.autoRenewEnabled(), autoRenewEnabled)
                || change.billingCycle() != null && !change.billingCycle().equalsIgnoreCase(billingCycle.wireName());
    }

    private static boolean differs(Object wanted, Object present) {
        return wanted != null && !wanted.equals(present);
    }

    /** Has it billed so from now on. Errors: 2011, and 2054 for what is not active or billed by use. */
    public void bill(BillingCycle cycle) {
        if (status == SubscriptionStatus.DELETED) {
            throw new DomainException(SUBSCRIPTION_DELETED, id);
        }
        if (status != SubscriptionStatus.ACTIVE || product.isUsageBased()) {
            throw new DomainException(BILLING_CYCLE_NOT_CHANGEABLE, billingCycle.wireName(), cycle.wireName());
        }
        billingCycle = cycle;
    }

    private void requireCurrent(String etag) {
        if (product.isLegacy() && !etag.equals(etag())) {
            throw new DomainException(ETAG_STALE, etag, id);
        }
    }

    private void changeQuantity(int wanted) {
        if (product.isUsageBased()) {
            throw new DomainException(QUANTITY_NOT_UPDATABLE, id, wanted);
        }
        if (status == SubscriptionStatus.SUSPENDED) {
            throw new DomainException(QUANTITY_WHILE_SUSPENDED, wanted, id);
        }
        if (status != SubscriptionStatus.ACTIVE) {
            throw new DomainException(QUANTITY_NOT_UPDATABLE, id, wanted);
        }
        if (product == Product.NEW_COMMERCE_LICENSE && wanted < quantity) {
            throw new DomainException(QUANTITY_NOT_DECREASABLE, id, wanted);
        }
        quantity = wanted;
    }

    private void changeStatus(SubscriptionStatus wanted) {
        var cancelsLegacy = wanted == SubscriptionStatus.DELETED && product.isLegacy(); // it is suspended instead (D16)
        if (movedAway || cancelsLegacy || !status.mayBecome(wanted)) {
            throw new DomainException(STATUS_CHANGE_NOT_ALLOWED, status.wireName(), wanted.wireName(), id);
        }
        status = wanted;
    }

    @Override
    public UUID id() {
        return id;
    }

    public UUID customerId() {
        return customerId;
    }

    /** The partner that holds it. */
    public UUID partnerId() {
        return partnerId;
    }

    @Override
    public Product product() {
        return product;
    }

    public String offerId() {
        return offerId;
    }

    public String offerName() {
        return offerName;
    }

    public String friendlyName() {
        return friendlyName;
    }

    /** Licences; 1 for Azure. */
    public int quantity() {
        return quantity;
    }

    public BillingCycle billingCycle() {
        return billingCycle;
    }

    /** ISO 8601 period; null when there is no term. */
    public String termDuration() {
        return termDuration;
    }

    @Override
    public SubscriptionStatus status() {
        return status;
    }

    @Override
    public SyncState syncState() {
        return syncState;
    }

    @Override
    public UUID parentSubscriptionId() {
        return parentSubscriptionId;
    }

    /** The id of the Azure subscription behind it, which survives a transfer (TR18); null for licences. */
    public UUID azureSubscriptionId() {
        return azureSubscriptionId;
    }

    /** PartnerID of the reseller; null when none is recorded. */
    public String partnerIdOnRecord() {
        return partnerIdOnRecord;
    }

    public Instant creationDate() {
        return creationDate;
    }

    /** Midnight UTC; of what never ends the day of its creation in December 9999 (W5). */
    public Instant commitmentEndDate() {
        var end = commitmentEndDate.atZone(UTC);
        return YearMonth.from(end).equals(LAST_MONTH)
                ? LAST_MONTH
                        .atDay(creationDate.atZone(UTC).getDayOfMonth())
                        .atStartOfDay(UTC)
                        .toInstant()
                : commitmentEndDate;
    }

    /** Whether its partner suspended it, rather than that it was left behind by a transfer. */
    public boolean isSuspendedByPartner() {
        return status == SubscriptionStatus.SUSPENDED && !movedAway;
    }

    public boolean isAutoRenewEnabled() {
        return autoRenewEnabled;
    }

    public String orderId() {
        return orderId;
    }

    @Override
    public boolean hasMovedAway() {
        return movedAway;
    }

    /** Names this version of the subscription (errors-and-headers.md §8). */
    public String etag() {
        return Etag.of(id.toString(), version);
    }

    /** Counts the changes, from 1; part of the etag. */
    public int version() {
        return version;
    }
}
