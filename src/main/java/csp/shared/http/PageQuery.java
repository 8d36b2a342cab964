package csp.shared.http;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static java.nio.charset.StandardCharsets.UTF_8;

import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.page.Page;
import csp.shared.page.Seek;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which page of a list a request asks for: {@code size}, {@code seekOperation}, {@code page} and the continuation token
 * (storefront.md §0, W23, W32). A page is found from an item of another one; only {@code PageIndex} counts, through all that
 * comes before.
 *
 * @param <T> a position in the list
 */
public final class PageQuery<T> {

    private static final int DEFAULT_SIZE = 500;
    private static final int LARGEST_SIZE = 500;
    private static final Pattern ZERO = Pattern.compile("0+");
    private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{1,9}");

    private enum SeekOperation {
        NEXT("Next"),
        PREVIOUS("Previous"),
        FIRST("First"),
        LAST("Last"),
        PAGE_INDEX("PageIndex");

        final String wireName;

        SeekOperation(String wireName) {
            this.wireName = wireName;
        }
    }

    /**
     * What a list tells of its positions.
     *
     * @param count of the sort keys
     * @param keys the sort keys of a position
     * @param position of that many sort keys; empty where no item can be
     */
    public record Positions<T>(
            int count, Function<T, List<String>> keys, Function<List<String>, Optional<T>> position) {}

    private final QueryParameters sent;
    private final QueryParameters parameters;
    private final Positions<T> positions;
    private final List<String> namesOfTheList;
    private final String header;
    private final ContinuationToken token;
    private final int size;
    private final SeekOperation operation;
    private final int index;

    /**
     * Error 800002 for a size, seek operation, page or token that cannot be read, and for a size that is not that of the token.
     *
     * @param header the token as sent; null when there is none
     * @param namesOfTheList the parameters that choose what is listed
     */
    public PageQuery(QueryParameters sent, String header, Positions<T> positions, String... namesOfTheList) {
        this.sent = sent;
        this.header = header;
        this.positions = positions;
        this.namesOfTheList = List.of(namesOfTheList);
        token = ContinuationToken.read(header);
        parameters = token == null ? sent : sent.orElse(token.said());
        size = size();
        operation = sent.get("seekOperation").map(PageQuery::operation).orElse(null);
        index = operation == SeekOperation.PAGE_INDEX ? index() : 0;
    }

    /** The query as sent, completed with what the token says of the list. */
    public QueryParameters parameters() {
        return parameters;
    }

    /**
     * The page that is wanted. Error 800002 when the operation needs a token and there is none, or the token is one of another
     * list: what was sent again says otherwise than the token, or the token was somebody else's.
     *
     * @param list what is listed and for whom, in a spelling of the list's own
     */
    public Seek<T> seek(String list) {
        if (token != null && !token.list().equals(ContinuationToken.digest(list))) {
            throw ContinuationToken.notOfThisList(header);
        }
        if (operation == null) {
            return new Seek<>(true, token == null ? null : last(), size);
        }
        return switch (operation) {
            case FIRST -> new Seek<>(true, null, size);
            case LAST -> new Seek<>(false, null, size);
            case NEXT -> new Seek<>(true, last(), size);
            case PREVIOUS -> new Seek<>(false, first(), size);
            case PAGE_INDEX -> new Seek<>(true, null, skipped(), size);
        };
    }

    /**
     * The answer: the page with its token and its links, the one to itself as it was sent.
     *
     * @param list as in {@link #seek}
     * @param view an item on the wire
     * @param position where an item stands
     */
    public <I, V> ResourceCollection<V> answer(
            String path, String list, Page<I> page, Function<I, V> view, Function<I, T> position) {
        var items = page.items().stream().map(view).toList();
        var name = !items.isEmpty() && (page.hasPrevious() || page.hasNext()) ? token(list, page, position) : null;
        return ResourceCollection.page(
                page.totalCount(),
                items,
                name,
                new ResourceCollection.Links(
                        Link.get(sent.appendedTo(path)),
                        page.hasNext() ? link(path, SeekOperation.NEXT, name) : null,
                        page.hasPrevious() ? previous(path, name) : null));
    }

