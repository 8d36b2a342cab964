package csp.customer.api;

import static csp.shared.error.ErrorCode.ENUM_NOT_PARSED;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import csp.customer.CustomerPage;
import csp.customer.CustomerSearch;
import csp.customer.CustomerSearch.Field;
import csp.customer.CustomerSeek;
import csp.shared.error.DomainException;
import csp.shared.http.JsonFields;
import csp.shared.http.Link;
import csp.shared.http.RequestBodies;
import csp.shared.http.ResourceCollection;

/**
 * What the query of a list of customers asks for. It is read from the text as sent, because real clients send unencoded JSON in
 * it, and the published page joins two parameters with a second question mark (storefront.md §0).
 */
final class CustomerListQuery {

    private static final int DEFAULT_SIZE = 500;
    private static final int LARGEST_SIZE = 500;
    private static final int LONGEST_PREFIX = 1000;
    private static final Pattern SECOND_QUESTION_MARK = Pattern.compile("^(size=[^&?]*)\\?(?=filter=)",
            Pattern.CASE_INSENSITIVE);
    private static final Map<String, Field> FIELDS = Map.of("companyname", Field.COMPANY_NAME, "domain", Field.DOMAIN,
            "indirectreseller", Field.INDIRECT_RESELLER,
            "indirectcloudsolutionprovider", Field.INDIRECT_CLOUD_SOLUTION_PROVIDER);

    private enum SeekOperation {
        NEXT,
        PREVIOUS,
        FIRST,
        LAST
    }

    private final String asSent;
    private final int size;
    private final SeekOperation operation;
    private final String filter;
    private final Field field;
    private final String prefix;

    private CustomerListQuery(String asSent, Map<String, String> parameters, RequestBodies json) {
        this.asSent = asSent;
        this.size = size(parameters.getOrDefault("size", ""));
        this.operation = operation(parameters.getOrDefault("seekoperation", ""));
        this.filter = parameters.getOrDefault("filter", "");
        if (filter.isBlank()) {
            this.field = null;
            this.prefix = null;
        } else {
            var fields = json.objectInParameter("filter", filter);
            this.field = field(fields.requiredText("Field", LONGEST_PREFIX));
            this.prefix = fields.requiredText("Value", LONGEST_PREFIX);
            requireStartsWith(fields.requiredText("Operator", LONGEST_PREFIX));
        }
    }

    /**
     * Errors: 800002 for a size, seek operation, filter or encoding that cannot be read; 900126 for an unknown field or
     * operator.
     *
     * @param query as sent, null when there is none
     */
    static CustomerListQuery of(String query, RequestBodies json) {
        var asSent = query == null ? "" : query;
        var parameters = new HashMap<String, String>();
        for (var parameter : SECOND_QUESTION_MARK.matcher(asSent).replaceFirst("$1&").split("&")) {
            var nameAndValue = parameter.split("=", 2);
            if (nameAndValue.length == 2) {
                parameters.putIfAbsent(decoded(nameAndValue[0]).toLowerCase(ROOT), decoded(nameAndValue[1]));
            }
        }
        return new CustomerListQuery(asSent, parameters, json);
    }

    boolean isBy(Field other) {
        return field == other;
    }

    CustomerSearch searchOf(UUID partnerId) {
        return new CustomerSearch(partnerId, field, prefix);
    }

    /** Error 800002 when the operation needs a token and there is none. */
    CustomerSeek seek(ContinuationToken token) {
        if (operation == null) {
            return new CustomerSeek(true, token == null ? null : token.last(), size);
        }
        return switch (operation) {
            case FIRST -> new CustomerSeek(true, null, size);
            case LAST -> new CustomerSeek(false, null, size);
            case NEXT -> new CustomerSeek(true, required(token).last(), size);
            case PREVIOUS -> new CustomerSeek(false, required(token).first(), size);
        };
    }

    /** The page with its links; a list by reseller is recorded without any, so it has them only where a page follows. */
    ResourceCollection<CustomerSummaryView> answer(CustomerPage page, CustomerSearch search) {
        var items = page.customers().stream().map(customer -> CustomerSummaryView.of(customer, field != null)).toList();
        var links = field == Field.INDIRECT_RESELLER && !page.hasNext() ? null
                : new ResourceCollection.Links(Link.get(asSent.isEmpty() ? "/customers" : "/customers?" + asSent),
                        page.hasNext() ? next(page, search) : null);
        return ResourceCollection.page(page.totalCount(), items, links);
    }

    private Link next(CustomerPage page, CustomerSearch search) {
        var uri = "/customers?size=%d&seekOperation=Next".formatted(size)
                + (filter.isBlank() ? "" : "&filter=" + URLEncoder.encode(filter, UTF_8).replace("+", "%20"));
        return Link.get(uri, new Link.Header(ContinuationToken.HEADER, ContinuationToken.of(page.customers()).write(search)));
    }

    private static ContinuationToken required(ContinuationToken token) {
        if (token == null) {
            throw invalid(ContinuationToken.HEADER + " is required for seekOperation Next and Previous but is missing.");
        }
        return token;
    }

    private static int size(String value) {
        if (value.isBlank() || value.matches("0+")) {
            return DEFAULT_SIZE;
        }
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) > LARGEST_SIZE) {
            throw invalid("size must be a whole number from 0 to " + LARGEST_SIZE + " but is " + JsonFields.shown(value) + ".");
        }
        return Integer.parseInt(value);
    }

    private static SeekOperation operation(String value) {
        if (value.isBlank()) {
            return null;
        }
        return Stream.of(SeekOperation.values()).filter(known -> known.name().equalsIgnoreCase(value)).findFirst()
                .orElseThrow(() -> invalid("seekOperation must be one of Next, Previous, First, Last but is "
                        + JsonFields.shown(value) + "."));
    }

    private static Field field(String name) {
        var known = FIELDS.get(withoutUnderscores(name));
        if (known == null) {
            throw new DomainException(ENUM_NOT_PARSED, cut(name), "filter.Field",
                    "CompanyName, Domain, IndirectReseller, IndirectCloudSolutionProvider");
        }
        return known;
    }

    private static void requireStartsWith(String operator) {
        if (!withoutUnderscores(operator).equals("startswith")) {
            throw new DomainException(ENUM_NOT_PARSED, cut(operator), "filter.Operator", "starts_with");
        }
    }

    private static String withoutUnderscores(String name) {
        return name.replace("_", "").toLowerCase(ROOT);
    }

    private static String cut(String value) {
        return value.length() <= 100 ? value : value.substring(0, 100) + "...";
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("the query has a wrong percent-encoding: " + JsonFields.shown(text) + ".");
        }
    }

    private static DomainException invalid(String problem) {
        return new DomainException(INVALID_INPUT, problem);
    }
}
