package csp.directory.partner;

import csp.shared.storage.LikePattern;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PartnerRepository implements PanacheRepositoryBase<Partner, UUID> {

    List<Partner> findAllById(Collection<UUID> ids) {
        return all("tenant_id = any (:values)", ids.toArray(UUID[]::new));
    }

    List<Partner> findByMpnIds(Collection<String> mpnIds) {
        return all("mpn_id = any (:values)", mpnIds.toArray(String[]::new));
    }

    /** On the path of every transfer, and a query with a list as its parameter would be translated anew each time. */
    @SuppressWarnings("unchecked")
    private List<Partner> all(String condition, Object[] values) {
        return getEntityManager()
                .createNativeQuery("select * from partner where " + condition, Partner.class)
                .setParameter("values", values)
                .getResultList();
    }

    /** Of one column, on the path of every question what may move: the row is wide, with JSON in three of its columns. */
    boolean isEnrolledReseller(UUID tenantId) {
        return count("tenantId = ?1 and indirectReseller = ENROLLED", tenantId) > 0;
    }

    private static final String PROVIDERS = """
            \sfrom partner where indirect_provider = 'ACTIVE' and country like :country and lower(name) like lower(:name)
            and offerings @> cast(:offerings as jsonb)""";

    /** In the order of their names. */
    List<Partner> providers(ProviderSearch search, int limit) {
        @SuppressWarnings("unchecked")
        List<Partner> found = bind(
                        getEntityManager()
                                .createNativeQuery(
                                        "select *" + PROVIDERS + " order by lower(name), tenant_id", Partner.class),
                        search)
                .setMaxResults(limit)
                .getResultList();
        return found;
    }

    int countProviders(ProviderSearch search) {
        var count = bind(getEntityManager().createNativeQuery("select count(*)" + PROVIDERS, Long.class), search);
        return Math.toIntExact((Long) count.getSingleResult());
    }

    /** What is not asked for becomes what every provider fits: any text, and no offering. */
    private static Query bind(Query query, ProviderSearch search) {
        var name = search.name() == null ? "" : search.name();
        return query.setParameter("country", search.country() == null ? "%" : search.country())
                .setParameter("name", LikePattern.containing(name))
                .setParameter(
                        "offerings",
                        search.offering() == null
                                ? "[]"
                                : "[\"" + search.offering().wireName() + "\"]");
    }

    /** Reads the partner again, and lets nobody change it before the transaction ends. */
    void keep(Partner partner) {
        getEntityManager().refresh(partner, LockModeType.PESSIMISTIC_READ);
    }
}
