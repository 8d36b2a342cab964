package csp.platform.audit;

import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import csp.platform.audit.AuditRecord.Position;
import csp.shared.caller.Caller;
import csp.shared.storage.PlainSql;
import csp.shared.storage.SqlStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes the audit records, in the transaction of the change they tell of. */
@ApplicationScoped
public class AuditTrail {

    /** The rows and who takes part in them, however many: one statement. */
    private static final String INSERT = """
            with entry as (
                insert into audit_record (partner_id, participants, customer_id, customer_name, user_principal_name,
                    application_id, resource_type, resource_id, operation_type, operation_date, correlation_id,
                    resource_old_value, resource_new_value, customized_data, event)
                select ?, cast(string_to_array(participants, ',') as uuid[]), customer, c.company_name, ?, ?, type, resource,
                    operation, ?, ?, old, new, cast(details as jsonb), event
                from unnest(?, cast(? as uuid[]), ?, ?, ?, ?, ?, ?, ?)
                    as change (participants, customer, type, resource, operation, old, new, details, event)
                left join customer c on c.tenant_id = customer
                returning id, participants, operation_date)
            insert into audit_participant (partner_id, operation_date, record_id)
            select unnest(participants), operation_date, id from entry
            returning operation_date, record_id""";

    private static final JsonMapper DETAILS = new JsonMapper();

    private final PlainSql sql;
    private final Clock clock;
    private final JsonMapper pascalCase = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .build();

    AuditTrail(PlainSql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * One change.
     *
     * @param resourceType e.g. {@code transfer}
     * @param operationType e.g. {@code create_transfer}
     * @param oldValue the resource before, null for a new one; kept as JSON text in PascalCase
     * @param newValue the resource after, null for one that is gone
     * @param details what people look for in it
     * @param event what happened, in our own words, where the operation type does not tell it; null where it does
     */
    public record Change(
            UUID customerId,
            String resourceType,
            String resourceId,
            String operationType,
            Object oldValue,
            Object newValue,
            List<AuditRecord.Detail> details,
            String event) {

        public Change(
                UUID customerId,
                String resourceType,
                String resourceId,
                String operationType,
                Object oldValue,
                Object newValue) {
            this(customerId, resourceType, resourceId, operationType, oldValue, newValue, List.of(), null);
        }

        /** The same change with one more of what people look for in it; the value may be null. */
        public Change with(String key, String value) {
            var more = new ArrayList<>(details);
            more.add(new AuditRecord.Detail(key, value));
            return new Change(customerId, resourceType, resourceId, operationType, oldValue, newValue, more, event);
        }

        /** The same change under a name of its own inside, e.g. {@code accept_transfer}, which the wire does not show. */
        public Change as(String name) {
            return new Change(customerId, resourceType, resourceId, operationType, oldValue, newValue, details, name);
        }
    }

    /**
     * @param others partners the change concerns besides the caller's own
     * @return id and time of the record
     */
    @Transactional(MANDATORY)
    public Position record(Caller caller, Change change, UUID... others) {
        return write(Author.of(caller), List.of(change), ignored -> participants(caller.tenantId(), others))
                .get(0);
    }

    /** As {@link #record}, to be sent together with what it tells of. Its outcome: where the record stands, at least once. */
    public SqlStatement<List<Position>> recording(Caller caller, Change change, UUID... others) {
        return statement(Author.of(caller), List.of(change), ignored -> participants(caller.tenantId(), others));
    }

    /** @param other the partner it concerns besides the caller's own */
    public record Concerning(Change change, UUID other) {}

    /** Many changes of one request, in one statement. */
    @Transactional(MANDATORY)
    public void recordAll(Caller caller, List<Concerning> entries) {
        if (!entries.isEmpty()) {
            write(
                    Author.of(caller),
                    entries.stream().map(Concerning::change).toList(),
                    index -> participants(caller.tenantId(), entries.get(index).other()));
        }
    }

    /**
     * A change that nobody asked for at this moment, such as one that time brings about: it names no user.
     *
     * @param others partners the change concerns besides this one
     * @return id and time of the record
     */
    @Transactional(MANDATORY)
    public Position recordByService(UUID partnerId, Change change, UUID... others) {
        return write(
                        new Author(partnerId, null, null, null),
                        List.of(change),
                        ignored -> participants(partnerId, others))
                .get(0);
    }

    /** Who did it; without an application nobody did. */
    private record Author(UUID partnerId, String userPrincipalName, String applicationId, String correlationId) {

        static Author of(Caller caller) {
            return new Author(
                    caller.tenantId(),
                    caller.userPrincipalName(),
                    caller.applicationId().toString(),
                    caller.correlationId());
        }
    }

    /** Where the records stand, once for each that takes part in one. */
    private List<Position> write(Author author, List<Change> changes, IntFunction<String> participants) {
        var statement = statement(author, changes, participants);
        sql.together(statement);
        return statement.outcome();
    }

    private SqlStatement<List<Position>> statement(
            Author author, List<Change> changes, IntFunction<String> participants) {
        return SqlStatement.query(
                INSERT,
                AuditTrail::position,
                author.partnerId(),
                author.userPrincipalName(),
                author.applicationId(),
                clock.instant().truncatedTo(MICROS),
                author.correlationId(),
                IntStream.range(0, changes.size()).mapToObj(participants).toArray(String[]::new),
                texts(changes, change -> Objects.toString(change.customerId(), null)),
                texts(changes, Change::resourceType),
                texts(changes, Change::resourceId),
                texts(changes, Change::operationType),
                texts(changes, change -> text(change.oldValue())),
                texts(changes, change -> text(change.newValue())),
                texts(changes, AuditTrail::details),
                texts(changes, Change::event));
    }

    private static String[] texts(List<Change> changes, Function<Change, String> text) {
        return changes.stream().map(text).toArray(String[]::new);
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(
                row.getObject("operation_date", OffsetDateTime.class).toInstant(), row.getLong("record_id"));
    }

    private static String participants(UUID partnerId, UUID... others) {
        return Stream.concat(Stream.of(partnerId), Stream.of(others))
                .distinct()
                .map(UUID::toString)
                .collect(joining(","));
    }

    private static String details(Change change) {
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
