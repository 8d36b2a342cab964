package csp.platform.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Who changed what, and when (storefront.md §8). Never changed once written. */
@Entity
@Immutable
public class AuditRecord {

    private static final long TICKS_AT_EPOCH = 621_355_968_000_000_000L;

    @Id
    Long id;

    UUID partnerId;
    UUID[] participants;
    UUID customerId;
    String customerName;
    String userPrincipalName;
    String applicationId;
    String resourceType;
    String resourceId;
    String operationType;
    String event;
    Instant operationDate;
    String correlationId;
    String resourceOldValue;
    String resourceNewValue;

    @JdbcTypeCode(SqlTypes.JSON)
    List<Detail> customizedData;

    /** Something a person looks for in a record, e.g. {@code OrderId}; the value may be null. */
    public record Detail(String key, String value) {}

    /**
     * Id and time of a record, which are where it stands in the list of a partner. The database keeps microseconds; the last digit of
     * the id tells records of the same microsecond apart.
     */
    public record Position(Instant operationDate, long id) {

        /** Of the record, to the digit that its published id ends with. */
        public Instant time() {
            return operationDate.plusNanos(id % 10 * 100);
        }

        /** As {@link #time}, in units of 100 nanoseconds since the year 1. */
        private long ticks() {
            // Not ChronoUnit.MICROS.between, which counts nanoseconds on its way and has no number for those of the
            // year
            // 2262.
            var microseconds = operationDate.getEpochSecond() * 1_000_000 + operationDate.getNano() / 1_000;
            return TICKS_AT_EPOCH + microseconds * 10 + id % 10;
        }

        /**
         * The id by which a notification names the record to one of its participants (webhooks.md §6): that of whom it is sent to, not of
         * who made the change, and the event in place of the operation. {@link AuditLog#find} finds the record by it.
         *
         * @param subject what changed of the customer; null for the customer itself
         * @param event in lower case, without separators
         */
        public String announcedId(UUID partnerId, UUID customerId, UUID subject, String event) {
            return Stream.of(partnerId, customerId, subject, event, ticks())
                    .filter(Objects::nonNull)
                    .map(Object::toString)
                    .collect(Collectors.joining("_"));
        }
    }

    /** Partner, customer, resource and operation, as far as there are such, and the time in ticks: unique. */
    public String publishedId() {
        return Stream.of(
                        partnerId,
                        customerId,
                        resourceId,
                        operationType.replace("_", ""),
                        position().ticks())
                .filter(part -> part != null && !part.toString().isEmpty())
                .map(part -> part.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("_"));
    }

    /**
     * Whether an id of {@link Position#announcedId} names this record to a partner.
     *
     * @param parts of the id, in lower case
     */
    boolean isAnnouncedAs(String[] parts, UUID partnerId) {
        var subject = parts.length > 4 ? parts[2] : null;
        return (parts.length == 4 || parts.length == 5)
                && parts[0].equals(partnerId.toString())
                && parts[1].equals(String.valueOf(customerId))
                && (subject == null
                        || subject.equalsIgnoreCase(resourceId)
                        || customizedData().stream().anyMatch(detail -> subject.equalsIgnoreCase(detail.value())))
                && parts[parts.length - 1].equals(Long.toString(position().ticks()));
    }

    /** The time that a published id ends with, without its last digit. */
    static Instant timeOf(long ticks) {
        return Instant.EPOCH.plus(Math.floorDiv(ticks - TICKS_AT_EPOCH, 10), ChronoUnit.MICROS);
    }

    /** In units of 100 nanoseconds: that of the published id. */
    public Instant operationDate() {
        return position().time();
    }

    public Position position() {
        return new Position(operationDate, id);
    }

    /** Whose user or application did it. */
    public UUID partnerId() {
        return partnerId;
    }

    /** The partners it concerns, the one that did it among them. */
    public List<UUID> participants() {
        return List.of(participants);
    }

    /** Null when it concerns no customer. */
    public UUID customerId() {
        return customerId;
    }

    /** As the customer was called then. */
    public String customerName() {
        return customerName;
    }

    /** Null when an application did it. */
    public String userPrincipalName() {
        return userPrincipalName;
    }

    public String applicationId() {
        return applicationId;
    }

    public String resourceType() {
        return resourceType;
    }

    public String operationType() {
        return operationType;
    }

    /** What happened, in our own words: finer than {@link #operationType} where that tells several events alike. */
    public String event() {
        return event == null ? operationType : event;
    }

    public String correlationId() {
        return correlationId;
    }

    /** JSON text in PascalCase; null for what is new. */
    public String resourceOldValue() {
        return resourceOldValue;
    }

    /** JSON text in PascalCase; null for what is gone. */
    public String resourceNewValue() {
        return resourceNewValue;
    }

    public List<Detail> customizedData() {
        return customizedData == null ? List.of() : customizedData;
    }
}
