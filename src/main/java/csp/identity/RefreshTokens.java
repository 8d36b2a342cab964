package csp.identity;

import csp.shared.storage.PlainSql;
import csp.shared.time.MachineTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The refresh tokens that are out, by their digests. One is good for 90 days from its last use, however often it is used, until
 * the user's password is another one or the operator ends it.
 */
@ApplicationScoped
public class RefreshTokens {

    static final Duration LIFE = Duration.ofDays(90);

    // What writers add, writers take away: a few of those that are over each time.
    private static final String ADD = """
            with forgotten as (delete from refresh_token where ctid = any (array(
                select ctid from refresh_token where last_used <= ? order by last_used limit 10 for update skip locked)))
            insert into refresh_token (token_digest, user_id, tenant_id, application_id, resource, password_digest, last_used)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict on constraint refresh_token_is_stored_once do update set last_used = excluded.last_used""";
    private static final String USE = """
            update refresh_token set last_used = ? where token_digest = ? and application_id = ? and last_used > ?
            returning user_id, tenant_id, resource, password_digest""";

    private final PlainSql sql;
    private final Clock clock;

    RefreshTokens(PlainSql sql, @MachineTime Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** @param resource the API that the tokens of its first sign-in are for */
    record Grant(UUID userId, UUID tenantId, String resource, String passwordDigest) {

        /** Whether the user's password is still that of the sign-in. */
        boolean isOfPassword(String passwordHash) {
            return passwordDigest.equals(digestOf(passwordHash));
        }
    }

    void add(String token, Accounts.Account account, UUID applicationId, String resource) {
        var now = clock.instant();
        sql.update(
                ADD,
                now.minus(LIFE),
                Digests.sha256Hex(token),
                account.user().objectId(),
                account.user().tenantId(),
                applicationId,
                resource,
                digestOf(account.passwordHash()),
                now);
    }

    /** What the token stands for, for its own client alone; its days are counted anew. Empty when it is over, ended or none. */
    Optional<Grant> use(String token, UUID applicationId) {
        var now = clock.instant();
        return sql.first(
                USE,
                row -> new Grant(
                        row.getObject("user_id", UUID.class),
                        row.getObject("tenant_id", UUID.class),
                        row.getString("resource"),
                        row.getString("password_digest")),
                now,
                Digests.sha256Hex(token),
                applicationId,
                now.minus(LIFE));
    }

    /** Ends those of one user. */
    public void endOf(UUID userId) {
        sql.update("delete from refresh_token where user_id = ?", userId);
    }

    /** Ends all there are. */
    public void endAll() {
        sql.update("delete from refresh_token");
    }

    /** Of the stored hash, so that the table says nothing that could be tried against. */
    private static String digestOf(String passwordHash) {
        return Digests.sha256Hex(passwordHash == null ? "" : passwordHash);
    }
}
