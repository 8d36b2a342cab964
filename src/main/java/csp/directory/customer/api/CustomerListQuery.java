package csp.directory.customer.api;

import static java.util.Locale.ROOT;

import csp.directory.customer.CustomerSearch;
import csp.directory.customer.CustomerSearch.Field;
import csp.directory.customer.CustomerSummary;
import csp.directory.customer.CustomerSummary.Position;
import csp.shared.error.Choice;
import csp.shared.http.FilterOperator;
import csp.shared.http.PageQuery;
import csp.shared.http.QueryParameters;
import csp.shared.http.ResourceCollection;
import csp.shared.id.Guid;
import csp.shared.page.Page;
import csp.shared.page.Seek;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What the query of a list of customers asks for (storefront.md §0, §1). */
final class CustomerListQuery {

    private static final String PATH = "/customers";
    private static final int LONGEST_PREFIX = 1000;
    private static final PageQuery.Positions<Position> POSITIONS = new PageQuery.Positions<>(
            2, position -> List.of(position.name(), position.tenantId().toString()), CustomerListQuery::position);

    private final PageQuery<Position> page;
    private final Field field;
    private final String prefix;

    /**
     * Errors: 800002 for a size, seek operation, token, filter or encoding that cannot be read; 900126 for an unknown field or
     * operator.
     *
     * @param query as sent, null when there is none
     * @param token null when there is none
     */
    CustomerListQuery(String query, String token) {
        page = new PageQuery<>(new QueryParameters(query), token, POSITIONS, "filter");
        var filter = page.parameters().object("filter");
        if (filter.isEmpty()) {
            field = null;
            prefix = null;
        } else {
            var fields = filter.get();
            field = field(fields.requiredText("Field", LONGEST_PREFIX));
            prefix = fields.requiredText("Value", LONGEST_PREFIX);
            FilterOperator.STARTS_WITH.requireIn(fields);
        }
    }

    boolean isBy(Field other) {
        return field == other;
    }

    CustomerSearch searchOf(UUID partnerId) {
        return new CustomerSearch(partnerId, field, prefix);
    }

    /** Error 800002 for a token that is needed and missing, or not one of this list. */
    Seek<Position> seek(CustomerSearch search) {
        return page.seek(listOf(search));
    }

    /** The page with its links; a list by reseller is recorded without any, so it has them only where there is another page. */
    ResourceCollection<CustomerSummaryView> answer(Page<CustomerSummary> found, CustomerSearch search) {
        var answer = page.answer(
                PATH,
                listOf(search),
                found,
                customer -> CustomerSummaryView.of(customer, field != null),
                CustomerSummary::position);
        return field == Field.INDIRECT_RESELLER && !found.hasNext() && !found.hasPrevious()
                ? ResourceCollection.page(answer.totalCount(), answer.items(), null)
                : answer;
    }

    private static String listOf(CustomerSearch search) {
        var prefix = search.prefix() == null ? "" : search.prefix().toLowerCase(ROOT);
        return "customers %s %s %s".formatted(search.partnerId(), search.field(), prefix);
    }

    private static Optional<Position> position(List<String> keys) {
        return Guid.read(keys.get(1)).map(id -> new Position(keys.get(0), id));
    }

    private static Field field(String name) {
        return Stream.of(Field.values())
                .filter(known -> Choice.same(known.name(), name))
                .findFirst()
                .orElseThrow(() -> Choice.refusal(
                        "filter.Field",
                        name,
                        Stream.of("CompanyName", "Domain", "IndirectReseller", "IndirectCloudSolutionProvider")));
    }
}
