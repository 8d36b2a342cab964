package csp.directory.customer;

import csp.directory.customer.CustomerRelationship.Kind;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class CustomerRelationshipRepository implements PanacheRepositoryBase<CustomerRelationship, CustomerRelationship.Key> {

    /** A relationship with its customer, as one row. */
    record Related(CustomerRelationship relationship, Customer customer) {}

    private static final String RELATED = """
            select relationship, customer from CustomerRelationship relationship
            join Customer customer on customer.tenantId = relationship.customerId
            where relationship.customerId\s""";

    /** All relationships of all customers that the partner is related to, whoever's they are. */
    List<Related> ofCustomersOf(UUID partnerId) {
        return getEntityManager()
                .createQuery(RELATED + """
                in (select own.customerId from CustomerRelationship own where own.partnerId = ?1)""", Related.class)
                .setParameter(1, partnerId)
                .getResultList();
    }

    List<Related> ofCustomer(UUID customerId) {
        return getEntityManager()
                .createQuery(RELATED + "= ?1", Related.class)
                .setParameter(1, customerId)
                .getResultList();
    }

    List<Related> ofCustomers(Collection<UUID> customerIds) {
        return getEntityManager()
                .createQuery(RELATED + "in ?1", Related.class)
                .setParameter(1, customerIds)
                .getResultList();
    }

    /**
     * Makes the providers partners of the customers, each with a copy of the bill-to that is there (lifecycle.md R33, R35). The
     * primary key decides who was first.
     *
     * @return the new ones: customer and provider
     */
    List<Tuple> extend(UUID resellerId, UUID[] customerIds, UUID[] providerIds) {
        @SuppressWarnings("unchecked")
        List<Tuple> made = getEntityManager()
                .createNativeQuery("""
                insert into customer_relationship (customer_id, partner_id, kind, counterpart_id, delegated_admin, via, bill_to)
                select customer.tenant_id, provider, 'INDIRECT_PROVIDER', :reseller, false, 'EXTENSION',
                    coalesce(bill_to, cast('{}' as jsonb))
                from unnest(cast(:customers as uuid[]), cast(:providers as uuid[])) as extension (customer_id, provider)
                join customer on customer.tenant_id = extension.customer_id
                order by 1, 2 on conflict do nothing returning customer_id, partner_id""", Tuple.class)
                .setParameter("reseller", resellerId)
                .setParameter("customers", customerIds)
                .setParameter("providers", providerIds)
                .getResultList();
        return made;
    }

    void relate(UUID customerId, UUID partnerId, Kind kind, UUID counterpartId, boolean delegatedAdmin, String via) {
        getEntityManager()
                .createNativeQuery("""
                insert into customer_relationship as known
                    (customer_id, partner_id, kind, counterpart_id, delegated_admin, via)
                values (:customer, :partner, :kind, cast(:counterpart as uuid), :delegated, :via)
                on conflict (customer_id, partner_id, kind) do update set via = excluded.via,
                    counterpart_id = coalesce(known.counterpart_id, excluded.counterpart_id),
                    delegated_admin = known.delegated_admin or excluded.delegated_admin""")
                .setParameter("customer", customerId)
                .setParameter("partner", partnerId)
                .setParameter("kind", kind.name())
                .setParameter("counterpart", counterpartId)
                .setParameter("delegated", delegatedAdmin)
                .setParameter("via", via)
                .executeUpdate();
    }

    boolean end(UUID customerId, UUID partnerId) {
        update("counterpartId = null where customerId = ?1 and counterpartId = ?2", customerId, partnerId);
        return delete("customerId = ?1 and partnerId = ?2", customerId, partnerId) > 0;
    }
}
