package csp.customer;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class CustomerRelationshipRepository implements PanacheRepositoryBase<CustomerRelationship, CustomerRelationship.Key> {

    /** A relationship with its customer, as one row. */
    record Related(CustomerRelationship relationship, Customer customer) {
    }

    List<Related> ofCustomer(UUID customerId) {
        return getEntityManager().createQuery("""
                select relationship, customer from CustomerRelationship relationship
                join Customer customer on customer.tenantId = relationship.customerId
                where relationship.customerId = ?1""", Related.class).setParameter(1, customerId).getResultList();
    }
}
