package csp.transfer.legacy;

import csp.directory.partner.Partner;
import csp.shared.storage.StoredJson;
import csp.transfer.StoredTransfer;
import csp.transfer.Transfer;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;

/** The flavour in which the source, a direct-bill partner, names the lines and the target, its provider, answers. */
@Entity
@DiscriminatorValue("LEGACY")
public class LegacyTransfer extends Transfer {

    private static final StoredJson<List<TransferLineItem>> LINES = StoredJson.listOf(TransferLineItem.class);

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private List<TransferLineItem> lineItems;

    /** For the persistence provider. */
    protected LegacyTransfer() {}

    /** A new, active transfer. */
    LegacyTransfer(
            UUID customerId, Partner source, Partner target, List<TransferLineItem> lineItems, UUID user, Instant now) {
        super(customerId, source, target, LegacyTransferStatus.ACTIVE, user, now);
        this.lineItems = List.copyOf(lineItems);
    }

    private LegacyTransfer(StoredTransfer row) {
        super(row);
        lineItems = LINES.read(row.lineItems());
    }

    /** One from its row, in no persistence context: what changes in it nobody stores but who changes it. */
    public static LegacyTransfer of(StoredTransfer row) {
        return new LegacyTransfer(row);
    }

    /** Errors: 900102 when it is closed, 900100 when it was withdrawn. */
    void requireOpen() {
        requireMove(status(), LegacyTransferStatus.COMPLETE); // whoever may complete it may also close it otherwise
    }

    /** The target declines the whole request (TR22). Errors: as {@link #requireOpen}. */
    void reject(UUID user, Instant now) {
        move(status(), LegacyTransferStatus.REJECTED, user, now);
    }

    /** The source takes it back; nobody sees it again (D1). Errors: as {@link #requireOpen}. */
    void withdraw(UUID user, Instant now) {
        move(status(), LegacyTransferStatus.WITHDRAWN, user, now);
    }

    /** The target accepted: {@code outcome} holds every line, completed or failed (D2). Errors: as {@link #requireOpen}. */
    void accept(List<TransferLineItem> outcome, UUID user, Instant now) {
        var allMoved = outcome.stream().allMatch(line -> line.status() == TransferLineItem.Status.COMPLETE);
        move(status(), allMoved ? LegacyTransferStatus.COMPLETE : LegacyTransferStatus.PARTIALLY_COMPLETE, user, now);
        lineItems = List.copyOf(outcome);
    }

    @Override
    public LegacyTransferStatus status() {
        return LegacyTransferStatus.valueOf(statusName());
    }

    /** One per base, in the order the source named them. */
    public List<TransferLineItem> lineItems() {
        return lineItems;
    }

    /** The lines as their column keeps them. */
    String storedLineItems() {
        return StoredJson.text(lineItems);
    }

    /** Every subscription that it holds while it is open: bases and add-ons. */
    List<UUID> subscriptionIds() {
        return lineItems.stream()
                .flatMap(TransferLineItem::members)
                .map(TransferLineItem::subscriptionId)
                .toList();
    }
}
