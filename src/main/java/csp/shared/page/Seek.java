package csp.shared.page;

/**
 * Which page of a list is wanted.
 *
 * @param forward whether the page follows {@code from} or precedes it
 * @param from where an item of another page stands, itself not wanted; null for the first page, or for the last one when
 *        going backward
 * @param size items of the page, at least 1
 */
public record Seek<T>(boolean forward, T from, int size) {}
