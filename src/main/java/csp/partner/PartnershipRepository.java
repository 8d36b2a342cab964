package csp.partner;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class PartnershipRepository implements PanacheRepositoryBase<Partnership, Partnership.Key> {
}
