package csp.sandbox.clock;

import csp.platform.jobs.Jobs;
import csp.platform.jobs.StartOrder;
import csp.shared.config.CspConfig;
import csp.shared.time.ServiceClock;
import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * Keeps the clock of this copy where the database says, whichever copy moved it, and what else is {@link Followed}. Only a sandbox
 * moves clocks.
 */
@ApplicationScoped
class ClockFollower {

    /** How long it takes at most to notice that the service stops. */
    private static final int MILLISECONDS_PER_LOOK = 250;

    private static final long SECONDS_TO_RECONNECT = 1;

    private final AgroalDataSource database;
    private final ClockOffset stored;
    private final ServiceClock clock;
    private final Jobs jobs;
    private final CspConfig config;
    private final CopyRegister register;
    private final List<Followed> followed;
    /** What they have caught up with. */
    private long followedRevision = -1;

    private volatile boolean stopped;
    private volatile Thread listener;

    ClockFollower(
            AgroalDataSource database,
            ClockOffset stored,
            ServiceClock clock,
            Jobs jobs,
            CspConfig config,
            CopyRegister register,
            @All List<Followed> followed) {
        this.database = database;
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

    /** Only once the service is open for requests: a start that fails leaves nobody listening to a database that is gone. */
    void listenWhenOpen(@ObservesAsync HttpServerStart event) {
        if (config.sandbox()) {
            listener = new Thread(this::follow, "csp-clock");
            listener.setDaemon(true);
            listener.start();
        }
    }

    /** Gives the connection back before the pool closes. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        if (listener != null) {
            listener.join(SECONDS_TO_RECONNECT * 1_000);
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
        takeOver(read);
        if (read.revision() != followedRevision) {
            followed.forEach(Followed::catchUp);
            followedRevision = read.revision();
        }
        return read.revision();
    }

    /** Unless this copy knows of a later change already. */
    void takeOver(ClockOffset.Setting read) {
        if (clock.moveTo(read.offset(), read.revision())) {
            jobs.lookNow();
        }
    }

    private void follow() {
        while (!stopped) {
            try {
                listen();
            } catch (SQLException | RuntimeException gone) { // of the database; the health checks tell of that
                pause();
            }
        }
    }

    void listen() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("listen " + ClockOffset.CHANNEL);
            try {
                register.note(catchUp()); // what happened while nobody listened
                var postgres = connection.unwrap(PGConnection.class);
                while (!stopped) {
                    if (postgres.getNotifications(MILLISECONDS_PER_LOOK).length > 0) {
                        register.note(catchUp());
                    }
                }
            } finally {
                // The pool gives the connection to others, who do not want to hear.
                statement.execute("unlisten " + ClockOffset.CHANNEL);
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(SECONDS_TO_RECONNECT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}
