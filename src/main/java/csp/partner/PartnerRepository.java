package csp.partner;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class PartnerRepository implements PanacheRepositoryBase<Partner, UUID> {

    List<Partner> findAllById(Collection<UUID> ids) {
        return list("tenantId in ?1", ids);
    }

    List<Partner> findByMpnIds(Collection<String> mpnIds) {
        return list("mpnId in ?1", mpnIds);
    }
}
