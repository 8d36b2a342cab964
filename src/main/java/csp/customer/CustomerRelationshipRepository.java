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

    /** All relationships of all customers that the partner is related to, whoever's they are. */
    List<Related> ofCustomersOf(UUID partnerId) {
        return getEntityManager().createQuery("""
                select relationship, customer from CustomerRelationship relationship
                join Customer customer on customer.tenantId = relationship.customerId
                where relationship.customerId in
                    (select own.customerId from CustomerRelationship own where own.partnerId = ?1)""", Related.class)
                .setParameter(1, partnerId).getResultList();
    }

    List<Related> ofCustomer(UUID customerId) {
        return getEntityManager().createQuery("""
                select relationship, customer from CustomerRelationship relationship
                join Customer customer on customer.tenantId = relationship.customerId
                where relationship.customerId = ?1""", Related.class).setParameter(1, customerId).getResultList();
    }
}
