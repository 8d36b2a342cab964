package csp.transfer.legacy;

import csp.directory.partner.Partner;
import csp.directory.relationship.CustomerRelationship;
import csp.directory.relationship.CustomerRelationship.Kind;
import csp.directory.relationship.CustomerRelationships;
import csp.shared.storage.PlainSql;
import csp.shared.storage.SqlStatement;
import csp.transfer.StoredTransfer;
import csp.transfer.legacy.Prerequisite.Parties;
import csp.transfer.legacy.Prerequisite.Proposal;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Legacy transfers where they are written most: created and accepted, each in as few round trips as the locks allow. */
@ApplicationScoped
class LegacyTransferRepository implements PanacheRepositoryBase<LegacyTransfer, UUID> {

    /**
     * Transfer, customer, target. Who has the transfer is not waited for, nor refused here: there is no row then, as for any other
     * reason why this may not be accepted by this partner, and the checks that stand before the lock are made one by one, in their
     * order. The relationship of the partner that acts is waited for, and stays until the transaction ends.
     */
    private static final String TAKEN = """
            select t.* from transfer t
            join customer_relationship r on r.customer_id = t.customer_tenant_id and r.partner_id = t.target_partner_tenant_id
            where t.id = ? and t.customer_tenant_id = ? and t.target_partner_tenant_id = ?
            and t.type = 'LEGACY' and t.status <> 'WITHDRAWN'
            order by r.kind for no key update of t skip locked for share of r""";

    private static final String AGREED = """
            exists (select from customer_agreement a where a.customer_id = %s and a.type = 'MicrosoftCustomerAgreement'
                and (a.method = 'DIRECT' or a.method = 'ATTESTATION' and a.partner_id = %s)) as agreed""";

    /** Transfer. Both partners, and whether the customer agreement counts as accepted through the target. */
    private static final String PARTIES =
            "select p.*, " + AGREED.formatted("t.customer_tenant_id", "t.target_partner_tenant_id") + """

            from transfer t join partner p on p.tenant_id in (t.source_partner_tenant_id, t.target_partner_tenant_id)
            where t.id = ?""";

    /**
     * Customer, target, source, customer, target, source, target, PartnerIDs. What a partner of a new transfer is: itself, and what else
     * {@link Prerequisite} asks for. Partners on record come with it.
     */
    private static final String PROPOSED = """
            select p.*, array(select r.kind from customer_relationship r where r.customer_id = ?
                and r.partner_id = p.tenant_id) as kinds,
                exists (select from partnership where provider_id = ? and reseller_id = ?) as partnered,
            """ + AGREED.formatted("?", "?") + """

            from partner p where p.tenant_id in (?, ?) or p.mpn_id = any (?)""";

    private final PlainSql sql;

    LegacyTransferRepository(PlainSql sql) {
        this.sql = sql;
    }

    /**
     * Whoever takes part in a new transfer.
     *
     * @param related what the two partners are to the customer, without what else is kept of it
     * @param onRecord the partners with these PartnerIDs, by PartnerID
     */
    record Proposed(CustomerRelationships related, Parties parties, Map<String, Partner> onRecord) {}

    /** One row of {@link #PROPOSED}. */
    private record Participant(Partner partner, String[] kinds, boolean partnered, boolean agreed) {

        static Participant read(ResultSet row) throws SQLException {
            return new Participant(
                    Partner.read(row),
                    (String[]) row.getArray("kinds").getArray(),
                    row.getBoolean("partnered"),
                    row.getBoolean("agreed"));
        }

        Stream<CustomerRelationship> relationships(UUID customerId) {
            return Stream.of(kinds)
                    .map(kind -> new CustomerRelationship(
                            customerId, partner.tenantId(), Kind.valueOf(kind), null, false, null));
        }
    }

    /** All that is to be known of those who take part in a new transfer: one query in place of five. */
    Proposed propose(UUID customerId, UUID sourceId, UUID targetId, Collection<String> mpnIds) {
        var participants = sql.list(
                PROPOSED,
                Participant::read,
                customerId,
                targetId,
                sourceId,
                customerId,
                targetId,
                sourceId,
                targetId,
                mpnIds.toArray(String[]::new));
        var known = new HashMap<UUID, Partner>();
        var onRecord = new HashMap<String, Partner>();
        participants.forEach(participant -> {
            known.put(participant.partner.tenantId(), participant.partner);
            onRecord.put(participant.partner.mpnId(), participant.partner);
        });
        var related = new CustomerRelationships(
                customerId,
                participants.stream()
                        .flatMap(participant -> participant.relationships(customerId))
                        .toList());
        var between = new Proposal(
                sourceId,
                targetId,
                known.get(sourceId),
                known.get(targetId),
                participants.stream().anyMatch(Participant::partnered));
        var parties = new Parties(
                customerId,
                between,
                related.indirectProviders().contains(targetId),
                participants.stream().anyMatch(Participant::agreed));
        return new Proposed(related, parties, onRecord);
    }

    /** A transfer that is held until the transaction ends, and what its target must show to accept it. */
    record Taken(LegacyTransfer transfer, Partner source, Partner target, boolean agreed) {}

    private record Party(Partner partner, boolean agreed) {}

    /**
     * Empty when the target is no party of it or has no relationship with the customer, or when another request has the transfer. One
     * round trip.
     */
    Optional<Taken> take(UUID customerId, UUID transferId, UUID targetId) {
        var taken = SqlStatement.query(
                TAKEN, row -> LegacyTransfer.of(StoredTransfer.read(row)), transferId, customerId, targetId);
        var parties =
                SqlStatement.query(PARTIES, row -> new Party(Partner.read(row), row.getBoolean("agreed")), transferId);
        sql.together(taken, parties);
        return taken.outcome().stream()
                .findFirst()
                .map(transfer -> new Taken(
                        transfer,
                        partner(parties.outcome(), transfer.sourcePartnerTenantId()),
                        partner(parties.outcome(), targetId),
                        parties.outcome().stream().anyMatch(Party::agreed)));
    }

    private static Partner partner(List<Party> parties, UUID tenantId) {
        return parties.stream()
                .map(Party::partner)
                .filter(partner -> partner.tenantId().equals(tenantId))
                .findFirst()
                .orElseThrow();
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
