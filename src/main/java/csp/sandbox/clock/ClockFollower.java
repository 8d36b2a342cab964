package csp.sandbox.clock;

import csp.platform.jobs.Jobs;
import csp.platform.jobs.StartOrder;
import csp.shared.config.CspConfig;
import csp.shared.time.ServiceClock;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/** Keeps the clock of this copy where the database says, whichever copy moved it. Only a sandbox moves clocks. */
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
    private volatile boolean stopped;
    private volatile Thread listener;

    ClockFollower(AgroalDataSource database, ClockOffset stored, ServiceClock clock, Jobs jobs, CspConfig config) {
        this.database = database;
        this.stored = stored;
        this.clock = clock;
        this.jobs = jobs;
        this.config = config;
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
        }
    }

    /** Takes over what the database says now. */
    private void catchUp() {
        takeOver(stored.read());
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
                catchUp(); // what happened while nobody listened
                var postgres = connection.unwrap(PGConnection.class);
                while (!stopped) {
                    if (postgres.getNotifications(MILLISECONDS_PER_LOOK).length > 0) {
                        catchUp();
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
