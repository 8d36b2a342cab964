package csp.platform.audit.api;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static java.time.temporal.ChronoUnit.DAYS;

import csp.platform.audit.AuditRecord;
import csp.platform.audit.AuditRecord.Position;
import csp.platform.audit.AuditSearch;
import csp.shared.error.Choice;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.http.FilterOperator;
import csp.shared.http.PageQuery;
import csp.shared.http.QueryParameters;
import csp.shared.http.ResourceCollection;
import csp.shared.http.WireTime;
import csp.shared.page.Page;
import csp.shared.page.Seek;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What the query of a list of audit records asks for (storefront.md §8). */
final class AuditListQuery {

    private static final int LONGEST_VALUE = 1000;
    private static final int DAYS_WITHOUT_START = 30;
    private static final int DAYS_KEPT = 90;
    private static final String PATH = "/auditrecords";
    private static final PageQuery.Positions<Position> POSITIONS = new PageQuery.Positions<>(
            2,
            position -> List.of(position.operationDate().toString(), Long.toString(position.id())),
            AuditListQuery::position);

    private enum Field {
        COMPANY_NAME(FilterOperator.SUBSTRING),
        CUSTOMER_ID(FilterOperator.EQUALS),
        RESOURCE_TYPE(FilterOperator.EQUALS);

        final FilterOperator operator;

        Field(FilterOperator operator) {
            this.operator = operator;
        }
    }

    private final QueryParameters parameters;
    private final PageQuery<Position> page;
    private final Instant from;
    private final Instant until;
    private final Field field;
    private final String text;
    private final UUID customerId;

    /**
     * Errors: 800002 for a size, seek operation, date, filter or encoding that cannot be read, for a start more than 90
     * days ago and for an end before the start; 900126 for an unknown field or operator.
     *
     * @param query as sent, null when there is none
     * @param token null when there is none
     */
    AuditListQuery(String query, String token, Instant now) {
        page = new PageQuery<>(new QueryParameters(query), token, POSITIONS, "startDate", "endDate", "filter");
        parameters = page.parameters();
        var start = date("startDate");
        from = start.map(AuditDate::start).orElse(now.minus(DAYS_WITHOUT_START, DAYS));
        until = date("endDate")
                .map(AuditDate::end)
                .orElse(now.plus(1, DAYS)); // records of this very moment are wanted too
        if (from.isBefore(now.minus(DAYS_KEPT, DAYS).truncatedTo(DAYS))) {
            throw invalid("startDate must be at most %d days ago but is %s."
                    .formatted(
                            DAYS_KEPT, Quoted.text(parameters.get("startDate").orElseThrow())));
        }
        if (!from.isBefore(until)) {
            throw invalid("endDate must not be before startDate but is "
                    + Quoted.text(parameters.get("endDate").orElse("now")) + ".");
        }
        var filter = parameters.object("filter");
        if (filter.isEmpty()) {
            field = null;
            text = null;
            customerId = null;
        } else {
            var fields = filter.get();
            field = field(fields.requiredText("Field", LONGEST_VALUE));
            field.operator.requireIn(fields);
            text = field == Field.CUSTOMER_ID ? null : fields.requiredText("Value", LONGEST_VALUE);
            customerId = field == Field.CUSTOMER_ID ? fields.requiredGuid("Value") : null;
        }
    }

    AuditSearch searchOf(UUID partnerId) {
        return new AuditSearch(
                partnerId,
                from,
                until,
                field == Field.COMPANY_NAME ? text : null,
                customerId,
                field == Field.RESOURCE_TYPE ? text : null);
    }

    /** Error 800002 for a token that is needed and missing, or not one of this list. */
    Seek<Position> seek(AuditSearch search) {
        return page.seek(listOf(search));
    }

    ResourceCollection<AuditRecordView> answer(Page<AuditRecord> found, AuditSearch search) {
        return page.answer(PATH, listOf(search), found, AuditRecordView::of, AuditRecord::position);
    }

    /** With the dates that were said only: what is left open moves on with the clock from page to page. */
    private String listOf(AuditSearch search) {
        return "audit records %s %s %s %s from %s until %s"
                .formatted(
                        search.partnerId(),
                        search.companyName(),
                        search.customerId(),
                        search.resourceType(),
                        parameters.get("startDate").map(said -> from).orElse(null),
                        parameters.get("endDate").map(said -> until).orElse(null));
    }

    private static Optional<Position> position(List<String> keys) {
        try {
            return WireTime.read(keys.get(0)).map(date -> new Position(date, Long.parseLong(keys.get(1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<AuditDate> date(String name) {
        return parameters
                .get(name)
                .map(value -> AuditDate.read(value)
                        .orElseThrow(() -> invalid(
                                "%s must be a date such as 2017-06-01, 6/1/2017 12:00:00 AM or 06/01/2017 00:00:00 but is %s."
                                        .formatted(name, Quoted.text(value)))));
    }

    private static Field field(String name) {
        return Stream.of(Field.values())
                .filter(known -> Choice.same(known.name(), name))
                .findFirst()
                .orElseThrow(() ->
                        Choice.refusal("filter.Field", name, Stream.of("CompanyName", "CustomerId", "ResourceType")));
    }

    private static DomainException invalid(String problem) {
        return new DomainException(INVALID_INPUT, problem);
    }
}
