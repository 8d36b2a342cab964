package csp.directory.customer;

import java.util.UUID;

/** What a list shows of a customer. */
public record CustomerSummary(UUID tenantId, String companyName, String domain, Position position) {

    /**
     * Where a customer stands in the order of the list. It stays a position when that customer is renamed or gone.
     *
     * @param name company name in lower case, as the database writes it
     */
    public record Position(String name, UUID tenantId) {}
}
