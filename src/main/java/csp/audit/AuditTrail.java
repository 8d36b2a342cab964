package csp.audit;

import java.time.Clock;
import java.util.UUID;

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
        var entry = new AuditRecord();
        entry.partnerId = caller.tenantId();
        entry.participants = participants(caller, others);
        entry.customerId = change.customerId();
        entry.userPrincipalName = caller.userPrincipalName();
        entry.applicationId = caller.applicationId().toString();
        entry.resourceType = change.resourceType();
        entry.resourceId = change.resourceId();
        entry.operationType = change.operationType();
        entry.operationDate = clock.instant();
        entry.correlationId = Exchange.of(context).correlationId;
        entry.resourceOldValue = text(change.oldValue());
        entry.resourceNewValue = text(change.newValue());
        persist(entry);
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
