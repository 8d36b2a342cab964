package csp.transfer.newcommerce;

import static csp.transfer.newcommerce.NewCommerceTransferStatus.CANCELED;
import static csp.transfer.newcommerce.NewCommerceTransferStatus.COMPLETE;
import static csp.transfer.newcommerce.NewCommerceTransferStatus.EXPIRED;
import static csp.transfer.newcommerce.NewCommerceTransferStatus.FAILED;
import static csp.transfer.newcommerce.NewCommerceTransferStatus.IN_PROGRESS;
import static csp.transfer.newcommerce.NewCommerceTransferStatus.PARTIALLY_COMPLETE;
import static csp.transfer.newcommerce.NewCommerceTransferStatus.PENDING;
import static csp.transfer.newcommerce.NewCommerceTransferStatus.REJECTED;
import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoUnit.MICROS;

import csp.directory.customer.Customer;
import csp.directory.partner.Partner;
import csp.shared.storage.StoredJson;
import csp.transfer.StoredTransfer;
import csp.transfer.Transfer;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;

/**
 * The flavour in which the target asks for what it wants and the source answers with the lines: they move in the background, and
 * a request that nobody answers expires.
 */
@Entity
@DiscriminatorValue("NEW_COMMERCE")
public class NewCommerceTransfer extends Transfer {

    /** Whole days after that of the creation in which it can be answered. */
    private static final int DAYS_TO_ANSWER = 30;

    private static final StoredJson<List<TransferProductType>> PRODUCT_TYPES =
            StoredJson.listOf(TransferProductType.class);
    private static final StoredJson<List<NewCommerceLine>> LINES = StoredJson.listOf(NewCommerceLine.class);

    private Integer transferType;
    private String customerEmailId;
    private String customerName;
    private String targetPartnerEmailId;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private List<TransferProductType> targetProductTypes;

    private String partnerOnRecord;
    private Instant expirationTime;
    private Instant completedTime;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private List<NewCommerceLine> acceptedLines;

    /** For the persistence provider. */
    protected NewCommerceTransfer() {}

    /** A new, pending request. */
    NewCommerceTransfer(
            Customer customer, Partner source, Partner target, TransferRequest request, UUID user, Instant now) {
        super(customer.tenantId(), source, target, PENDING, user, now);
        transferType = request.transferType();
        customerEmailId = request.customerEmailId();
        customerName = customer.companyName();
        targetPartnerEmailId = Objects.requireNonNullElseGet(
                request.targetPartnerEmailId(), () -> target.tenantId().toString());
        targetProductTypes = request.targetProductTypes().isEmpty() ? null : List.copyOf(request.targetProductTypes());
        partnerOnRecord = request.partnerOnRecord();
        expirationTime = endOfLastDay(createdTime());
        acceptedLines = List.of();
    }

    private NewCommerceTransfer(StoredTransfer row) {
        super(row);
        var request = row.request();
        transferType = request.transferType();
        customerEmailId = request.customerEmailId();
        customerName = request.customerName();
        targetPartnerEmailId = request.targetPartnerEmailId();
        targetProductTypes = PRODUCT_TYPES.read(request.targetProductTypes());
        partnerOnRecord = request.partnerOnRecord();
        expirationTime = request.expirationTime();
        completedTime = request.completedTime();
        acceptedLines = LINES.read(request.acceptedLines());
    }

    /** What was read without a session, to be shown and not to be changed. */
    public static NewCommerceTransfer of(StoredTransfer row) {
        return new NewCommerceTransfer(row);
    }

    /** The midnight UTC that ends the thirtieth day after that of the creation, as recorded. */
    public static Instant endOfLastDay(Instant created) {
        return created.atZone(UTC)
                .toLocalDate()
                .plusDays(DAYS_TO_ANSWER + 1L)
                .atStartOfDay(UTC)
                .toInstant();
    }

    /** The target takes the request back. Error: 900102. */
    void cancel(UUID user, Instant now) {
        move(statusAt(now), CANCELED, user, now);
    }

    /** The source turns the request down. Error: 900102. */
    void reject(UUID user, Instant now) {
        move(statusAt(now), REJECTED, user, now);
    }

    /** Before anything else is asked of an acceptance. Error: 900102. */
    void requireAcceptable(Instant now) {
        requireMove(statusAt(now), IN_PROGRESS);
    }

    /** The source agrees and says to what: {@code lines}, 1 to 25 of them. It cannot expire any more. Error: 900102. */
    void accept(List<NewCommerceLine> lines, UUID user, Instant now) {
        move(statusAt(now), IN_PROGRESS, user, now);
        acceptedLines = List.copyOf(lines);
        expirationTime = null;
    }

    /** The lines have ended: {@code outcome} holds every line, completed or failed. Error: 900102. */
    void complete(List<NewCommerceLine> outcome, Instant now) {
        move(status(), endOf(outcome), lastModifiedUser(), now);
        acceptedLines = List.copyOf(outcome);
        completedTime = now.truncatedTo(MICROS);
    }

    private static NewCommerceTransferStatus endOf(List<NewCommerceLine> outcome) {
        var moved = outcome.stream().filter(NewCommerceLine::isComplete).count();
        return moved == outcome.size() ? COMPLETE : moved == 0 ? FAILED : PARTIALLY_COMPLETE;
    }

    /** Writes down what every reader sees since the deadline, and dates it so. Error: 900102. */
    void expire() {
        move(status(), EXPIRED, lastModifiedUser(), expirationTime);
    }

    /** As it is stored; whoever reads or writes asks {@link #statusAt}. */
    @Override
    public NewCommerceTransferStatus status() {
        return NewCommerceTransferStatus.valueOf(statusName());
    }

    /** The state at {@code now}: past its deadline a request is expired, whether or not that is written down (D22). */
    public NewCommerceTransferStatus statusAt(Instant now) {
        return isOverdue(now) ? EXPIRED : status();
    }

    boolean isOverdue(Instant now) {
        return status() == PENDING && !now.isBefore(expirationTime);
    }

    /** Of its state at {@code now}. */
    public Instant lastModifiedTimeAt(Instant now) {
        return isOverdue(now) ? expirationTime : lastModifiedTime();
    }

    /** 3 or 5, as the target sent it. */
    public int transferType() {
        return transferType;
    }

    /** Who was told of the request; empty in records of old. */
    public String customerEmailId() {
        return customerEmailId;
    }

    /** As the customer was called when the request was made. */
    public String customerName() {
        return customerName;
    }

    /** Whatever the target wrote there. */
    public String targetPartnerEmailId() {
        return targetPartnerEmailId;
    }

    /** What may move, in the order in which the target named it; null for everything. */
    public List<TransferProductType> targetProductTypes() {
        return targetProductTypes;
    }

    boolean asksFor(TransferProductType type) {
        return targetProductTypes == null || targetProductTypes.contains(type);
    }

    /** PartnerID of the reseller for what moves; null for none. */
    public String partnerOnRecord() {
        return partnerOnRecord;
    }

    /** Until when it could be answered; null once it was accepted (W64). */
    public Instant expirationTime() {
        return expirationTime;
    }

    /** When its lines ended; null before. */
    public Instant completedTime() {
        return completedTime;
    }

    /** In the order of the acceptance, each base before its add-ons; none before. */
    public List<NewCommerceLine> lineItems() {
        return acceptedLines;
    }

    List<UUID> subscriptionIds() {
        return acceptedLines.stream().map(NewCommerceLine::subscriptionId).toList();
    }
}
