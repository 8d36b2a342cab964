package csp.directory.relationship;

import csp.directory.relationship.CustomerRelationship.Kind;
import csp.directory.relationship.CustomerRelationship.Via;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class RelationshipRepository implements PanacheRepositoryBase<CustomerRelationship, CustomerRelationship.Key> {

    List<CustomerRelationship> ofCustomer(UUID customerId) {
        return list("customerId", customerId);
    }

    /** How many relationships the two have; none of them ends before the transaction does. */
    int hold(UUID customerId, UUID partnerId) {
        return lock(customerId, partnerId, "for share");
    }

    /** How many relationships the two have, for whoever ends them: waits for everybody that holds them. */
    int take(UUID customerId, UUID partnerId) {
        return lock(customerId, partnerId, "for update");
    }

    void takeAll(UUID customerId) {
        getEntityManager()
                .createNativeQuery(
                        "select kind from customer_relationship where customer_id = :customer"
                                + " order by partner_id, kind for update",
                        String.class)
                .setParameter("customer", customerId)
                .getResultList();
    }

    private int lock(UUID customerId, UUID partnerId, String strength) {
        return getEntityManager()
                .createNativeQuery(
                        "select kind from customer_relationship where customer_id = :customer and partner_id = :partner"
                                + " order by kind " + strength,
                        String.class)
                .setParameter("customer", customerId)
                .setParameter("partner", partnerId)
                .getResultList()
                .size();
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

    void relate(UUID customerId, UUID partnerId, Kind kind, UUID counterpartId, boolean delegatedAdmin, Via via) {
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
                .setParameter("via", via.name())
                .executeUpdate();
    }

    /**
     * Ends everything between the two; a relationship of another partner that names it as its counterpart stays, without
     * it. False when there is nothing to end.
     */
    boolean end(UUID customerId, UUID partnerId) {
        update("counterpartId = null where customerId = ?1 and counterpartId = ?2", customerId, partnerId);
        return delete("customerId = ?1 and partnerId = ?2", customerId, partnerId) > 0;
    }
}
