package csp.identity;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tenants, applications and users as far as signing in needs them; read only. */
@ApplicationScoped
class Accounts {

    private static final String TENANTS_BY_ID = """
            select tenant_id from partner where tenant_id = ? union select tenant_id from customer where tenant_id = ?""";
    // Customers may share a domain: the account then tells which of them is meant.
    private static final String TENANTS_BY_DOMAIN = """
            select tenant_id from partner where lower(domain) = lower(?)
            union select tenant_id from customer where lower(domain) = lower(?)""";
    private static final String APPLICATION = """
            select tenant_id, client_secret_hash, direct_bill_left is not null as left_direct_bill
            from application join partner using (tenant_id) where client_id = ?""";
    private static final String USER = """
            select object_id, coalesce(partner_tenant_id, customer_tenant_id) as tenant_id, customer_tenant_id is not null as of_customer,
                   user_principal_name, roles, password_hash, exists (select from partner
                   where tenant_id = partner_tenant_id and direct_bill_left is not null) as left_direct_bill
            from user_account where\s""";

    private final AgroalDataSource database;
    private final Secrets secrets;

    Accounts(AgroalDataSource database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /** The partners and customers with this id or domain name, any case; none when there is no such tenant. */
    Set<UUID> tenantsNamed(String name) {
        var id = uuid(name);
        return query(
                id.isPresent() ? TENANTS_BY_ID : TENANTS_BY_DOMAIN,
                statement -> {
                    statement.setObject(1, id.isPresent() ? id.get() : name);
                    statement.setObject(2, id.isPresent() ? id.get() : name);
                },
                rows -> {
                    Set<UUID> tenants = new HashSet<>();
                    while (rows.next()) {
                        tenants.add(rows.getObject("tenant_id", UUID.class));
                    }
                    return tenants;
                });
    }

    /** The application when the secret is its own. An unknown application takes as long to refuse as a wrong secret. */
    Optional<Application> application(String clientId, String secret) {
        var id = uuid(clientId);
        record Row(Application application, String secretHash) {}
        var row = id.flatMap(known -> query(
                APPLICATION,
                statement -> statement.setObject(1, known),
                rows -> rows.next()
                        ? Optional.of(new Row(
                                new Application(
                                        known,
                                        rows.getObject("tenant_id", UUID.class),
                                        rows.getBoolean("left_direct_bill")),
                                rows.getString("client_secret_hash")))
                        : Optional.empty()));
        var matches = secrets.matches(secret, row.map(Row::secretHash).orElse(null));
        return row.filter(found -> matches).map(Row::application);
    }

    /** The user with this name, any case, when the password is right. An unknown user takes as long to refuse. */
    Optional<User> userWithPassword(String userPrincipalName, String password) {
        record Row(User user, String passwordHash) {}
        var row = query(
                USER + "lower(user_principal_name) = lower(?)",
                statement -> statement.setString(1, userPrincipalName),
                rows -> rows.next()
                        ? Optional.of(new Row(user(rows), rows.getString("password_hash")))
                        : Optional.<Row>empty());
        var matches = secrets.matches(password, row.map(Row::passwordHash).orElse(null));
        return row.filter(found -> matches).map(Row::user);
    }

    /** Whether there is a user with this name, any case. */
    boolean hasUser(String userPrincipalName) {
        return query(
                USER + "lower(user_principal_name) = lower(?)",
                statement -> statement.setString(1, userPrincipalName),
                ResultSet::next);
    }

    /** The user as it is now, for a refresh. */
    Optional<User> user(UUID objectId) {
        return query(
                USER + "object_id = ?",
                statement -> statement.setObject(1, objectId),
                rows -> rows.next() ? Optional.of(user(rows)) : Optional.empty());
    }

    private static User user(ResultSet row) throws SQLException {
        Array roles = row.getArray("roles");
        return new User(
                row.getObject("object_id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getBoolean("of_customer"),
                row.getBoolean("left_direct_bill"),
                row.getString("user_principal_name"),
                List.of((String[]) roles.getArray()));
    }

    // UUID.fromString accepts "1-1-1-1-1" too; an id here has its full form or is a name.
    private static Optional<UUID> uuid(String text) {
        return text.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    private <T> T query(String sql, Binder binder, Reader<T> reader) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            try (var rows = statement.executeQuery()) {
                return reader.read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The accounts cannot be read", e);
        }
    }

    private interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
