package csp.customer;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import csp.customer.CustomerRelationship.Kind;
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

    void relate(UUID customerId, UUID partnerId, Kind kind, UUID counterpartId, boolean delegatedAdmin, String via) {
        getEntityManager().createNativeQuery("""
                insert into customer_relationship as known
                    (customer_id, partner_id, kind, counterpart_id, delegated_admin, via)
                values (:customer, :partner, :kind, cast(:counterpart as uuid), :delegated, :via)
                on conflict (customer_id, partner_id, kind) do update set via = excluded.via,
                    counterpart_id = coalesce(known.counterpart_id, excluded.counterpart_id),
                    delegated_admin = known.delegated_admin or excluded.delegated_admin""").setParameter("customer", customerId)
                .setParameter("partner", partnerId).setParameter("kind", kind.name())
                .setParameter("counterpart", counterpartId).setParameter("delegated", delegatedAdmin).setParameter("via", via)
                .executeUpdate();
    }

    boolean end(UUID customerId, UUID partnerId) {
        update("counterpartId = null where customerId = ?1 and counterpartId = ?2", customerId, partnerId);
        return delete("customerId = ?1 and partnerId = ?2", customerId, partnerId) > 0;
    }
}
