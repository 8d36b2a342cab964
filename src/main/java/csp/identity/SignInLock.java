package csp.identity;

import csp.shared.storage.PlainSql;
import csp.shared.time.MachineTime;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Locale;

/**
 * Counts failed sign-ins of users and locks an account for a while after too many in a row, in the database, so that all copies
 * count together. A name that nobody has is counted and locked like one that somebody has: the answer does not tell them apart.
 * By the machine's clock, as tokens are. Applications are not locked: whoever knows a client id could stop a storefront.
 */
@ApplicationScoped
class SignInLock {

    private static final String STATE =
            "select coalesce(locked_until > ?, false) as locked from sign_in_failure where account = ?";
    // A count begins anew after a lock and after a long silence. What writers add, writers take away: a few old rows
    // each time.
    private static final String COUNT = """
            with forgotten as (delete from sign_in_failure where ctid = any (array(
                select ctid from sign_in_failure where last_failed <= ? and coalesce(locked_until <= ?, true) and account <> ?
                order by last_failed limit 10 for update skip locked)))
            insert into sign_in_failure as present (account, failures, last_failed, locked_until)
            values (?, 1, ?, case when ? <= 1 then ?::timestamptz end)
            on conflict on constraint sign_in_failure_one_per_account do update set
                failures = case when present.locked_until is not null or present.last_failed <= ? then 1 else present.failures + 1 end,
                last_failed = excluded.last_failed,
                locked_until = case when ? <= case when present.locked_until is not null or present.last_failed <= ? then 1
                    else present.failures + 1 end then ?::timestamptz end
            where present.locked_until is null or present.locked_until <= excluded.last_failed
            returning locked_until is not null as locked""";
    private static final String CLEAR =
            "delete from sign_in_failure where account = ? and (locked_until is null or locked_until <= ?)";

    private final PlainSql sql;
    private final Clock clock;
    private final IdentityConfig config;

    SignInLock(PlainSql sql, @MachineTime Clock clock, IdentityConfig config) {
        this.sql = sql;
        this.clock = clock;
        this.config = config;
        if (config.lockAfterFailures() < 1) {
            throw new IllegalStateException("csp.identity.lock-after-failures must be at least 1");
        }
    }

    /** What failures are counted by: the user where there is one, else the name, of which no more than a digest is kept. */
    static String accountOf(User user, String name) {
        return user != null ? user.objectId().toString() : Digests.sha256Hex(name.toLowerCase(Locale.ROOT));
    }

    /** How an account stands. */
    enum State {
        CLEAR,
        /** Failures are counted, and forgotten with the next good sign-in. */
        COUNTED,
        LOCKED
    }

    State state(String account) {
        return sql.first(
                        STATE, row -> row.getBoolean("locked") ? State.LOCKED : State.COUNTED, clock.instant(), account)
                .orElse(State.CLEAR);
    }

    /**
     * Counts a failed sign-in, the last of which locks the account.
     *
     * @return false when it was locked already, by failures that were counted in the meantime
     */
    boolean count(String account) {
        var now = clock.instant();
        var most = config.lockAfterFailures();
        var silent = now.minus(config.failuresForgottenAfter());
        var until = now.plus(config.lockDuration());
        var counted = sql.first(
                COUNT,
                row -> row.getBoolean("locked"),
                silent,
                now,
                account,
                account,
                now,
                most,
                until,
                silent,
                most,
                silent,
                until);
        if (counted.orElse(false)) {
            Log.warnf("Account %s is locked until %s after %d failed sign-ins", account, until, most);
        }
        return counted.isPresent();
    }

    /** After a good sign-in the count begins anew; false, and nothing is done, when the account was locked in the meantime. */
    boolean clear(String account) {
        sql.update(CLEAR, account, clock.instant());
        return state(account) != State.LOCKED;
    }
}
