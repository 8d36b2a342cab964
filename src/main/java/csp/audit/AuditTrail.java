package csp.audit;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import csp.shared.http.Caller;
import csp.shared.http.Exchange;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.vertx.ext.web.RoutingContext;

/** Writes the audit records, in the transaction of the change they tell of. */
@ApplicationScoped
public class AuditTrail implements PanacheRepositoryBase<AuditRecord, Long> {

    private final Clock clock;
    private final RoutingContext context;
    private final JsonMapper pascalCase = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .build();

    AuditTrail(Clock clock, RoutingContext context) {
        this.clock = clock;
        this.context = context;
    }

    /**
     * One change.
     *
     * @param resourceType e.g. {@code transfer}
     * @param operationType e.g. {@code create_transfer}
     * @param oldValue the resource before, null for a new one; kept as JSON text in PascalCase
     * @param newValue the resource after, null for one that is gone
     */
    public record Change(UUID customerId, String resourceType, String resourceId, String operationType, Object oldValue,
            Object newValue) {
    }

    /** @param others partners the change concerns besides the caller's own */
    public void record(Caller caller, Change change, UUID... others) {
        var entry = entry(caller.tenantId(), change);
        entry.participants = participants(caller, others);
        entry.userPrincipalName = caller.userPrincipalName();
        entry.applicationId = caller.applicationId().toString();
        entry.correlationId = Exchange.of(context).correlationId;
        persist(entry);
    }

    /** @param other the partner it concerns besides the caller's own */
    public record Concerning(Change change, UUID other) {
    }

    /** Many changes of one request, in one statement. */
    public void recordAll(Caller caller, List<Concerning> entries) {
        if (entries.isEmpty()) {
            return;
        }
        var changes = entries.stream().map(Concerning::change).toList();
        getEntityManager().createNativeQuery("""
                insert into audit_record (partner_id, participants, customer_id, user_principal_name, application_id,
                    resource_type, resource_id, operation_type, operation_date, correlation_id, resource_old_value,
                    resource_new_value)
                select :partner, array[cast(:partner as uuid), other], customer, :user, :application, type, resource, operation,
                    :now, :correlation, old, new
                from unnest(cast(:others as uuid[]), cast(:customers as uuid[]), cast(:types as text[]),
                    cast(:resources as text[]), cast(:operations as text[]), cast(:olds as text[]), cast(:news as text[]))
                    as change (other, customer, type, resource, operation, old, new)""")
                .setParameter("partner", caller.tenantId()).setParameter("user", caller.userPrincipalName())
                .setParameter("application", caller.applicationId().toString()).setParameter("now", clock.instant())
                .setParameter("correlation", Exchange.of(context).correlationId)
                .setParameter("others", entries.stream().map(Concerning::other).toArray(UUID[]::new))
                .setParameter("customers", changes.stream().map(Change::customerId).toArray(UUID[]::new))
                .setParameter("types", texts(changes, Change::resourceType))
                .setParameter("resources", texts(changes, Change::resourceId))
                .setParameter("operations", texts(changes, Change::operationType))
                .setParameter("olds", texts(changes, change -> text(change.oldValue())))
                .setParameter("news", texts(changes, change -> text(change.newValue()))).executeUpdate();
    }

    private static String[] texts(List<Change> changes, Function<Change, String> text) {
        return changes.stream().map(text).toArray(String[]::new);
    }

    /** A change that nobody asked for at this moment, such as one that time brings about: it names no user. */
    public void recordByService(UUID partnerId, Change change) {
        var entry = entry(partnerId, change);
        entry.participants = new UUID[] { partnerId };
        persist(entry);
    }

    private AuditRecord entry(UUID partnerId, Change change) {
        var entry = new AuditRecord();
        entry.partnerId = partnerId;
        entry.customerId = change.customerId();
        entry.resourceType = change.resourceType();
        entry.resourceId = change.resourceId();
        entry.operationType = change.operationType();
        entry.operationDate = clock.instant();
        entry.resourceOldValue = text(change.oldValue());
        entry.resourceNewValue = text(change.newValue());
        return entry;
    }

    private static UUID[] participants(Caller caller, UUID... others) {
        var participants = new UUID[others.length + 1];
        participants[0] = caller.tenantId();
        System.arraycopy(others, 0, participants, 1, others.length);
        return participants;
    }

    private String text(Object value) {
        try {
            return value == null ? null : pascalCase.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