    private <I> String token(String list, Page<I> page, Function<I, T> position) {
        var said = new LinkedHashMap<String, String>();
        namesOfTheList.forEach(name -> parameters.get(name).ifPresent(value -> said.put(name, value)));
        var keys = position.andThen(positions.keys());
        var items = page.items();
        return new ContinuationToken(
                        ContinuationToken.digest(list),
                        size,
                        said,
                        keys.apply(items.get(0)),
                        keys.apply(items.get(items.size() - 1)))
                .write();
    }

    /** Beyond the end, where there is no item to go back from, the last page. */
    private Link previous(String path, String name) {
        return name == null ? Link.get(uri(path, SeekOperation.LAST)) : link(path, SeekOperation.PREVIOUS, name);
    }

    private Link link(String path, SeekOperation operation, String name) {
        return Link.get(uri(path, operation), new Link.Header(ContinuationToken.HEADER, name));
    }

    private String uri(String path, SeekOperation operation) {
        var uri = new StringBuilder("%s?size=%d&seekOperation=%s".formatted(path, size, operation.wireName));
        for (var parameter : namesOfTheList) {
            parameters
                    .get(parameter)
                    .ifPresent(value -> uri.append('&')
                            .append(parameter)
                            .append('=')
                            .append(URLEncoder.encode(value, UTF_8).replace("+", "%20")));
        }
        return uri.toString();
    }

    private T first() {
        return position(required().first());
    }

    private T last() {
        return position(required().last());
    }

    private T position(List<String> keys) {
        return Optional.of(keys)
                .filter(found -> found.size() == positions.count())
                .flatMap(positions.position())
                .orElseThrow(() -> ContinuationToken.notOfThisList(header));
    }

    private ContinuationToken required() {
        if (token == null) {
            throw invalid(
                    ContinuationToken.HEADER + " is required for seekOperation Next and Previous but is missing.");
        }
        return token;
    }

    /** A size of 0 says nothing. */
    private int size() {
        var wanted = sent.get("size").map(PageQuery::size).filter(number -> number > 0);
        if (token == null) {
            return wanted.orElse(DEFAULT_SIZE);
        }
        if (token.size() < 1 || token.size() > LARGEST_SIZE) {
            throw ContinuationToken.notOfThisList(header);
        }
        wanted.filter(number -> number != token.size()).ifPresent(number -> {
            throw invalid("size must be " + token.size() + ", as on the page of the token, but is '" + number + "'.");
        });
        return token.size();
    }

    private static int size(String value) {
        if (ZERO.matcher(value).matches()) {
            return 0;
        }
        if (!SHORT_NUMBER.matcher(value).matches() || Integer.parseInt(value) > LARGEST_SIZE) {
            throw invalid(
                    "size must be a whole number from 0 to " + LARGEST_SIZE + " but is " + Quoted.text(value) + ".");
        }
        return Integer.parseInt(value);
    }

    private int index() {
        var page = sent.get("page")
                .orElseThrow(() -> invalid("page is required for seekOperation 'PageIndex' but is missing."));
        if (!SHORT_NUMBER.matcher(page).matches()) {
            throw invalid("page must be a whole number from 0 to 999999999 but is " + Quoted.text(page) + ".");
        }
        return Integer.parseInt(page);
    }

    private int skipped() {
        return (int) Math.min(Integer.MAX_VALUE, (long) index * size);
    }

    private static SeekOperation operation(String value) {
        return Stream.of(SeekOperation.values())
                .filter(known -> known.wireName.equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> invalid("seekOperation must be one of %s but is %s."
                        .formatted(
                                Stream.of(SeekOperation.values())
                                        .map(known -> known.wireName)
                                        .collect(Collectors.joining(", ")),
                                Quoted.text(value))));
    }

    private static DomainException invalid(String problem) {
        return new DomainException(INVALID_INPUT, problem);
    }
}
