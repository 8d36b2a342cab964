package csp.directory.customer.api;

import static java.util.Locale.ROOT;

import csp.directory.customer.CustomerPage;
import csp.directory.customer.CustomerSearch;
import csp.directory.customer.CustomerSearch.Field;
import csp.directory.customer.CustomerSummary.Position;
import csp.shared.error.Choice;
import csp.shared.http.ContinuationToken;
import csp.shared.http.Link;
import csp.shared.http.PageQuery;
import csp.shared.http.QueryParameters;
import csp.shared.http.ResourceCollection;
import csp.shared.id.Guid;
import csp.shared.page.Seek;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What the query of a list of customers asks for (storefront.md §0, §1). */
final class CustomerListQuery {

    private static final int LONGEST_PREFIX = 1000;
    private static final String STARTS_WITH = "starts_with";

    private final QueryParameters parameters;
    private final PageQuery page;
    private final Field field;
    private final String prefix;

    /**
     * Errors: 800002 for a size, seek operation, filter or encoding that cannot be read; 900126 for an unknown field or
     * operator.
     *
     * @param query as sent, null when there is none
     */
    CustomerListQuery(String query) {
        parameters = new QueryParameters(query);
        page = new PageQuery(parameters);
        var filter = parameters.object("filter");
        if (filter.isEmpty()) {
            field = null;
            prefix = null;
        } else {
            var fields = filter.get();
            field = field(fields.requiredText("Field", LONGEST_PREFIX));
            prefix = fields.requiredText("Value", LONGEST_PREFIX);
            requireStartsWith(fields.requiredText("Operator", LONGEST_PREFIX));
        }
    }

    boolean isBy(Field other) {
        return field == other;
    }

    CustomerSearch searchOf(UUID partnerId) {
        return new CustomerSearch(partnerId, field, prefix);
    }

    /** Error 800002 for a token that is needed and missing, or not one of this list. */
    Seek<Position> seek(String token, CustomerSearch search) {
        return page.seek(token, listOf(search), 2, CustomerListQuery::position);
    }

    /** The page with its links; a list by reseller is recorded without any, so it has them only where a page follows. */
    ResourceCollection<CustomerSummaryView> answer(CustomerPage found, CustomerSearch search) {
        var items = found.customers().stream()
                .map(customer -> CustomerSummaryView.of(customer, field != null))
                .toList();
        var token = items.size() == found.totalCount() || items.isEmpty()
                ? null
                : new ContinuationToken<>(
                                found.customers().get(0).position(),
                                found.customers().get(items.size() - 1).position())
                        .write(
                                listOf(search),
                                position -> List.of(
                                        position.name(), position.tenantId().toString()));
        var next = found.hasNext() ? page.next("/customers", token, "filter") : null;
        var links = field == Field.INDIRECT_RESELLER && next == null
                ? null
                : new ResourceCollection.Links(Link.get(parameters.appendedTo("/customers")), next);
        return ResourceCollection.page(found.totalCount(), items, token, links);
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

    private static void requireStartsWith(String operator) {
        if (!Choice.same(operator, STARTS_WITH)) {
            throw Choice.refusal("filter.Operator", operator, Stream.of(STARTS_WITH));
        }
    }
}
