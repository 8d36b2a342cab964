package csp.identity.api;

import csp.identity.Secrets;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.Dependent;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A partner and a customer of their own for each test, with users and an application, under fresh ids. */
@Dependent
class SignInWorld {

    static final String PUBLIC_CLIENT = "e0000000-0000-4000-8000-0000000000fe";
    static final String OPERATOR_CLIENT = "e0000000-0000-4000-8000-0000000000ff";
    static final String PARTNER_API = "https://api.partnercenter.microsoft.com";
    static final String GRAPH = "https://graph.windows.net";
    static final String SECRET = "s3cret~of the app";
    static final String PASSWORD = "pass wörd+&=%✓";

    final UUID partner = UUID.randomUUID();
    final String domain = "p" + partner + ".example";
    final UUID application = UUID.randomUUID();
    final UUID user = UUID.randomUUID();
    final String userName = "ana.trujillo@" + domain;
    final UUID customer = UUID.randomUUID();
    final String customerDomain = "c" + customer + ".example";
    final UUID customerUser = UUID.randomUUID();
    final String customerUserName = "owner@" + customerDomain;

    private final AgroalDataSource database;
    private final Secrets secrets;

    SignInWorld(AgroalDataSource database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
        execute("""
                        insert into partner (tenant_id, name, domain, country, currency, direct_bill, indirect_reseller, indirect_provider,
                            partner_agreement_signed) values (?, 'Partner', ?, 'US', 'USD', 'NONE', 'NONE', 'NONE', true)""", partner, domain);
        execute(
                "insert into application (client_id, tenant_id, client_secret_hash) values (?, ?, ?)",
                application,
                partner,
                secrets.hash(SECRET));
        execute("""
                insert into customer (tenant_id, company_name, domain, country, version) values (?, 'Customer', ?, 'US', 1)""", customer, customerDomain);
        addUser(user, userName, "GlobalAdmin", "AdminAgent");
        execute(
                """
                insert into user_account (object_id, customer_tenant_id, user_principal_name, password_hash, roles)
                values (?, ?, ?, ?, ?)""",
                customerUser,
                customer,
                customerUserName,
                secrets.hash(PASSWORD),
                List.of("GlobalAdmin").toArray(String[]::new));
    }

    /** One more, beside this one. */
    SignInWorld another() {
        return new SignInWorld(database, secrets);
    }

    void addUser(UUID id, String name, String... roles) {
        execute(
                "insert into user_account (object_id, partner_tenant_id, user_principal_name, password_hash, roles) values (?, ?, ?, ?, ?)",
                id,
                partner,
                name,
                secrets.hash(PASSWORD),
                roles);
    }

    void execute(String sql, Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(
                        i + 1,
                        values[i] instanceof String[] texts ? connection.createArrayOf("text", texts) : values[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
