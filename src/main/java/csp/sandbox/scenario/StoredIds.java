package csp.sandbox.scenario;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Who owns what already: the ids of a document looked up over the whole world, not only below their own tenant. */
final class StoredIds {

    /** A partner in so far as others refer to it or must not repeat it. */
    record PartnerEntry(UUID id, String name, String domain, String mpnId, String currency) {}

    private final Connection connection;

    StoredIds(Connection connection) {
        this.connection = connection;
    }

    Map<UUID, PartnerEntry> partners() throws SQLException {
        var partners = new HashMap<UUID, PartnerEntry>();
        try (var select = connection.prepareStatement("select tenant_id, name, domain, mpn_id, currency from partner");
                var row = select.executeQuery()) {
            while (row.next()) {
                var id = row.getObject(1, UUID.class);
                partners.put(
                        id,
                        new PartnerEntry(id, row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
            }
        }
        return partners;
    }

    /** Object id of a user to the partner or customer it belongs to. */
    Map<UUID, UUID> usersById(Collection<UUID> ids) throws SQLException {
        return owners(
                "select object_id, coalesce(partner_tenant_id, customer_tenant_id) from user_account where object_id = any (?)",
                ids);
    }

    /** User principal name in lower case to object id. */
    Map<String, UUID> usersByName(Collection<String> lowerCaseNames) throws SQLException {
        return map(
                "select lower(user_principal_name), object_id from user_account where lower(user_principal_name) = any (?)",
                "text",
                lowerCaseNames,
                String.class);
    }

    Map<UUID, UUID> applications(Collection<UUID> ids) throws SQLException {
        return owners("select client_id, tenant_id from application where client_id = any (?)", ids);
    }

    /** Token of an invitation to the provider that sent it. */
    Map<String, UUID> invitations(Collection<String> tokens) throws SQLException {
        return map(
                "select token, provider_id from partnership_invitation where token = any (?)",
                "text",
                tokens,
                String.class);
    }

    /** Token of an invitation to the partner that sent it. */
    Map<String, UUID> customerInvitations(Collection<String> tokens) throws SQLException {
        return map(
                "select token, inviter_id from customer_invitation where token = any (?)",
                "text",
                tokens,
                String.class);
    }

    /** Those that are there, each to itself. */
    Map<UUID, UUID> customers(Collection<UUID> ids) throws SQLException {
        return owners("select tenant_id, tenant_id from customer where tenant_id = any (?)", ids);
    }

    Map<UUID, UUID> consents(Collection<UUID> ids) throws SQLException {
        return owners("select id, customer_id from extension_consent where id = any (?)", ids);
    }

    Map<UUID, UUID> subscriptions(Collection<UUID> ids) throws SQLException {
        return owners("select id, customer_id from subscription where id = any (?)", ids);
    }

    /** Withdrawn ones too: their ids are taken although nobody sees them. */
    Map<UUID, UUID> transfers(Collection<UUID> ids) throws SQLException {
        return owners("select id, customer_tenant_id from transfer where id = any (?)", ids);
    }

    Map<String, UUID> orders(Collection<String> ids) throws SQLException {
        return map("select id, customer_id from customer_order where id = any (?)", "text", ids, String.class);
    }

    /** Subscription to the open transfer that holds it. */
    Map<UUID, UUID> claimsOfCustomers(Collection<UUID> customerIds) throws SQLException {
        return owners("""
                select claim.subscription_id, claim.transfer_id
                from transfer_claim claim join subscription on subscription.id = claim.subscription_id
                where subscription.customer_id = any (?)""", customerIds);
    }

    private Map<UUID, UUID> owners(String sql, Collection<UUID> ids) throws SQLException {
        return map(sql, "uuid", ids, UUID.class);
    }

    private <K> Map<K, UUID> map(String sql, String type, Collection<K> ids, Class<K> key) throws SQLException {
        var found = new HashMap<K, UUID>();
        try (var select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf(type, ids.toArray()));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getObject(1, key), row.getObject(2, UUID.class));
                }
            }
        }
        return found;
    }
}
