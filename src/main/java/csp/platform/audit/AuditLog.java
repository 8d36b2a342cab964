package csp.platform.audit;

import static java.time.ZoneOffset.UTC;
import static java.util.Locale.ROOT;

import csp.platform.audit.AuditRecord.Position;
import csp.shared.id.Guid;
import csp.shared.page.Page;
import csp.shared.page.Seek;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads what {@link AuditTrail} wrote. */
@ApplicationScoped
public class AuditLog {

    private static final String PART = """
            \sfrom audit_participant p join audit_record r on r.id = p.record_id
             where p.partner_id = :partner and p.operation_date >= :from and p.operation_date < :until""";

    private static final Pattern TICKS = Pattern.compile("\\d{18}");

    private final EntityManager database;

    AuditLog(EntityManager database) {
        this.database = database;
    }

    /** One page of the records the partner takes part in, newest first. Two queries, whatever the size. */
    public Page<AuditRecord> page(AuditSearch search, Seek<Position> seek) {
        var matching = PART + conditions(search);
        var total = bind(database.createNativeQuery("select count(*)" + matching, Long.class), search);
        return Page.of(seek, (Long) total.getSingleResult(), rows(matching, search, seek));
    }

    /**
     * The record with this id, in any letter case, when the partner takes part in it: its published one, or the one by which a
     * notification named it to the partner. One query.
     */
    public Optional<AuditRecord> find(UUID partnerId, String recordId) {
        var parts = recordId.toLowerCase(ROOT).split("_", -1);
        var time = parts[parts.length - 1];
        if (!TICKS.matcher(time).matches() || Guid.read(parts[0]).isEmpty()) {
            return Optional.empty();
        }
        var query = database.createNativeQuery("""
                select r.* from audit_participant p join audit_record r on r.id = p.record_id
                where p.partner_id = :partner and p.operation_date = :date""", AuditRecord.class);
        @SuppressWarnings("unchecked")
        List<AuditRecord> records = query.setParameter("partner", partnerId)
                .setParameter("date", AuditRecord.timeOf(Long.parseLong(time)).atOffset(UTC))
                .getResultList();
        return records.stream()
                .filter(found ->
                        found.publishedId().equalsIgnoreCase(recordId) || found.isAnnouncedAs(parts, partnerId))
                .findFirst();
    }

    private List<AuditRecord> rows(String matching, AuditSearch search, Seek<Position> seek) {
        var from = seek.from() == null
                ? ""
                : " and (p.operation_date, p.record_id) " + (seek.forward() ? "<" : ">") + " (:date, :id)";
        var direction = seek.forward() ? " desc" : " asc";
        var query = bind(
                database.createNativeQuery(
                        "select r.*" + matching + from + " order by p.operation_date" + direction + ", p.record_id"
                                + direction,
                        AuditRecord.class),
                search);
        if (seek.from() != null) {
            query.setParameter("date", seek.from().operationDate().atOffset(UTC))
                    .setParameter("id", seek.from().id());
        }
        @SuppressWarnings("unchecked")
        List<AuditRecord> rows =
                query.setFirstResult(seek.skipped()).setMaxResults(seek.limit()).getResultList();
        return rows;
    }

    private static String conditions(AuditSearch search) {
        return (search.companyName() == null ? "" : " and position(lower(:companyName) in lower(r.customer_name)) > 0")
                + (search.customerId() == null ? "" : " and r.customer_id = :customerId")
                + (search.resourceType() == null
                        ? ""
                        : " and replace(r.resource_type, '_', '') = replace(lower(:resourceType), '_', '')");
    }

    private static Query bind(Query query, AuditSearch search) {
        query.setParameter("partner", search.partnerId())
                .setParameter("from", search.from().atOffset(UTC))
                .setParameter("until", search.until().atOffset(UTC));
        if (search.companyName() != null) {
            query.setParameter("companyName", search.companyName());
        }
        if (search.customerId() != null) {
            query.setParameter("customerId", search.customerId());
        }
        if (search.resourceType() != null) {
            query.setParameter("resourceType", search.resourceType());
        }
        return query;
    }
}
