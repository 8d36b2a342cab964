package csp.commerce.order;

import csp.shared.storage.SqlStatement;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class OrderRepository implements PanacheRepositoryBase<Order, String> {

    private static final String PLACED = "customerId = ?1 and partnerId = ?2";

    List<Order> placed(UUID customerId, UUID partnerId) {
        return list(PLACED + " order by creationDate, id", customerId, partnerId);
    }

    Optional<Order> placed(UUID customerId, UUID partnerId, String id) {
        return find(PLACED + " and id = ?3", customerId, partnerId, id).singleResultOptional();
    }

    /** Adds all columns of all of them at once. */
    SqlStatement<Integer> adding(List<Order> placed) {
        return SqlStatement.update("""
                insert into customer_order (id, customer_id, partner_id, transfer_id, transfer_group_id, billing_cycle, currency_code,
                    status, transaction_type, creation_date, line_items, version)
                select * from unnest(?, cast(? as uuid[]), cast(? as uuid[]), cast(? as uuid[]), cast(? as integer[]), ?, ?,
                    ?, ?, cast(? as timestamptz[]), cast(? as jsonb[]), cast(? as integer[]))""", Order.columns(placed));
    }
}
