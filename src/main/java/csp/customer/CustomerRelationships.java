package csp.customer;

import static csp.customer.CustomerRelationship.Kind.INDIRECT_PROVIDER;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;

/** Every relationship of one customer. */
public final class CustomerRelationships {

    private final UUID customerId;
    private final List<CustomerRelationship> all;

    CustomerRelationships(UUID customerId, List<CustomerRelationship> all) {
        this.customerId = customerId;
        this.all = List.copyOf(all);
    }

    /** Error 20002 when the partner has no relationship of any kind, or when there is no such customer (D5). */
    public CustomerRelationships require(UUID partnerId) {
        if (all.stream().noneMatch(relationship -> relationship.partnerId().equals(partnerId))) {
            throw new DomainException(ErrorCode.NO_RELATIONSHIP, partnerId, customerId);
        }
        return this;
    }

    /** The indirect providers this customer was moved to (TR2, TR5). */
    public Set<UUID> indirectProviders() {
        return all.stream().filter(relationship -> relationship.kind() == INDIRECT_PROVIDER)
                .map(CustomerRelationship::partnerId).collect(toUnmodifiableSet());
    }
}
