package csp.customer;

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

    /** One page of the customers that fit, in the order of their names. Two queries, whatever the size. */
    public CustomerPage page(CustomerSearch search, CustomerSeek seek) {
        return customers.page(search, seek);
    }
}
