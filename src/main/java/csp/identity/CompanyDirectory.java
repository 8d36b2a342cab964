package csp.identity;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.shared.caller.Role;
import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.UUID;

/** The domain names that companies have, and the first user of a new one. */
@ApplicationScoped
public class CompanyDirectory {

    private static final String ADMINISTRATOR = "admin";
    /** Without the letters and digits that people take for one another. */
    private static final String CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private static final int PASSWORD_LENGTH = 16;

    private final Accounts accounts;
    private final Secrets secrets;
    private final PlainSql sql;
    private final SecureRandom random = new SecureRandom();

    CompanyDirectory(Accounts accounts, Secrets secrets, PlainSql sql) {
        this.accounts = accounts;
        this.secrets = secrets;
        this.sql = sql;
    }

    /** What somebody signs in with; the password is stored as a hash only. */
    public record Credentials(String userName, String password) {}

    /**
     * Whether a partner or customer has the domain name, in any letter case, or a user with it in the name stands in the way.
     */
    public boolean isTaken(String domain) {
        return !accounts.tenantsNamed(domain).isEmpty() || accounts.hasUser(ADMINISTRATOR + "@" + domain);
    }

    /**
     * Gives a new customer its first user, a global admin {@code admin@<domain>}, in the transaction of the caller. False, and
     * nothing is done, when another request has just given that name away.
     */
    @Transactional(MANDATORY)
    public boolean addAdministrator(UUID customerId, String domain, Credentials credentials) {
        return sql.update(
                        """
                insert into user_account (object_id, customer_tenant_id, user_principal_name, password_hash, roles)
                values (?, ?, ?, ?, ?) on conflict (lower(user_principal_name)) do nothing""",
                        UUID.randomUUID(),
                        customerId,
                        credentials.userName() + "@" + domain,
                        secrets.hash(credentials.password()),
                        new String[] {Role.GLOBAL_ADMIN.wireName})
                == 1;
    }

    /** New credentials for such a user. */
    public Credentials newAdministrator() {
        var password = random.ints(PASSWORD_LENGTH, 0, CHARACTERS.length())
                .mapToObj(index -> String.valueOf(CHARACTERS.charAt(index)))
                .reduce("", String::concat);
        return new Credentials(ADMINISTRATOR, password);
    }
}
