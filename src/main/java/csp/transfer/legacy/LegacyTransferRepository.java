package csp.transfer.legacy;

import csp.directory.partner.Partner;
import csp.directory.relationship.CustomerRelationship;
import csp.directory.relationship.CustomerRelationship.Kind;
import csp.directory.relationship.CustomerRelationships;
import csp.shared.storage.SqlStatement;
import csp.transfer.legacy.Prerequisite.Parties;
import csp.transfer.legacy.Prerequisite.Proposal;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Legacy transfers where they are written most: created and accepted, each in as few round trips as the locks allow. */
@ApplicationScoped
class LegacyTransferRepository implements PanacheRepositoryBase<LegacyTransfer, UUID> {

    /**
     * Who has the transfer is not waited for, nor refused here: there is no row then, as for any other reason why this may not be
     * accepted by this partner, and the checks that stand before the lock are made one by one, in their order. The relationship of the
     * partner that acts is waited for, and stays until the transaction ends.
     */
    private static final String TAKEN = """
            select {t.*}, {source.*}, {target.*}, exists (select from customer_agreement a where a.customer_id = t.customer_tenant_id
                and a.type = 'MicrosoftCustomerAgreement'
                and (a.method = 'DIRECT' or a.method = 'ATTESTATION' and a.partner_id = t.target_partner_tenant_id)) as agreed
            from transfer t
            join customer_relationship r on r.customer_id = t.customer_tenant_id and r.partner_id = t.target_partner_tenant_id
            join partner source on source.tenant_id = t.source_partner_tenant_id
            join partner target on target.tenant_id = t.target_partner_tenant_id
            where t.id = :id and t.customer_tenant_id = :customerId and t.target_partner_tenant_id = :targetId
            and t.type = 'LEGACY' and t.status <> 'WITHDRAWN'
            order by r.kind for no key update of t skip locked for share of r""";

    /** What a partner of a new transfer is: itself, and what else {@link Prerequisite} asks for. Partners on record come with it. */
    private static final String PROPOSED = """
            select {p.*}, array(select r.kind from customer_relationship r where r.customer_id = :customerId
                and r.partner_id = p.tenant_id) as kinds,
                exists (select from partnership where provider_id = :targetId and reseller_id = :sourceId) as partnered,
                exists (select from customer_agreement a where a.customer_id = :customerId
                    and a.type = 'MicrosoftCustomerAgreement'
                    and (a.method = 'DIRECT' or a.method = 'ATTESTATION' and a.partner_id = :targetId)) as agreed
            from partner p where p.tenant_id in (:sourceId, :targetId) or p.mpn_id = any (:mpnIds)""";

    private final StatelessSession withoutContext;

    LegacyTransferRepository(StatelessSession withoutContext) {
        this.withoutContext = withoutContext;
    }

    /**
     * Whoever takes part in a new transfer.
     *
     * @param related what the two partners are to the customer, without what else is kept of it
     * @param onRecord the partners with these PartnerIDs, by PartnerID
     */
    record Proposed(CustomerRelationships related, Parties parties, Map<String, Partner> onRecord) {}

    /** All that is to be known of those who take part in a new transfer: one query in place of five. */
    Proposed propose(UUID customerId, UUID sourceId, UUID targetId, Collection<String> mpnIds) {
        @SuppressWarnings("unchecked")
        List<Object[]> rows = withoutContext
                .createNativeQuery(PROPOSED, Object[].class)
                .addEntity("p", Partner.class)
                .addScalar("kinds", String[].class)
                .addScalar("partnered", Boolean.class)
                .addScalar("agreed", Boolean.class)
                .setParameter("customerId", customerId)
                .setParameter("sourceId", sourceId)
                .setParameter("targetId", targetId)
                .setParameter("mpnIds", mpnIds.toArray(String[]::new))
                .getResultList();
        var known = new HashMap<UUID, Partner>();
        var onRecord = new HashMap<String, Partner>();
        var relationships = new ArrayList<CustomerRelationship>();
        for (var row : rows) {
            var partner = (Partner) row[0];
            known.put(partner.tenantId(), partner);
            onRecord.put(partner.mpnId(), partner);
            for (var kind : (String[]) row[1]) {
                relationships.add(new CustomerRelationship(
                        customerId, partner.tenantId(), Kind.valueOf(kind), null, false, null));
            }
        }
        var related = new CustomerRelationships(customerId, relationships);
        var between = new Proposal(
                sourceId,
                targetId,
                known.get(sourceId),
                known.get(targetId),
                rows.stream().anyMatch(row -> (Boolean) row[2]));
        return new Proposed(
                related,
                new Parties(
                        customerId,
                        between,
                        related.indirectProviders().contains(targetId),
                        rows.stream().anyMatch(row -> (Boolean) row[3])),
                onRecord);
    }

    /** A transfer that is held until the transaction ends, and what its target must show to accept it. */
    record Taken(LegacyTransfer transfer, Partner source, Partner target, boolean agreed) {}

    /** Empty when the target is no party of it or has no relationship with the customer, or when another request has the transfer. */
    Optional<Taken> take(UUID customerId, UUID transferId, UUID targetId) {
        @SuppressWarnings("unchecked")
        List<Object[]> rows = withoutContext
                .createNativeQuery(TAKEN, Object[].class)
                .addEntity("t", LegacyTransfer.class)
                .addEntity("source", Partner.class)
                .addEntity("target", Partner.class)
                .addScalar("agreed", Boolean.class)
                .setParameter("id", transferId)
                .setParameter("customerId", customerId)
                .setParameter("targetId", targetId)
                .getResultList();
        return rows.stream()
                .findFirst()
                .map(row -> new Taken((LegacyTransfer) row[0], (Partner) row[1], (Partner) row[2], (Boolean) row[3]));
    }

    /** Stores a new one. */
    SqlStatement<Integer> adding(LegacyTransfer transfer) {
        return SqlStatement.update(
                """
                insert into transfer (id, type, customer_tenant_id, source_partner_tenant_id, source_partner_name,
                    target_partner_tenant_id, target_partner_name, status, created_time, last_modified_time, last_modified_user,
                    line_items, version)
                values (?, 'LEGACY', ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), 0)""",
                transfer.id(),
                transfer.customerTenantId(),
                transfer.sourcePartnerTenantId(),
                transfer.sourcePartnerName(),
                transfer.targetPartnerTenantId(),
                transfer.targetPartnerName(),
                transfer.status().name(),
                transfer.createdTime(),
                transfer.lastModifiedTime(),
                transfer.lastModifiedUser(),
                transfer.storedLineItems());
    }

    /** Stores what an acceptance changed of one that is {@link #take}n. */
    SqlStatement<Integer> closing(LegacyTransfer transfer) {
        return SqlStatement.update(
                """
                update transfer set status = ?, last_modified_time = ?, last_modified_user = ?, line_items = cast(? as jsonb),
                    version = version + 1 where id = ?""",
                transfer.status().name(),
                transfer.lastModifiedTime(),
                transfer.lastModifiedUser(),
                transfer.storedLineItems(),
                transfer.id());
    }
}
