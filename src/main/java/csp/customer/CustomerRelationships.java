package csp.customer;

import static csp.customer.CustomerRelationship.Kind.INDIRECT_PROVIDER;
import static csp.customer.CustomerRelationship.Kind.INDIRECT_RESELLER;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;

/** One customer and every relationship of it. */
public final class CustomerRelationships {

    private final UUID customerId;
    private final Customer customer;
    private final List<CustomerRelationship> all;

    /** @param customer null when there is no such customer or nobody knows it */
    CustomerRelationships(UUID customerId, Customer customer, List<CustomerRelationship> all) {
        this.customerId = customerId;
        this.customer = customer;
        this.all = List.copyOf(all);
    }

    /** Error 20002 when the partner has no relationship of any kind, or when there is no such customer (D5). */
    public CustomerRelationships require(UUID partnerId) {
        if (all.stream().noneMatch(relationship -> relationship.partnerId().equals(partnerId))) {
            throw new DomainException(ErrorCode.NO_RELATIONSHIP, partnerId, customerId);
        }
        return this;
    }

    /** The customer; never null after {@link #require}. */
    public Customer customer() {
        return customer;
    }

    /** Whether the partner may administer the customer's tenant. */
    public boolean isDelegatedAdmin(UUID partnerId) {
        return all.stream()
                .anyMatch(relationship -> relationship.partnerId().equals(partnerId) && relationship.hasDelegatedAdmin());
    }

    /** The resellers that serve this customer for the provider, whichever of the two names the other. */
    public Set<UUID> resellersOf(UUID providerId) {
        var named = all.stream().filter(relationship -> relationship.kind() == INDIRECT_PROVIDER
                && relationship.partnerId().equals(providerId) && relationship.counterpartId() != null)
                .map(CustomerRelationship::counterpartId);
        var naming = all.stream().filter(relationship -> relationship.kind() == INDIRECT_RESELLER
                && providerId.equals(relationship.counterpartId())).map(CustomerRelationship::partnerId);
        return Stream.concat(named, naming).collect(toUnmodifiableSet());
    }

    /** The indirect providers this customer was moved to (TR2, TR5). */
    public Set<UUID> indirectProviders() {
        return all.stream().filter(relationship -> relationship.kind() == INDIRECT_PROVIDER)
                .map(CustomerRelationship::partnerId).collect(toUnmodifiableSet());
    }
}
