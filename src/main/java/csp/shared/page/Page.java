package csp.shared.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One page of a list.
 *
 * @param totalCount of all pages
 * @param hasPrevious whether another page comes before
 * @param hasNext whether another page follows
 */
public record Page<T>(int totalCount, List<T> items, boolean hasPrevious, boolean hasNext) {

    /**
     * The page that was sought.
     *
     * @param found at most {@link Seek#limit} items, in the direction of {@code seek}
     */
    public static <T> Page<T> of(Seek<?> seek, long totalCount, List<T> found) {
        var hasMore = found.size() > seek.size();
        var items = new ArrayList<>(hasMore ? found.subList(0, seek.size()) : found);
        if (!seek.forward()) {
            Collections.reverse(items);
        }
        return new Page<>(
                Math.toIntExact(totalCount),
                items,
                seek.forward() ? seek.leavesBehind() && totalCount > 0 : hasMore,
                seek.forward() ? hasMore : seek.leavesBehind() && !items.isEmpty());
    }
}
