package csp.directory.customer;

import java.util.List;

/**
 * One page of a list.
 *
 * @param totalCount of all pages
 * @param hasNext whether another page follows
 */
public record CustomerPage(int totalCount, List<CustomerSummary> customers, boolean hasNext) {}
