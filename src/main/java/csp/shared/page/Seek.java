package csp.shared.page;

/**
 * Which page of a list is wanted.
 *
 * @param forward whether the page follows {@code from} or precedes it
 * @param from where an item of another page stands, itself not wanted; null for the first page, or for the last one when
 *        going backward
 * @param skipped items that are passed over from there on; the database counts through all of them
 * @param size items of the page, at least 1
 */
public record Seek<T>(boolean forward, T from, int skipped, int size) {

    /** The page that begins, or going backward ends, next to {@code from}. */
    public Seek(boolean forward, T from, int size) {
        this(forward, from, 0, size);
    }

    /** How many items to ask for: one more than wanted, as that tells whether there is another page. */
    public int limit() {
        return size + 1;
    }

    /** Whether something lies on the side from which the page was sought. */
    boolean leavesBehind() {
        return from != null || skipped > 0;
    }
}
