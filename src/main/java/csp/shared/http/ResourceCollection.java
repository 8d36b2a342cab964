package csp.shared.http;

import java.util.List;

/** The wrapper of most lists (storefront.md §0). Transfers and eligibility are bare arrays instead (Q4). */
public record ResourceCollection<T>(int totalCount, List<T> items, Links links, Attributes attributes) {

    /** @param next absent on the last page */
    public record Links(Link self, Link next) {
    }

    public static <T> ResourceCollection<T> of(List<T> items, Links links) {
        return new ResourceCollection<>(items.size(), items, links, Attributes.of("Collection"));
    }

    /** One page of a longer list. */
    public static <T> ResourceCollection<T> page(int totalCount, List<T> items, Links links) {
        return new ResourceCollection<>(totalCount, items, links, Attributes.of("Collection"));
    }

    /** A collection whose recorded form has no links. */
    public static <T> ResourceCollection<T> withoutLinks(List<T> items) {
        return of(items, null);
    }
}
