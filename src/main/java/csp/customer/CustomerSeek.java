package csp.customer;

/**
 * Which page of a list is wanted.
 *
 * @param forward whether the page follows {@code from} or precedes it
 * @param from an item of another page, itself not wanted; null for the first page, or for the last one when going backward
 * @param size items of the page, at least 1
 */
public record CustomerSeek(boolean forward, CustomerSummary.Position from, int size) {
}
