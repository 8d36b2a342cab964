package csp.identity;

import static java.util.stream.Collectors.toUnmodifiableSet;

import csp.shared.caller.Role;
import csp.shared.id.Guid;
import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tenants, applications and users as far as signing in and verifying tokens need them; read only. */
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
                   user_principal_name, mfa, roles, password_hash, exists (select from partner
                   where tenant_id = partner_tenant_id and direct_bill_left is not null) as left_direct_bill
            from user_account where\s""";
    private static final String STANDING = """
            select false as of_customer, direct_bill_left is not null as left_direct_bill,
                   (select roles from user_account where object_id = ? and partner_tenant_id = tenant_id) as roles
            from partner where tenant_id = ?
            union all
            select true, false, (select roles from user_account where object_id = ? and customer_tenant_id = tenant_id)
            from customer where tenant_id = ?""";

    private final PlainSql sql;
    private final SecretVerifier secrets;

    Accounts(PlainSql sql, SecretVerifier secrets) {
        this.sql = sql;
        this.secrets = secrets;
    }

    /**
     * A user with what it signs in with.
     *
     * @param passwordHash null when the user has no password
     */
    record Account(User user, String passwordHash) {

        @Override
        public String toString() {
            return "Account of " + user.objectId();
        }
    }

    /**
     * What our tables say of a caller whose token they do not stand behind.
     *
     * @param roles of the user; none when it is no user of the tenant
     */
    record Standing(boolean ofCustomer, boolean leftDirectBill, Set<Role> roles) {}

    /** The partners and customers with this id or domain name, any case; none when there is no such tenant. */
    Set<UUID> tenantsNamed(String name) {
        var id = Guid.read(name);
        Object key = id.isPresent() ? id.get() : name;
        return Set.copyOf(sql.list(
                id.isPresent() ? TENANTS_BY_ID : TENANTS_BY_DOMAIN,
                row -> row.getObject("tenant_id", UUID.class),
                key,
                key));
    }

    /** The application when the secret is its own. An unknown application takes as long to refuse as a wrong secret. */
    Optional<Application> application(String clientId, String secret) {
        var id = Guid.read(clientId);
        record Row(Application application, String secretHash) {}
        var row = id.flatMap(known -> sql.first(
                APPLICATION,
                found -> new Row(
                        new Application(
                                known, found.getObject("tenant_id", UUID.class), found.getBoolean("left_direct_bill")),
                        found.getString("client_secret_hash")),
                known));
        var verdict = secrets.verify(secret, row.map(Row::secretHash).orElse(null));
        return row.filter(found -> verdict.isRight()).map(Row::application);
    }

    /** The user with this name, any case. */
    Optional<Account> userNamed(String userPrincipalName) {
        return sql.first(USER + "lower(user_principal_name) = lower(?)", Accounts::account, userPrincipalName);
    }

    /** Whether there is a user with this name, any case. */
    boolean hasUser(String userPrincipalName) {
        return userNamed(userPrincipalName).isPresent();
    }

    /** The user as it is now, for a refresh. */
    Optional<Account> user(UUID objectId) {
        return sql.first(USER + "object_id = ?", Accounts::account, objectId);
    }

    /** What a tenant is here, and the roles of the user in it; empty when the tenant is neither a partner nor a customer. */
    Optional<Standing> standing(UUID tenantId, UUID userId) {
        return sql.first(
                STANDING,
                row -> new Standing(
                        row.getBoolean("of_customer"),
                        row.getBoolean("left_direct_bill"),
                        roles(row).stream()
                                .flatMap(name -> Role.of(name).stream())
                                .collect(toUnmodifiableSet())),
                userId,
                tenantId,
                userId,
                tenantId);
    }

    private static List<String> roles(ResultSet row) throws SQLException {
        Array roles = row.getArray("roles");
        return roles == null ? List.of() : List.of((String[]) roles.getArray());
    }

    private static Account account(ResultSet row) throws SQLException {
        var user = new User(
                row.getObject("object_id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getBoolean("of_customer"),
                row.getBoolean("left_direct_bill"),
                row.getString("user_principal_name"),
                row.getBoolean("mfa"),
                roles(row));
        return new Account(user, row.getString("password_hash"));
    }
}
