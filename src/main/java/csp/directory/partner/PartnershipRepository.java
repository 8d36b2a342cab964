package csp.directory.partner;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PartnershipRepository implements PanacheRepositoryBase<Partnership, Partnership.Key> {

    List<Partnership> ofPartner(UUID partnerId) {
        return list("providerId = ?1 or resellerId = ?1", partnerId);
    }

    /** The primary key decides who was first. */
    boolean add(UUID providerId, UUID resellerId) {
        return getEntityManager()
                        .createNativeQuery("""
                insert into partnership (provider_id, reseller_id, state) values (:provider, :reseller, 'ACTIVE')
                on conflict do nothing""")
                        .setParameter("provider", providerId)
                        .setParameter("reseller", resellerId)
                        .executeUpdate()
                == 1;
    }

    long removeBetween(UUID partnerId, UUID otherId) {
        return delete("providerId = ?1 and resellerId = ?2 or providerId = ?2 and resellerId = ?1", partnerId, otherId);
    }
}
