package csp.sandbox.clock;

import csp.platform.jobs.Jobs;
import csp.platform.jobs.StartOrder;
import csp.shared.config.CspConfig;
import csp.shared.time.ServiceClock;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the clock of this copy where the database says, whichever copy moved it, and what else is {@link Followed}. Only a sandbox
 * moves clocks.
 */
@ApplicationScoped
class ClockFollower {

    private static final long MILLISECONDS_WITHOUT_DATABASE = 1_000;

    private final ClockOffset stored;
    private final ServiceClock clock;
    private final Jobs jobs;
    private final CspConfig config;
    private final CopyRegister register;
    private final List<Followed> followed;
    /** What they have caught up with. */
    private long followedRevision = -1;

    private volatile boolean stopped;
    private volatile Thread looking;

    ClockFollower(
            ClockOffset stored,
            ServiceClock clock,
            Jobs jobs,
            CspConfig config,
            CopyRegister register,
            @All List<Followed> followed) {
        this.stored = stored;
        this.clock = clock;
        this.jobs = jobs;
        this.config = config;
        this.register = register;
        this.followed = followed;
    }

    void start(@Observes @Priority(StartOrder.CLOCK) StartupEvent event) {
        if (config.sandbox()) {
            catchUp();
        }
    }

    /** Only once the service is open for requests: a start that fails leaves nobody asking a database that is gone. */
    void followWhenOpen(@ObservesAsync HttpServerStart event) {
        if (config.sandbox()) {
            looking = new Thread(this::follow, "csp-clock");
            looking.setDaemon(true);
            looking.start();
        }
    }

    /** Asks no more when the pool closes. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        if (looking != null) {
            looking.interrupt();
            looking.join(MILLISECONDS_WITHOUT_DATABASE);
            try {
                register.leave();
            } catch (RuntimeException gone) {
                // Then the next change of the sandbox finds out.
            }
        }
    }

    /**
     * Takes over what the database says now.
     *
     * @return the revision of it
     */
    synchronized long catchUp() {
        var read = stored.read();
        if (clock.moveTo(read.offset(), read.revision())) {
            jobs.lookNow();
        }
        if (read.revision() != followedRevision) {
            followed.forEach(Followed::catchUp);
            followedRevision = read.revision();
        }
        return read.revision();
    }

    /** What this copy wrote, unless it knows of a later change already. Jobs may have come with it, as with the world of a snapshot. */
    void takeOver(ClockOffset.Setting written) {
        clock.moveTo(written.offset(), written.revision());
        jobs.lookNow();
    }

    /** Looks, and does not listen: a pool that shares sessions hands notifications to nobody (docs/adr/0022-many-copies.md). */
    private void follow() {
        var noted = -1L;
        while (!stopped) {
            try {
                var revision = catchUp();
                if (revision != noted) {
                    register.note(revision);
                    noted = revision;
                }
                pause(config.sandboxPollInterval().toMillis());
            } catch (RuntimeException gone) { // the database, of which the health checks tell
                pause(MILLISECONDS_WITHOUT_DATABASE);
            }
        }
    }

    private void pause(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}
