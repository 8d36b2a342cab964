package csp.partner;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.TypedQuery;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class PartnerRepository implements PanacheRepositoryBase<Partner, UUID> {

    List<Partner> findAllById(Collection<UUID> ids) {
        return list("tenantId in ?1", ids);
    }

    List<Partner> findByMpnIds(Collection<String> mpnIds) {
        return list("mpnId in ?1", mpnIds);
    }

    private static final String PROVIDERS = """
            from Partner where indirectProvider = ACTIVE and (:country is null or country = :country)
            and (:name is null or lower(name) like lower(:name) escape '\\')
            and (:offering is null or jsonb_exists(offerings, :offering))""";

    /** In the order of their names. */
    List<Partner> providers(ProviderSearch search, int limit) {
        return bind(getEntityManager().createQuery(PROVIDERS + " order by lower(name), tenantId", Partner.class), search)
                .setMaxResults(limit).getResultList();
    }

    int countProviders(ProviderSearch search) {
        return Math.toIntExact(bind(getEntityManager().createQuery("select count(*) " + PROVIDERS, Long.class), search)
                .getSingleResult());
    }

    private static <T> TypedQuery<T> bind(TypedQuery<T> query, ProviderSearch search) {
        var name = search.name() == null ? null : "%" + search.name().replaceAll("[\\\\%_]", "\\\\$0") + "%";
        return query.setParameter("country", search.country()).setParameter("name", name)
                .setParameter("offering", search.offering() == null ? null : search.offering().wireName());
    }
}
