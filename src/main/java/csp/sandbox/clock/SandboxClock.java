package csp.sandbox.clock;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.platform.jobs.Jobs;
import csp.platform.webhook.DeliveryDispatcher;
import csp.shared.error.DomainException;
import csp.shared.time.MachineTime;
import csp.shared.time.ServiceClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Moves the clock of the service, of all its copies (design §5). From where it is put it goes on as the machine's does. What is
 * due then has happened when a move returns, unless it fails or takes longer than some seconds.
 */
@ApplicationScoped
public class SandboxClock {

    /** Within these, every date of the service and its tests can be written in every form of the API. */
    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    static final Instant LATEST = Instant.parse("2999-12-31T23:59:59Z");

    private final ServiceClock clock;
    private final Clock machine;
    private final ClockOffset stored;
    private final ClockFollower follower;
    private final SandboxCopies copies;
    private final Happenings happenings;
    private final Jobs jobs;
    private final DeliveryDispatcher notifications;
    private final TransactionSynchronizationRegistry transaction;

    SandboxClock(
            ServiceClock clock,
            @MachineTime Clock machine,
            ClockOffset stored,
            ClockFollower follower,
            SandboxCopies copies,
            Happenings happenings,
            Jobs jobs,
            DeliveryDispatcher notifications,
            TransactionSynchronizationRegistry transaction) {
        this.clock = clock;
        this.machine = machine;
        this.stored = stored;
        this.follower = follower;
        this.copies = copies;
        this.happenings = happenings;
        this.jobs = jobs;
        this.notifications = notifications;
        this.transaction = transaction;
    }

    public Instant now() {
        return clock.instant();
    }

    /** Of what the machine's clock says. */
    public Duration offset() {
        return clock.offset();
    }

    /** Of several at the same time, each counts. Error 800002 beyond the year 2999. */
    public ClockReading advance(Step by) {
        return move(
                now -> {
                    try {
                        return by.after(now);
                    } catch (DateTimeException beyondCalendars) {
                        return Instant.MAX;
                    }
                },
                "by");
    }

    /** To the time when the next job is due. Where none waits, nothing happens, and the clock stays. Error 800002 beyond the year 2999. */
    public ClockReading advanceToNextJob() {
        return move(now -> jobs.nextAfter(now).orElse(now), "to");
    }

    /** Ahead or back. Error 800002 beyond the years 2000 to 2999. */
    public ClockReading set(Instant to) {
        return move(ignored -> to, "now");
    }

    /** Back to the clock of the machine. */
    public void release() {
        change(ignored -> Duration.ZERO);
    }

    /**
     * Back to the clock of the machine with the caller's transaction, if that commits.
     *
     * @return what it will say then
     */
    @Transactional(MANDATORY)
    public Instant releaseWithCaller() {
        write(ignored -> Duration.ZERO);
        return machine.instant();
    }

    /** As the database has it. */
    public Duration storedOffset() {
        return stored.read().offset();
    }

    /** Takes the clock to an offset of the machine's with the caller's transaction, if that commits. Nobody else moves it until then. */
    @Transactional(MANDATORY)
    public void putBackWithCaller(Duration offset) {
        write(ignored -> offset);
    }

    private ClockReading move(UnaryOperator<Instant> target, String field) {
        var before = QuarkusTransaction.requiringNew().call(() -> {
            var offset = stored.lock().offset();
            var machineTime = machine.instant();
            var from = machineTime.plus(offset);
            var to = target.apply(from);
            if (to.isBefore(EARLIEST) || to.isAfter(LATEST)) {
                throw new DomainException(
                        INVALID_INPUT,
                        "%s must lead to a time from %s to %s but leads to %s.".formatted(field, EARLIEST, LATEST, to));
            }
            var present = happenings.before(from, to);
            if (!to.equals(from)) {
                write(ignored -> Duration.between(machineTime, to));
            }
            return present;
        });
        runDue();
        return new ClockReading(now(), offset(), happenings.since(before));
    }

    private void change(UnaryOperator<Duration> offset) {
        QuarkusTransaction.requiringNew().run(() -> write(offset));
        runDue();
    }

    /** In every copy. */
    private void runDue() {
        copies.settle();
        jobs.runDue();
        notifications.runDue(); // and those that the jobs caused
    }

    private void write(UnaryOperator<Duration> offset) {
        var written = stored.write(offset.apply(stored.lock().offset()));
        transaction.registerInterposedSynchronization(new TakeOverAfterCommit(written));
    }

    private final class TakeOverAfterCommit implements Synchronization {

        private final ClockOffset.Setting written;

        TakeOverAfterCommit(ClockOffset.Setting written) {
            this.written = written;
        }

        @Override
        public void beforeCompletion() {
            // Nothing to prepare.
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                follower.takeOver(written);
            }
        }
    }
}
