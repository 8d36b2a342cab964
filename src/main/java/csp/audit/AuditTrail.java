package csp.audit;

import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoUnit.MICROS;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import csp.shared.http.Caller;
import csp.shared.http.Exchange;
import io.agroal.api.AgroalDataSource;
import io.vertx.ext.web.RoutingContext;

/** Writes the audit records, in the transaction of the change they tell of. */
@ApplicationScoped
public class AuditTrail {

    private static final String INSERT = """
            with entry as (
                insert into audit_record (partner_id, participants, customer_id, customer_name, user_principal_name,
                    application_id, resource_type, resource_id, operation_type, operation_date, correlation_id,
                    resource_old_value, resource_new_value, customized_data)
                values (?, ?, ?, (select company_name from customer where tenant_id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    cast(? as jsonb))
                returning id)
            insert into audit_participant (partner_id, operation_date, record_id)
            select participant, ?, entry.id from entry, unnest(?) participant""";

    private static final JsonMapper DETAILS = new JsonMapper();

    private final AgroalDataSource database;
    private final Clock clock;
    private final RoutingContext context;
    private final JsonMapper pascalCase = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .build();

    AuditTrail(AgroalDataSource database, Clock clock, RoutingContext context) {
        this.database = database;
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
     * @param details what people look for in it
     */
    public record Change(UUID customerId, String resourceType, String resourceId, String operationType, Object oldValue,
            Object newValue, List<AuditRecord.Detail> details) {

        public Change(UUID customerId, String resourceType, String resourceId, String operationType, Object oldValue,
                Object newValue) {
            this(customerId, resourceType, resourceId, operationType, oldValue, newValue, List.of());
        }

        /** The same change with one more of what people look for in it; the value may be null. */
        public Change with(String key, String value) {
            var more = new ArrayList<>(details);
            more.add(new AuditRecord.Detail(key, value));
            return new Change(customerId, resourceType, resourceId, operationType, oldValue, newValue, more);
        }
    }

    /**
     * A change that concerns another partner as well.
     *
     * @param other besides the caller's own
     */
    public record Concerning(Change change, UUID other) {
    }

    /** Everything about one record but its time. */
    private record Entry(UUID partnerId, UUID[] participants, String userPrincipalName, String applicationId,
            String correlationId, Change change) {
    }

    /** @param others partners the change concerns besides the caller's own */
    public void record(Caller caller, Change change, UUID... others) {
        write(List.of(entry(caller, change, others)));
    }

    /** Many changes of one request, sent to the database together. */
    public void recordAll(Caller caller, List<Concerning> changes) {
        write(changes.stream().map(concerning -> entry(caller, concerning.change(), concerning.other())).toList());
    }

    /** A change that nobody asked for at this moment, such as one that time brings about: it names no user. */
    public void recordByService(UUID partnerId, Change change) {
        write(List.of(new Entry(partnerId, new UUID[] { partnerId }, null, null, null, change)));
    }

    private Entry entry(Caller caller, Change change, UUID... others) {
        return new Entry(caller.tenantId(), participants(caller, others), caller.userPrincipalName(),
                caller.applicationId().toString(), Exchange.of(context).correlationId, change);
    }

    private void write(List<Entry> entries) {
        var now = clock.instant().truncatedTo(MICROS).atOffset(UTC);
        try (var connection = database.getConnection(); var insert = connection.prepareStatement(INSERT)) {
            for (var entry : entries) {
                bind(insert, entry, now);
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException("The audit record cannot be written", e);
        }
    }

    private void bind(PreparedStatement insert, Entry entry, OffsetDateTime now) throws SQLException {
        var change = entry.change();
        var participants = insert.getConnection().createArrayOf("uuid", entry.participants());
        var values = new Object[] { entry.partnerId(), participants, change.customerId(), change.customerId(),
                entry.userPrincipalName(), entry.applicationId(), change.resourceType(), change.resourceId(),
                change.operationType(), now, entry.correlationId(), text(change.oldValue()), text(change.newValue()),
                details(change), now, participants };
        for (var i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
    }

    private static UUID[] participants(Caller caller, UUID... others) {
        return Stream.concat(Stream.of(caller.tenantId()), Stream.of(others)).distinct().toArray(UUID[]::new);
    }

    private String details(Change change) {
        return change.details().isEmpty() ? null : written(DETAILS, change.details());
    }

    private String text(Object value) {
        return value == null ? null : written(pascalCase, value);
    }

    private static String written(JsonMapper form, Object value) {
        try {
            return form.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
