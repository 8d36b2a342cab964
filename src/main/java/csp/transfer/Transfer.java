package csp.transfer;

import static csp.shared.error.ErrorCode.NOT_THE_RIGHT_PARTY;
import static csp.shared.error.ErrorCode.TRANSFER_NOT_FOUND;
import static java.time.temporal.ChronoUnit.MICROS;

import csp.directory.partner.Partner;
import csp.shared.error.DomainException;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A request to hand subscriptions of one customer from the source partner to the target partner: what its flavours share.
 * A flavour adds its states, its lines and the verbs that change it. Times are UTC.
 */
@Entity
@Inheritance(strategy = InheritanceType.SINGLE_TABLE)
@DiscriminatorColumn(name = "type")
public abstract class Transfer {

    /** Which side of a transfer may do something. */
    public enum Party {
        SOURCE,
        TARGET
    }

    @Id
    private UUID id;

    private UUID customerTenantId;
    private UUID sourcePartnerTenantId;
    private String sourcePartnerName;
    private UUID targetPartnerTenantId;
    private String targetPartnerName;
    private String status;
    private Instant createdTime;
    private Instant lastModifiedTime;
    private UUID lastModifiedUser;

    @Version
    private int version;

    /** For the persistence provider. */
    protected Transfer() {}

    /**
     * A new transfer. {@code createdTime} is cut to what the database keeps, so that every read agrees (D3).
     *
     * @param first the state it begins in
     * @param user whoever asks for it
     */
    protected Transfer(
            UUID customerId, Partner source, Partner target, TransferState<?> first, UUID user, Instant now) {
        id = UUID.randomUUID();
        customerTenantId = customerId;
        sourcePartnerTenantId = source.tenantId();
        sourcePartnerName = source.name();
        targetPartnerTenantId = target.tenantId();
        targetPartnerName = target.name();
        status = first.name();
        createdTime = now.truncatedTo(MICROS);
        lastModifiedTime = createdTime;
        lastModifiedUser = user;
    }

    /** One from its row, in no persistence context: what changes in it nobody stores but who changes it. */
    protected Transfer(StoredTransfer row) {
        id = row.id();
        customerTenantId = row.customerTenantId();
        sourcePartnerTenantId = row.sourcePartnerTenantId();
        sourcePartnerName = row.sourcePartnerName();
        targetPartnerTenantId = row.targetPartnerTenantId();
        targetPartnerName = row.targetPartnerName();
        status = row.status();
        createdTime = row.createdTime();
        lastModifiedTime = row.lastModifiedTime();
        lastModifiedUser = row.lastModifiedUser();
        version = row.version();
    }

    /** Who may do {@code action}. Error: 900150. */
    public void require(Party party, UUID partnerId, String action) {
        var rightful = party == Party.SOURCE ? sourcePartnerTenantId : targetPartnerTenantId;
        if (!rightful.equals(partnerId)) {
            throw new DomainException(
                    NOT_THE_RIGHT_PARTY, partnerId, action, id, party.name().toLowerCase(Locale.ROOT));
        }
    }

    /** The one door for every change of state. Errors: those of {@link #requireMove}. */
    protected final <S extends TransferState<S>> void move(S from, S to, UUID user, Instant now) {
        requireMove(from, to);
        status = to.name();
        lastModifiedTime = now.truncatedTo(MICROS);
        lastModifiedUser = user;
    }

    /** Refuses a move that the flavour's table does not have, with the error that stands there. */
    protected final <S extends TransferState<S>> void requireMove(S from, S to) {
        from.refusalOf(to).ifPresent(error -> {
            throw error == TRANSFER_NOT_FOUND
                    ? new DomainException(error, id)
                    : new DomainException(error, from.wireName(), id);
        });
    }

    /** The present state, in the terms of its flavour. */
    public abstract TransferState<?> status();

    /** The name of the present state, for the flavour to read. */
    protected final String statusName() {
        return status;
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

    /** Whether the partner is one of the two parties. */
    public boolean isOf(UUID partnerId) {
        return partnerId.equals(sourcePartnerTenantId) || partnerId.equals(targetPartnerTenantId);
    }

    /** The party that {@code partnerId} is not. */
    public UUID otherParty(UUID partnerId) {
        return partnerId.equals(sourcePartnerTenantId) ? targetPartnerTenantId : sourcePartnerTenantId;
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
}
