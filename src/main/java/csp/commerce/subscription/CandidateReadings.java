package csp.commerce.subscription;

import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Hundreds of subscriptions at a time for whoever asks which of them may move: six columns and the claim in one statement. As entities,
 * with their claims in a statement of their own, they took the larger part of the time of that answer (docs/performance/changes.md).
 */
@ApplicationScoped
class CandidateReadings {

    /** The claims row by row: a join would be answered by reading all claims there are. */
    private static final String LISTED = """
            select s.id, s.product, s.status, s.sync_state, s.parent_subscription_id, s.moved_away,
                (select claim.transfer_id from transfer_claim claim where claim.subscription_id = s.id)
            from subscription s
            where s.customer_id = ? and s.partner_id = ? and not (s.moved_away and s.product <> 'LICENSE')
            order by s.creation_date, s.id""";

    private final PlainSql sql;

    CandidateReadings(PlainSql sql) {
        this.sql = sql;
    }

    /** What {@link SubscriptionRepository#listed} lists, in its order. One query. */
    List<ListedCandidate> listed(UUID customerId, UUID partnerId) {
        return sql.list(LISTED, CandidateReadings::candidate, customerId, partnerId);
    }

    private static ListedCandidate candidate(ResultSet row) throws SQLException {
        return new ListedCandidate(
                row.getObject(1, UUID.class),
                Product.valueOf(row.getString(2)),
                SubscriptionStatus.valueOf(row.getString(3)),
                SyncState.valueOf(row.getString(4)),
                row.getObject(5, UUID.class),
                row.getBoolean(6),
                row.getObject(7, UUID.class));
    }
}
