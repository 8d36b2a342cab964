package csp.platform.audit;

import java.time.Instant;
import java.util.UUID;

/**
 * Which records a partner wants (storefront.md §8).
 *
 * @param from the earliest time
 * @param until no record of this time or a later one
 * @param companyName a part of the customer's name in any letter case; null for any
 * @param customerId null for any
 * @param resourceType with or without underscores, in any letter case; null for any
 */
public record AuditSearch(
        UUID partnerId, Instant from, Instant until, String companyName, UUID customerId, String resourceType) {}
