package csp.shared.http;

import java.util.List;

/**
 * The wrapper of most lists (storefront.md §0). Transfers and eligibility are bare arrays instead (Q4).
 *
 * @param continuationToken names this page for the next and the previous one; only where there is another page
 */
public record ResourceCollection<T>(
        int totalCount, List<T> items, String continuationToken, Links links, Attributes attributes) {

    /** All of a list, as far as there are no pages. */
    public ResourceCollection(int totalCount, List<T> items, Links links, Attributes attributes) {
        this(totalCount, items, null, links, attributes);
    }

    /**
     * @param next absent on the last page
     * @param previous absent on the first page
     */
    public record Links(Link self, Link next, Link previous) {

        /** Of a list that is not paged back. */
        public Links(Link self, Link next) {
            this(self, next, null);
        }
    }

    public static <T> ResourceCollection<T> of(List<T> items, Links links) {
        return new ResourceCollection<>(items.size(), items, null, links, Attributes.of("Collection"));
    }

    /** The beginning of a longer list that cannot be paged through. */
    public static <T> ResourceCollection<T> page(int totalCount, List<T> items, Links links) {
        return page(totalCount, items, null, links);
    }

    /** One page of a longer list. */
    public static <T> ResourceCollection<T> page(int totalCount, List<T> items, String continuationToken, Links links) {
        return new ResourceCollection<>(totalCount, items, continuationToken, links, Attributes.of("Collection"));
    }

    /** A collection whose recorded form has no links. */
    public static <T> ResourceCollection<T> withoutLinks(List<T> items) {
        return of(items, null);
    }
}
