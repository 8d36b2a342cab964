package csp.shared.http;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static java.nio.charset.StandardCharsets.UTF_8;

import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.page.Seek;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which page of a list a request asks for: {@code size}, {@code seekOperation} and the continuation token (storefront.md §0). A
 * page is found from an item of another one, never by its number.
 */
public final class PageQuery {

    private static final int DEFAULT_SIZE = 500;
    private static final int LARGEST_SIZE = 500;
    private static final Pattern ZERO = Pattern.compile("0+");
    private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{1,9}");

    private enum SeekOperation {
        NEXT,
        PREVIOUS,
        FIRST,
        LAST
    }

    private final QueryParameters parameters;
    private final int size;
    private final SeekOperation operation;

    /** Error 800002 for a size or seek operation that cannot be read; that of a page number is among them. */
    public PageQuery(QueryParameters parameters) {
        this.parameters = parameters;
        this.size = parameters.get("size").map(PageQuery::size).orElse(DEFAULT_SIZE);
        this.operation =
                parameters.get("seekOperation").map(PageQuery::operation).orElse(null);
    }

    /** As of {@link ContinuationToken#read}. Error 800002 also when the operation needs a token and there is none. */
    public <T> Seek<T> seek(String token, String list, int keys, Function<List<String>, Optional<T>> position) {
        var page = ContinuationToken.read(token, list, keys, position);
        if (operation == null) {
            return new Seek<>(true, page == null ? null : page.last(), size);
        }
        return switch (operation) {
            case FIRST -> new Seek<>(true, null, size);
            case LAST -> new Seek<>(false, null, size);
            case NEXT -> new Seek<>(true, required(page).last(), size);
            case PREVIOUS -> new Seek<>(false, required(page).first(), size);
        };
    }

    /** The address of the following page, without what says which list it is of. */
    public Link next(String path, String token, String... namesOfTheList) {
        var uri = new StringBuilder("%s?size=%d&seekOperation=Next".formatted(path, size));
        for (var name : namesOfTheList) {
            parameters
                    .get(name)
                    .ifPresent(value -> uri.append('&')
                            .append(name)
                            .append('=')
                            .append(URLEncoder.encode(value, UTF_8).replace("+", "%20")));
        }
        return Link.get(uri.toString(), new Link.Header(ContinuationToken.HEADER, token));
    }

    private static <T> ContinuationToken<T> required(ContinuationToken<T> token) {
        if (token == null) {
            throw invalid(
                    ContinuationToken.HEADER + " is required for seekOperation Next and Previous but is missing.");
        }
        return token;
    }

    private static int size(String value) {
        if (ZERO.matcher(value).matches()) {
            return DEFAULT_SIZE;
        }
        if (!SHORT_NUMBER.matcher(value).matches() || Integer.parseInt(value) > LARGEST_SIZE) {
            throw invalid(
                    "size must be a whole number from 0 to " + LARGEST_SIZE + " but is " + Quoted.text(value) + ".");
        }
        return Integer.parseInt(value);
    }

    private static SeekOperation operation(String value) {
        return Stream.of(SeekOperation.values())
                .filter(known -> known.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> invalid(
                        "seekOperation must be one of Next, Previous, First, Last but is " + Quoted.text(value) + "."));
    }

    private static DomainException invalid(String problem) {
        return new DomainException(INVALID_INPUT, problem);
    }
}
