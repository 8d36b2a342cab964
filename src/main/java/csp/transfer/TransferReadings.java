package csp.transfer;

import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Transfers for whoever only looks at them, half of all requests: one prepared statement into records. Through a session the same row
 * took a third of the processor time of the whole request (docs/performance/changes.md), and nothing of what a session keeps is used.
 */
@ApplicationScoped
class TransferReadings {

    /**
     * One row per transfer of the customer that the partner is a party of, without a transfer when there is none, and no row when the
     * partner does not know the customer: the checks of D5 cost no round trip of their own. What was withdrawn is out of sight (D1).
     * Whoever has a relationship is a customer, so the table of customers is not asked.
     */
    private static final String SEEN = """
            select t.id, t.type, t.customer_tenant_id, t.source_partner_tenant_id, t.source_partner_name,
                t.target_partner_tenant_id, t.target_partner_name, t.status, t.created_time, t.last_modified_time,
                t.last_modified_user, t.version, t.line_items, t.transfer_type, t.customer_email_id, t.customer_name,
                t.target_partner_email_id, t.target_product_types, t.partner_on_record, t.expiration_time, t.completed_time,
                t.accepted_lines
            from (select from customer_relationship r where r.customer_id = ? and r.partner_id = ? limit 1) known
            left join transfer t on t.customer_tenant_id = ? and t.status <> 'WITHDRAWN'
                and (t.source_partner_tenant_id = ? or t.target_partner_tenant_id = ?)""";

    private static final String ONE = SEEN + " and t.id = ?";
    private static final String ALL = SEEN + " order by t.created_time, t.id";

    private final PlainSql sql;

    TransferReadings(PlainSql sql) {
        this.sql = sql;
    }

    /** A partner that knows the customer, and the transfer if there is one. */
    record Sight(Optional<StoredTransfer> transfer) {}

    /** Empty when the partner does not know the customer. One query. */
    Optional<Sight> one(UUID partnerId, UUID customerId, UUID transferId) {
        return sql.first(
                ONE, TransferReadings::sight, customerId, partnerId, customerId, partnerId, partnerId, transferId);
    }

    /** Oldest first; one without a transfer when there is none, nothing when the partner does not know the customer. One query. */
    List<Sight> all(UUID partnerId, UUID customerId) {
        return sql.list(ALL, TransferReadings::sight, customerId, partnerId, customerId, partnerId, partnerId);
    }

    private static Sight sight(ResultSet row) throws SQLException {
        return new Sight(
                row.getObject("id", UUID.class) == null ? Optional.empty() : Optional.of(StoredTransfer.read(row)));
    }
}
