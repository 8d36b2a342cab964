package csp.customer;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class CustomerRelationshipRepository implements PanacheRepositoryBase<CustomerRelationship, CustomerRelationship.Key> {

    List<CustomerRelationship> ofCustomer(UUID customerId) {
        return list("customerId", customerId);
    }
}
