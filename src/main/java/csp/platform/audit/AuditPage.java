package csp.platform.audit;

import java.util.List;

/**
 * One page of a list of records.
 *
 * @param totalCount of all pages
 * @param hasNext whether another page follows
 */
public record AuditPage(int totalCount, List<AuditRecord> records, boolean hasNext) {}
