package csp.directory.customer;

import csp.directory.relationship.CustomerRelationship;
import csp.shared.page.Page;
import csp.shared.page.Seek;
import csp.shared.storage.LikePattern;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class CustomerRepository implements PanacheRepositoryBase<Customer, UUID> {

    private static final String LISTING = " from customer_listing l";
    private static final String CUSTOMER = " join customer c on c.tenant_id = l.customer_id";
    private static final String POSITION = "l.list_name, l.customer_id";

    Page<CustomerSummary> page(CustomerSearch search, Seek<CustomerSummary.Position> seek) {
        var matching = " where l.partner_id = :partner" + condition(search.field());
        // The list alone is enough to count, unless the filter asks for what is not in it.
        var counted = LISTING + (search.field() == CustomerSearch.Field.DOMAIN ? CUSTOMER : "") + matching;
        var total = bind(getEntityManager().createNativeQuery("select count(*)" + counted, Long.class), search);
        return Page.of(seek, (Long) total.getSingleResult(), rows(matching, search, seek));
    }

    private List<CustomerSummary> rows(String matching, CustomerSearch search, Seek<CustomerSummary.Position> seek) {
        var direction = seek.forward() ? "" : " desc";
        var from = seek.from() == null
                ? ""
                : " and (" + POSITION + ") " + (seek.forward() ? ">" : "<") + " (:name, :tenantId)";
        var order = " order by " + POSITION.replace(",", direction + ",") + direction;
        var query = bind(
                getEntityManager()
                        .createNativeQuery(
                                "select c.tenant_id, c.company_name, c.domain, l.list_name" + LISTING + CUSTOMER
                                        + matching + from + order,
                                Tuple.class),
                search);
        if (seek.from() != null) {
            query.setParameter("name", seek.from().name())
                    .setParameter("tenantId", seek.from().tenantId());
        }
        @SuppressWarnings("unchecked")
        List<Tuple> tuples =
                query.setFirstResult(seek.skipped()).setMaxResults(seek.limit()).getResultList();
        return tuples.stream().map(CustomerRepository::summary).toList();
    }

    private static CustomerSummary summary(Tuple row) {
        var tenantId = row.get("tenant_id", UUID.class);
        return new CustomerSummary(
                tenantId,
                row.get("company_name", String.class),
                row.get("domain", String.class),
                new CustomerSummary.Position(row.get("list_name", String.class), tenantId));
    }

    private static String condition(CustomerSearch.Field field) {
        if (field == null) {
            return "";
        }
        return switch (field) {
            // As a range, which an index can find whatever the prefix: from it to the last text that begins with it.
            case COMPANY_NAME -> " and l.list_name >= lower(:prefix) and l.list_name < lower(:prefix) || chr(1114111)";
            case DOMAIN -> " and lower(c.domain) like lower(:prefix)";
            case INDIRECT_RESELLER -> between("INDIRECT_PROVIDER", "INDIRECT_RESELLER");
            case INDIRECT_CLOUD_SOLUTION_PROVIDER -> between("INDIRECT_RESELLER", "INDIRECT_PROVIDER");
        };
    }

    /** The caller names the wanted partner as its counterpart, or the other way round. */
    private static String between(String kindOfCaller, String kindOfOther) {
        return """
                \sand exists (select from customer_relationship r where r.customer_id = l.customer_id
                 and (r.partner_id = :partner and r.kind = '%s' and cast(r.counterpart_id as text) like lower(:prefix)
                 or r.counterpart_id = :partner and r.kind = '%s' and cast(r.partner_id as text) like lower(:prefix)))""".formatted(kindOfCaller, kindOfOther);
    }

    private static Query bind(Query query, CustomerSearch search) {
        query.setParameter("partner", search.partnerId());
        if (search.field() == CustomerSearch.Field.COMPANY_NAME) {
            query.setParameter("prefix", search.prefix());
        } else if (search.field() != null) {
            query.setParameter("prefix", LikePattern.startingWith(search.prefix()));
        }
        return query;
    }

    /** A customer with one of its relationships, as one row. */
    record Related(Customer customer, CustomerRelationship relationship) {}

    private static final String RELATED = """
            select customer, relationship from CustomerRelationship relationship
            join Customer customer on customer.tenantId = relationship.customerId
            where relationship.customerId\s""";

    /** The customer once for each of its relationships, whoever's they are. */
    List<Related> related(UUID customerId) {
        return getEntityManager()
                .createQuery(RELATED + "= ?1", Related.class)
                .setParameter(1, customerId)
                .getResultList();
    }

    /** As {@link #related(UUID)}, for several customers. */
    List<Related> related(Collection<UUID> customerIds) {
        return getEntityManager()
                .createQuery(RELATED + "in ?1", Related.class)
                .setParameter(1, customerIds)
                .getResultList();
    }

    /** As {@link #related(UUID)}, for all customers that the partner is related to. */
    List<Related> relatedTo(UUID partnerId) {
        return getEntityManager()
                .createQuery(RELATED + """
                in (select own.customerId from CustomerRelationship own where own.partnerId = ?1)""", Related.class)
                .setParameter(1, partnerId)
                .getResultList();
    }

    /** Writes at once, with a new version even if what changed is not in the row of the customer. */
    void countChange(Customer customer) {
        getEntityManager().lock(customer, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
        flush();
    }
}
