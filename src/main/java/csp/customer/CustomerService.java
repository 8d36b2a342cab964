package csp.customer;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

/** What other features ask about customers. */
@ApplicationScoped
public class CustomerService {

    private final CustomerRelationshipRepository relationships;

    CustomerService(CustomerRelationshipRepository relationships) {
        this.relationships = relationships;
    }

    /** All relationships of the customer; none when there is no such customer. One query. */
    public CustomerRelationships relationshipsOf(UUID customerId) {
        return new CustomerRelationships(customerId, relationships.ofCustomer(customerId));
    }
}
