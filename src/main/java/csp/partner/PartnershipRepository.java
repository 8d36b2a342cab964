package csp.partner;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class PartnershipRepository implements PanacheRepositoryBase<Partnership, Partnership.Key> {

    List<Partnership> ofPartner(UUID partnerId) {
        return list("providerId = ?1 or resellerId = ?1", partnerId);
    }
}
