package csp.directory.relationship;

import static csp.directory.relationship.CustomerRelationship.Kind.INDIRECT_PROVIDER;
import static csp.directory.relationship.CustomerRelationship.Kind.INDIRECT_RESELLER;
import static java.util.stream.Collectors.toUnmodifiableSet;

import csp.directory.relationship.CustomerRelationship.Kind;
import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Every relationship of one customer, and what its partners may do by them. */
public final class CustomerRelationships {

    private final UUID customerId;
    private final List<CustomerRelationship> all;

    /** @param all of this customer; empty when there is no such customer, or when nobody knows it */
    public CustomerRelationships(UUID customerId, List<CustomerRelationship> all) {
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

    /**
     * As {@link #require}, for an action that is not for every kind of partner (lifecycle.md §6). A partner that serves the
     * customer as indirect reseller only leaves most of them to its provider; what else stands in the way of a provider is for
     * the rules of the operation to say. Error 2032.
     */
    public CustomerRelationships requirePermitted(UUID partnerId, CustomerAction action) {
        require(partnerId).refusalOf(partnerId, action).ifPresent(refusal -> {
            throw refusal;
        });
        return this;
    }

    /** What {@link #requirePermitted} throws to a related partner; empty when it lets it pass. */
    public Optional<DomainException> refusalOf(UUID partnerId, CustomerAction action) {
        return action.isFor(INDIRECT_RESELLER) || !isResellerOnly(partnerId)
                ? Optional.empty()
                : Optional.of(new DomainException(ErrorCode.INDIRECT_CUSTOMER, action.wireName, customerId, partnerId));
    }

    /** Whether the customer was acquired through a provider and no other way (R46). */
    public boolean isResellerOnly(UUID partnerId) {
        return kindsOf(partnerId).equals(Set.of(INDIRECT_RESELLER));
    }

    /** What the partner is to the customer; empty when nothing. */
    public Set<Kind> kindsOf(UUID partnerId) {
        return all.stream()
                .filter(relationship -> relationship.partnerId().equals(partnerId))
                .map(CustomerRelationship::kind)
                .collect(toUnmodifiableSet());
    }

    /** Every partner of the customer. */
    public UUID[] partnerIds() {
        return all.stream().map(CustomerRelationship::partnerId).distinct().toArray(UUID[]::new);
    }

    /** Every relationship of the customer, in no order. */
    public List<CustomerRelationship> all() {
        return all;
    }

    /** The relationship with a bill-to of its own, which it got when it was extended to the partner (lifecycle.md R33). */
    public Optional<CustomerRelationship> withOwnBillTo(UUID partnerId) {
        return all.stream()
                .filter(relationship -> relationship.partnerId().equals(partnerId))
                .filter(relationship -> relationship.billTo() != null)
                .findFirst();
    }

    /** Whether the partner may administer the customer's tenant. */
    public boolean isDelegatedAdmin(UUID partnerId) {
        return all.stream()
                .anyMatch(
                        relationship -> relationship.partnerId().equals(partnerId) && relationship.hasDelegatedAdmin());
    }

    /** The resellers that serve this customer for the provider, whichever of the two names the other. */
    public Set<UUID> resellersOf(UUID providerId) {
        var named = all.stream()
                .filter(relationship -> relationship.kind() == INDIRECT_PROVIDER
                        && relationship.partnerId().equals(providerId)
                        && relationship.counterpartId() != null)
                .map(CustomerRelationship::counterpartId);
        var naming = all.stream()
                .filter(relationship ->
                        relationship.kind() == INDIRECT_RESELLER && providerId.equals(relationship.counterpartId()))
                .map(CustomerRelationship::partnerId);
        return Stream.concat(named, naming).collect(toUnmodifiableSet());
    }

    /** The indirect providers this customer was moved to (TR2, TR5). */
    public Set<UUID> indirectProviders() {
        return all.stream()
                .filter(relationship -> relationship.kind() == INDIRECT_PROVIDER)
                .map(CustomerRelationship::partnerId)
                .collect(toUnmodifiableSet());
    }
}
