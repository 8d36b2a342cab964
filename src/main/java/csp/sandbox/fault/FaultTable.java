package csp.sandbox.fault;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.sandbox.fault.FaultEffect.CutAnswer;
import csp.sandbox.fault.FaultEffect.Delay;
import csp.sandbox.fault.FaultEffect.DropConnection;
import csp.sandbox.fault.FaultEffect.LineFailure;
import csp.sandbox.fault.FaultEffect.Reason;
import csp.sandbox.fault.FaultEffect.Refusal;
import csp.sandbox.fault.FaultEffect.Throttle;
import csp.sandbox.fault.FaultEffect.When;
import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/** The faults as the database keeps them for all copies, which decides how often each strikes. */
@ApplicationScoped
class FaultTable {

    private static final String ALL = "select * from sandbox_fault order by position";

    private static final String INSERT = """
            insert into sandbox_fault (id, operation, partner_id, customer_id, subscription_id, times, probability, seed,
                created_time, effect, seconds, delay_milliseconds, status, code, line_text, line_failure, drop_when, bytes)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String STRIKE = """
            update sandbox_fault set matched = matched + 1, struck = struck + 1
            where id = ? and (times is null or struck < times) returning times - struck""";

    /** Distance of the numbers from which {@link SplittableRandom} makes its own: so the n-th is known without those before it. */
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private final PlainSql sql;

    FaultTable(PlainSql sql) {
        this.sql = sql;
    }

    /** In the order in which they were set. */
    List<Fault> all() {
        return sql.list(ALL, FaultTable::fault);
    }

    Optional<Fault> find(UUID id) {
        return sql.first("select * from sandbox_fault where id = ?", FaultTable::fault, id);
    }

    void add(Fault fault) {
        var effect = fault.effect();
        sql.update(
                INSERT,
                fault.id(),
                fault.operation(),
                fault.partner(),
                fault.customer(),
                fault.subscription(),
                fault.times(),
                fault.probability(),
                fault.seed(),
                fault.created(),
                nameOf(effect),
                effect instanceof Throttle throttle ? throttle.retryAfterSeconds() : null,
                effect instanceof Delay delay ? delay.by().toMillis() : null,
                effect instanceof Refusal refusal ? refusal.status() : null,
                effect instanceof Refusal refusal ? refusal.code() : null,
                effect instanceof LineFailure line ? line.text() : null,
                effect instanceof LineFailure line && line.reason() != null
                        ? line.reason().name()
                        : null,
                effect instanceof DropConnection drop ? drop.when().name() : null,
                effect instanceof CutAnswer cut ? cut.bytes() : null);
    }

    int count() {
        return sql.first("select count(*) from sandbox_fault", row -> row.getInt(1))
                .orElseThrow();
    }

    /** Makes room for one more among so many: the oldest of those go that strike no more. */
    void forgetSpentBeyond(int most) {
        sql.update("""
                delete from sandbox_fault where id in (
                    select id from sandbox_fault where struck >= times order by position
                    limit greatest(0, (select count(*) from sandbox_fault) - ?))""", most - 1);
    }

    int remove(UUID id) {
        return sql.update("delete from sandbox_fault where id = ?", id);
    }

    void removeAll() {
        sql.update("delete from sandbox_fault");
    }

    /** @param isSpent whether it strikes no more from now on */
    record Strike(boolean isStruck, boolean isSpent) {

        private static final Strike SPENT = new Strike(false, true);
    }

    /**
     * Whether a fault strikes something that it matches; with its number of times and its seed, the database says so for all copies.
     * Undone when the caller's transaction is.
     */
    @Transactional(MANDATORY)
    Strike strike(Fault fault) {
        if (fault.probability() == null) {
            return sql.first(
                            STRIKE,
                            row -> new Strike(true, row.getObject(1) != null && row.getLong(1) == 0),
                            fault.id())
                    .orElse(Strike.SPENT);
        }
        var present = sql.first("select * from sandbox_fault where id = ? for update", FaultTable::fault, fault.id());
        if (present.filter(found -> found.times() == null || found.remaining() > 0)
                .isEmpty()) {
            return Strike.SPENT;
        }
        var found = present.get();
        var strikes = number(found.seed(), found.matched()) < found.probability();
        sql.update(
                "update sandbox_fault set matched = matched + 1, struck = struck + ? where id = ?",
                strikes ? 1 : 0,
                found.id());
        return new Strike(strikes, strikes && found.times() != null && found.remaining() == 1);
    }

    /** The n-th number, from 0, of {@link SplittableRandom} with this seed, which is the same wherever it runs. */
    static double number(long seed, long n) {
        return new SplittableRandom(seed + n * GAMMA).nextDouble();
    }

    private static String nameOf(FaultEffect effect) {
        if (effect instanceof Throttle) {
            return "THROTTLE";
        } else if (effect instanceof Delay) {
            return "DELAY";
        } else if (effect instanceof Refusal) {
            return "ERROR";
        } else if (effect instanceof LineFailure) {
            return "LINE_FAILURE";
        }
        return effect instanceof DropConnection ? "DROP_CONNECTION" : "CUT_ANSWER";
    }

    private static Fault fault(ResultSet row) throws SQLException {
        return new Fault(
                row.getObject("id", UUID.class),
                row.getString("operation"),
                row.getObject("partner_id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getObject("subscription_id", UUID.class),
                row.getObject("times", Integer.class),
                row.getObject("probability", Double.class),
                row.getObject("seed", Long.class),
                effect(row),
                row.getLong("matched"),
                row.getLong("struck"),
                row.getObject("created_time", OffsetDateTime.class).toInstant());
    }

    private static FaultEffect effect(ResultSet row) throws SQLException {
        return switch (row.getString("effect")) {
            case "THROTTLE" -> new Throttle(row.getInt("seconds"));
            case "DELAY" -> new Delay(Duration.ofMillis(row.getLong("delay_milliseconds")));
            case "ERROR" -> new Refusal(row.getInt("status"), row.getInt("code"));
            case "LINE_FAILURE" -> {
                var reason = row.getString("line_failure");
                yield new LineFailure(row.getString("line_text"), reason == null ? null : Reason.valueOf(reason));
            }
            case "DROP_CONNECTION" -> new DropConnection(When.valueOf(row.getString("drop_when")));
            default -> new CutAnswer(row.getInt("bytes"));
        };
    }
}
