package csp.platform.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
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

    /** Id and time of a record, which are where it stands in the list of a partner. */
    public record Position(Instant operationDate, long id) {}

    /** Partner, customer, resource and operation, as far as there are such, and the time in ticks: unique. */
    public String publishedId() {
        return Stream.of(partnerId, customerId, resourceId, operationType.replace("_", ""), ticks())
                .filter(part -> part != null && !part.toString().isEmpty())
                .map(part -> part.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("_"));
    }

    /**
     * When, in units of 100 nanoseconds since the year 1. The database keeps microseconds; the last digit tells records of the
     * same microsecond apart.
     */
    private long ticks() {
        // Not ChronoUnit.MICROS.between, which counts nanoseconds on its way and has no number for those of the year
        // 2262.
        var microseconds = operationDate.getEpochSecond() * 1_000_000 + operationDate.getNano() / 1_000;
        return TICKS_AT_EPOCH + microseconds * 10 + id % 10;
    }

    /** The time that a published id ends with, without its last digit. */
    static Instant timeOf(long ticks) {
        return Instant.EPOCH.plus(Math.floorDiv(ticks - TICKS_AT_EPOCH, 10), ChronoUnit.MICROS);
    }

    /** In units of 100 nanoseconds: that of the published id. */
    public Instant operationDate() {
        return operationDate.plusNanos(id % 10 * 100);
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
