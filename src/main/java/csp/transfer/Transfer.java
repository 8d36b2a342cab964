package csp.transfer;

import static csp.shared.error.ErrorCode.NOT_THE_RIGHT_PARTY;
import static csp.shared.error.ErrorCode.TRANSFER_NOT_FOUND;
import static java.time.temporal.ChronoUnit.MICROS;

import csp.directory.partner.Partner;
import csp.shared.error.DomainException;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;

/** A request to hand subscriptions of one customer from the source partner to the target partner. Times are UTC. */
@Entity
public class Transfer {

    /** Which side of a transfer may do something. */
    enum Party {
        SOURCE,
        TARGET
    }

    @Id
    private UUID id;

    private String type;
    private UUID customerTenantId;
    private UUID sourcePartnerTenantId;
    private String sourcePartnerName;
    private UUID targetPartnerTenantId;
    private String targetPartnerName;

    @Enumerated(EnumType.STRING)
    private TransferStatus status;

    private Instant createdTime;
    private Instant lastModifiedTime;
    private UUID lastModifiedUser;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private List<TransferLineItem> lineItems;

    @Version
    private int version;

    /** For the persistence provider. */
    protected Transfer() {}

    /** A new, active transfer; {@code createdTime} is cut to what the database keeps, so that every read agrees (D3). */
    static Transfer request(
            UUID customerId, Partner source, Partner target, List<TransferLineItem> lineItems, UUID user, Instant now) {
        var transfer = new Transfer();
        transfer.id = UUID.randomUUID();
        transfer.type = "LEGACY";
        transfer.customerTenantId = customerId;
        transfer.sourcePartnerTenantId = source.tenantId();
        transfer.sourcePartnerName = source.name();
        transfer.targetPartnerTenantId = target.tenantId();
        transfer.targetPartnerName = target.name();
        transfer.status = TransferStatus.ACTIVE;
        transfer.createdTime = now.truncatedTo(MICROS);
        transfer.lastModifiedTime = transfer.createdTime;
        transfer.lastModifiedUser = user;
        transfer.lineItems = List.copyOf(lineItems);
        return transfer;
    }

    /** Who may do {@code action}. Error: 900150. */
    void require(Party party, UUID partnerId, String action) {
        var rightful = party == Party.SOURCE ? sourcePartnerTenantId : targetPartnerTenantId;
        if (!rightful.equals(partnerId)) {
            throw new DomainException(
                    NOT_THE_RIGHT_PARTY, partnerId, action, id, party.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Errors: 900102 when it is closed, 900100 when it was withdrawn. */
    void requireOpen() {
        refuse(TransferStatus.COMPLETE); // whoever may complete it may also close it otherwise
    }

    /** The target declines the whole request (TR22). Errors: 900102, 900100. */
    void reject(UUID user, Instant now) {
        moveTo(TransferStatus.REJECTED, user, now);
    }

    /** The source takes it back; nobody sees it again (D1). Errors: 900102, 900100. */
    void withdraw(UUID user, Instant now) {
        moveTo(TransferStatus.WITHDRAWN, user, now);
    }

    /** The target accepted: {@code outcome} holds every line, completed or failed (D2). Errors: 900102, 900100. */
    void accept(List<TransferLineItem> outcome, UUID user, Instant now) {
        var allMoved = outcome.stream().allMatch(line -> line.status() == TransferLineItem.Status.COMPLETE);
        moveTo(allMoved ? TransferStatus.COMPLETE : TransferStatus.PARTIALLY_COMPLETE, user, now);
        lineItems = List.copyOf(outcome);
    }

    private void moveTo(TransferStatus to, UUID user, Instant now) {
        refuse(to);
        status = to;
        lastModifiedTime = now.truncatedTo(MICROS);
        lastModifiedUser = user;
    }

    private void refuse(TransferStatus to) {
        status.refusalOf(to).ifPresent(error -> {
            throw error == TRANSFER_NOT_FOUND
                    ? new DomainException(error, id)
                    : new DomainException(error, status.wireName, id);
        });
    }

    public UUID id() {
        return id;
    }

    public UUID customerTenantId() {
        return customerTenantId;
    }

    public UUID sourcePartnerTenantId() {
        return sourcePartnerTenantId;
    }

    public String sourcePartnerName() {
        return sourcePartnerName;
    }

    public UUID targetPartnerTenantId() {
        return targetPartnerTenantId;
    }

    public String targetPartnerName() {
        return targetPartnerName;
    }

    public TransferStatus status() {
        return status;
    }

    public Instant createdTime() {
        return createdTime;
    }

    public Instant lastModifiedTime() {
        return lastModifiedTime;
    }

    /** Object id of the user, or client id of the application, that changed it last (D4). */
    public UUID lastModifiedUser() {
        return lastModifiedUser;
    }

    /** One per base, in the order the source named them. */
    public List<TransferLineItem> lineItems() {
        return lineItems;
    }
}
