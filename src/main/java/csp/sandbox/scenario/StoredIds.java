package csp.sandbox.scenario;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Who owns what already: the ids of a document looked up over the whole world, not only below their own parent. */
final class StoredIds {

    private final Connection connection;

    StoredIds(Connection connection) {
        this.connection = connection;
    }

    /**
     * The parents of those that are stored.
     *
     * @param kind one whose entries have an id, unique over all parents
     */
    Map<Object, UUID> owners(Kind kind, Collection<?> ids) throws SQLException {
        var id = Shape.of(kind.form).property(kind.key.get(0));
        var owner =
                switch (kind) {
                    // Of partners and of customers: the id of a user is unique among both.
                    case PARTNER_USERS, CUSTOMER_USERS -> "coalesce(partner_tenant_id, customer_tenant_id)";
                    case CUSTOMERS -> id.column();
                    default -> kind.parentColumn;
                };
        return map(
                "select %1$s, %2$s from %3$s where %1$s = any (?)".formatted(id.column(), owner, kind.table),
                id.type() == UUID.class ? "uuid" : "text",
                ids);
    }

    /** User principal name in lower case to object id. */
    Map<Object, UUID> usersByName(Collection<String> lowerCaseNames) throws SQLException {
        return map(
                "select lower(user_principal_name), object_id from user_account where lower(user_principal_name) = any (?)",
                "text",
                lowerCaseNames);
    }

    /** Users and applications to the hashes of their secrets, as far as they have one. */
    static Map<UUID, String> secretHashes(Connection connection, UUID[] ids) throws SQLException {
        var found = new HashMap<UUID, String>();
        try (var select = connection.prepareStatement("""
                select object_id, password_hash from user_account where object_id = any (?)
                union all select client_id, client_secret_hash from application where client_id = any (?)""")) {
            select.setArray(1, connection.createArrayOf("uuid", ids));
            select.setArray(2, connection.createArrayOf("uuid", ids));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getObject(1, UUID.class), row.getString(2));
                }
            }
        }
        return found;
    }

    /** Subscription to the open transfer that holds it. */
    Map<Object, UUID> claimsOfCustomers(Collection<UUID> customerIds) throws SQLException {
        return map("""
                select claim.subscription_id, claim.transfer_id
                from transfer_claim claim join subscription on subscription.id = claim.subscription_id
                where subscription.customer_id = any (?)""", "uuid", customerIds);
    }

    private Map<Object, UUID> map(String sql, String type, Collection<?> ids) throws SQLException {
        var found = new HashMap<Object, UUID>();
        try (var select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf(type, ids.toArray()));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getObject(1), row.getObject(2, UUID.class));
                }
            }
        }
        return found;
    }
}
