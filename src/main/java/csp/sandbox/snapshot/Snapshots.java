package csp.sandbox.snapshot;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.RESOURCE_BUSY;
import static csp.shared.error.ErrorCode.SNAPSHOT_EXISTS;
import static csp.shared.error.ErrorCode.SNAPSHOT_NOT_FOUND;
import static csp.shared.error.ErrorCode.SNAPSHOT_OF_ANOTHER_RELEASE;

import csp.sandbox.clock.SandboxClock;
import csp.sandbox.clock.SandboxCopies;
import csp.sandbox.scenario.ScenarioService;
import csp.sandbox.scenario.WorldTables;
import csp.shared.error.DomainException;
import csp.shared.error.FailureKind;
import csp.shared.error.Quoted;
import csp.shared.storage.LongWork;
import csp.shared.storage.PlainSql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Names the present world and goes back to it (docs/adr/0024-faults-and-snapshots.md). All of it: what a scenario says, and what it
 * cannot say, such as audit records, stored answers, mails, jobs, faults, and the offset of the clock. Tokens, keys and
 * certificates are of no world and stay as they are.
 */
@ApplicationScoped
public class Snapshots {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MOST = 100;
    /** Of all snapshots together, as text; in the database they take less. */
    private static final long MOST_BYTES = 256L << 20;

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** For the requests under way, then it lets them go on and tries again. */
    private static final Duration FIRST_PATIENCE = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SnapshotTable table;
    private final ScenarioService scenarios;
    private final SandboxClock sandboxClock;
    private final SandboxCopies copies;
    private final PlainSql sql;
    private final LongWork longWork;
    private final Clock clock;

    Snapshots(
            SnapshotTable table,
            ScenarioService scenarios,
            SandboxClock sandboxClock,
            SandboxCopies copies,
            PlainSql sql,
            LongWork longWork,
            Clock clock) {
        this.table = table;
        this.scenarios = scenarios;
        this.sandboxClock = sandboxClock;
        this.copies = copies;
        this.sql = sql;
        this.longWork = longWork;
        this.clock = clock;
    }

    /**
     * Names the present world. Errors: 400 code 800002 for a name that is none, and where there are too many or too large ones; 409
     * code 800002 for a name that is taken.
     */
    public Snapshot take(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new DomainException(
                    INVALID_INPUT,
                    "name must be 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit, but is %s."
                            .formatted(Quoted.text(name)));
        }
        return transaction(() -> {
            // What completes meanwhile is in it whole, or not at all.
            sql.update("set transaction isolation level repeatable read");
            table.lock();
            WorldTables.keepFilled(sql);
            if (table.find(name).isPresent()) {
                throw new DomainException(SNAPSHOT_EXISTS, name);
            }
            if (table.all().size() >= MOST) {
                throw tooMany("there are %d snapshots already, the most there can be; remove some.".formatted(MOST));
            }
            var taken = table.add(
                    new Snapshot(name, clock.instant(), sandboxClock.storedOffset(), table.migration(), 0, 0),
                    scenarios.exportWithCaller());
            if (table.bytes() > MOST_BYTES) {
                throw tooMany("with this one of %d bytes the snapshots are larger than %d bytes together; remove some."
                        .formatted(taken.bytes(), MOST_BYTES));
            }
            return taken;
        });
    }

    private static DomainException tooMany(String problem) {
        return new DomainException(INVALID_INPUT, problem);
    }

    /** The oldest first. */
    public List<Snapshot> all() {
        return table.all();
    }

    /**
     * Goes back to a world: whatever a request sees is before it or after it. Requests under way end before; one that comes meanwhile
     * waits. Errors: 404 code 1000; 409 code 800002 for one that was made before a change of the tables; 409 code 900104 when requests
     * held the world for ten seconds.
     */
    public void restore(String name) {
        requireName(name);
        var end = System.nanoTime() + PATIENCE.toNanos();
        for (var patience = FIRST_PATIENCE; !isRestored(name, patience); patience = patience.multipliedBy(2)) {
            if (System.nanoTime() > end) {
                throw new DomainException(RESOURCE_BUSY);
            }
            pause(patience);
        }
        copies.settle();
    }

    /** False when somebody was at work in the world for longer than {@code patience}. */
    private boolean isRestored(String name, Duration patience) {
        try {
            return transaction(() -> {
                table.lock();
                var snapshot = table.find(name).orElseThrow(() -> new DomainException(SNAPSHOT_NOT_FOUND, name));
                if (!snapshot.migration().equals(table.migration())) {
                    throw new DomainException(SNAPSHOT_OF_ANOTHER_RELEASE, name);
                }
                sandboxClock.putBackWithCaller(snapshot.offset());
                table.lockWorld(patience);
                table.putBack(name);
                return true;
            });
        } catch (DomainException refusal) {
            throw refusal;
        } catch (RuntimeException failure) {
            if (FailureKind.of(failure) == FailureKind.LOST_RACE) {
                return false;
            }
            throw failure;
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DomainException(RESOURCE_BUSY);
        }
    }

    /** Its world in the format of an export, which leaves out what a scenario cannot say. Error: 404 code 1000. */
    public String scenario(String name) {
        requireName(name);
        return table.scenario(name).orElseThrow(() -> new DomainException(SNAPSHOT_NOT_FOUND, name));
    }

    /** Error: 404 code 1000. */
    public void remove(String name) {
        requireName(name);
        if (table.remove(name) == 0) {
            throw new DomainException(SNAPSHOT_NOT_FOUND, name);
        }
    }

    /** What is none is the name of nothing. */
    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new DomainException(SNAPSHOT_NOT_FOUND, Quoted.cut(name));
        }
    }

    private <T> T transaction(Callable<T> work) {
        return QuarkusTransaction.requiringNew()
                .timeout(Math.toIntExact(LONGEST.toSeconds()))
                .call(() -> longWork.allow(LONGEST, work));
    }
}
