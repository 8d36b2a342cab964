package csp.customer;

import static java.util.Comparator.comparing;
import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import csp.customer.CustomerRelationshipRepository.Related;

/** What other features ask about customers. */
@ApplicationScoped
public class CustomerService {

    private final CustomerRepository customers;
    private final CustomerRelationshipRepository relationships;

    CustomerService(CustomerRepository customers, CustomerRelationshipRepository relationships) {
        this.customers = customers;
        this.relationships = relationships;
    }

    /** The customer and all its relationships; none when there is no such customer. One query. */
    public CustomerRelationships relationshipsOf(UUID customerId) {
        var related = relationships.ofCustomer(customerId);
        return new CustomerRelationships(customerId, related.isEmpty() ? null : related.get(0).customer(),
                related.stream().map(Related::relationship).toList());
    }

    /** Every customer of the partner with all its relationships, in the order of their names. One query. */
    public List<CustomerRelationships> relationshipsOfAll(UUID partnerId) {
        return relationships.ofCustomersOf(partnerId).stream().collect(groupingBy(related -> related.customer().tenantId()))
                .values().stream()
                .map(related -> new CustomerRelationships(related.get(0).customer().tenantId(), related.get(0).customer(),
                        related.stream().map(Related::relationship).toList()))
                .sorted(comparing((CustomerRelationships related) -> related.customer().companyName().toLowerCase(ROOT))
                        .thenComparing(related -> related.customer().tenantId()))
                .toList();
    }

    /** The customer that is known to be there. One query. */
    public Customer find(UUID customerId) {
        return customers.findById(customerId);
    }

    /**
     * The customer accepted the partner by an invitation (lifecycle.md R38, R69). A relationship that is there already keeps
     * its
     * counterpart and what it may do, and gains what is new.
     *
     * @param counterpartId the provider of a reseller or the reseller of a provider; null for a direct reseller
     */
    public void relateByInvitation(UUID customerId, UUID partnerId, CustomerRelationship.Kind kind, UUID counterpartId,
            boolean delegatedAdmin) {
        relationships.relate(customerId, partnerId, kind, counterpartId, delegatedAdmin, "INVITATION");
    }

    /**
     * Ends everything between the customer and the partner; a relationship of another partner that names it as its
     * counterpart stays, without it. False when there is nothing to end.
     */
    public boolean part(UUID customerId, UUID partnerId) {
        return relationships.end(customerId, partnerId);
    }

    /** One page of the customers that fit, in the order of their names. Two queries, whatever the size. */
    public CustomerPage page(CustomerSearch search, CustomerSeek seek) {
        return customers.page(search, seek);
    }
}
