package csp.sandbox.scenario;

import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.util.concurrent.TimeUnit.SECONDS;

import csp.identity.Secrets;
import csp.sandbox.clock.SandboxClock;
import csp.sandbox.clock.SandboxCopies;
import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import csp.shared.storage.LongWork;
import csp.shared.storage.PlainSql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * Worlds in and out of the database (design §3). Reads and writes all tables itself: docs/adr/0003-scenarios-write-tables.md.
 */
@ApplicationScoped
public class ScenarioService {

    private static final Duration LONGEST_LOAD = Duration.ofMinutes(10);
    /** Races with requests that run meanwhile: unique_violation, deadlock_detected. */
    private static final Set<String> LOST_RACES = Set.of("23505", "40P01");

    /** A document in memory is the largest thing that the service holds; less than the body of one may take to arrive. */
    private static final int LONGEST_WAIT_SECONDS = 5;

    /** Other copies may still have to write what came before. */
    private static final String JOURNAL_BEGINS_ANEW = """
            insert into journal_start (received) values (?) on conflict (single) do update set received = excluded.received""";

    /** The years of the calendar begin and end there, whatever the time zone of the session. */
    private static final String TIMES_IN_UTC = "set local time zone 'UTC'";

    private final PlainSql sql;
    private final Secrets secrets;
    private final Clock clock;
    private final SandboxClock sandboxClock;
    private final SandboxCopies copies;
    private final StartupScenario startup;
    private final LongWork longWork;
    private final Semaphore turn = new Semaphore(1);

    ScenarioService(
            PlainSql sql,
            Secrets secrets,
            Clock clock,
            SandboxClock sandboxClock,
            SandboxCopies copies,
            StartupScenario startup,
            LongWork longWork) {
        this.sql = sql;
        this.secrets = secrets;
        this.clock = clock;
        this.sandboxClock = sandboxClock;
        this.copies = copies;
        this.startup = startup;
        this.longWork = longWork;
    }

    /**
     * Loads a document on top of what is there, all of it or nothing.
     *
     * @param document JSON, read as it arrives and by one caller at a time
     * @return what was new
     * @throws DomainException 400 code 800002 for a document that cannot be, 409 code 800002 for one that differs from what is
     *         stored, 409 code 900104 when a request that ran meanwhile was faster, 503 code 800003 while another document is loaded
     */
    public Counts load(InputStream document) {
        try {
            if (!turn.tryAcquire(LONGEST_WAIT_SECONDS, SECONDS)) {
                throw new DomainException(ErrorCode.SERVICE_UNAVAILABLE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DomainException(ErrorCode.SERVICE_UNAVAILABLE);
        }
        try {
            return loadInTurn(document);
        } finally {
            turn.release();
        }
    }

    private Counts loadInTurn(InputStream document) {
        var scenario = ScenarioJson.read(document);
        var hashes = new SecretHashes(secrets);
        // Read before the load waits for its turn: what changes meanwhile is compared again then.
        hashes.prepare(
                scenario, transaction(() -> new StoredWorld(sql).secretHashes(SecretHashes.holderIds(scenario))));
        return transaction(() -> {
            oneLoadAtATime();
            return new Load(sql, scenario, hashes, clock.instant()).run();
        });
    }

    /** The present world as one JSON document: sorted by id, the same text for the same world. */
    public String export() {
        return transaction(() -> {
            // One snapshot for all tables: a transfer that completes meanwhile is in the export with its orders, or not
            // at all.
            sql.update("set transaction isolation level repeatable read, read only");
            WorldTables.keepFilled(sql);
            return exportWithCaller();
        });
    }

    /** As {@link #export}, within the caller's transaction, which sees all tables as they were at one moment. */
    @Transactional(MANDATORY)
    public String exportWithCaller() {
        sql.update(TIMES_IN_UTC);
        return ScenarioJson.write(new StoredWorld(sql).read(null));
    }

    /**
     * Empties the world, loads the start-up scenario again and sets the clock back to that of the machine, all of it or nothing;
     * tokens stay valid. Errors as {@link #load}.
     */
    public void reset() {
        var scenario = startup.scenario();
        startup.hashes().prepare(scenario, Map.of());
        transaction(() -> {
            oneLoadAtATime();
            var now = sandboxClock.releaseWithCaller();
            WorldTables.empty(sql);
            // By the clock of the machine, which it is again.
            sql.update(JOURNAL_BEGINS_ANEW, now);
            return new Load(sql, scenario, startup.hashes(), now).run();
        });
        copies.settle();
    }

    /** Loads the start-up scenario when there is no partner yet. Of several copies that start together one does. */
    void loadIntoEmptyDatabase() {
        if (!transaction(this::isEmpty)) {
            return;
        }
        var scenario = startup.scenario();
        startup.hashes().prepare(scenario, Map.of());
        transaction(() -> {
            oneLoadAtATime();
            return isEmpty() ? new Load(sql, scenario, startup.hashes(), clock.instant()).run() : null;
        });
    }

    private boolean isEmpty() {
        return sql.first("select 1 from partner limit 1", row -> true).isEmpty();
    }

    /** Until the end of the transaction. Requests read on meanwhile. */
    private void oneLoadAtATime() {
        sql.update(TIMES_IN_UTC);
        sql.update("lock table partner in share row exclusive mode");
    }

    private <T> T transaction(Callable<T> work) {
        try {
            return QuarkusTransaction.requiringNew()
                    .timeout(Math.toIntExact(LONGEST_LOAD.toSeconds()))
                    .call(() -> longWork.allow(LONGEST_LOAD, work));
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof SQLException failure && LOST_RACES.contains(failure.getSQLState())) {
                throw new DomainException(ErrorCode.RESOURCE_BUSY);
            }
            throw e;
        }
    }
}
