package csp.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Watches the process of a server and starts it again when it ends, on the same port, so that who knows its address finds it there
 * again. PostgreSQL recovers by itself from a process of its own that fails; it gives up on a full disk, and cannot help against a
 * kill of its first process.
 */
class Supervisor {

    private static final Logger LOG = Logger.getLogger(Supervisor.class);
    private static final long MILLISECONDS_PER_LOOK = 200;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Postmaster postmaster;
    private final Launch launch;
    private final int port;
    private final Thread thread;
    private volatile EmbeddedPostgres server;
    private volatile ProcessHandle process;
    private volatile boolean running = true;
    private volatile boolean stopping;

    /** Starts a server. */
    interface Launch {

        /** @throws DatabaseStartException when it does not start */
        EmbeddedPostgres on(int port);
    }

    private Supervisor(Postmaster postmaster, EmbeddedPostgres server, Launch launch) {
        this.postmaster = postmaster;
        this.server = server;
        this.process = postmaster
                .server()
                .orElseThrow(
                        () -> new DatabaseStartException("The embedded PostgreSQL ended as soon as it had started."));
        this.launch = launch;
        this.port = server.getPort();
        thread = new Thread(this::supervise, "csp-embedded-database");
        thread.setDaemon(true);
    }

    /**
     * @param server that runs
     * @param launch of another one on the same files
     */
    static Supervisor watch(Postmaster postmaster, EmbeddedPostgres server, Launch launch) {
        var supervisor = new Supervisor(postmaster, server, launch);
        supervisor.thread.start();
        return supervisor;
    }

    /** The same for all that follow each other. */
    int port() {
        return port;
    }

    boolean isRunning() {
        return running && Postmaster.isAlive(process);
    }

    /** Stops the server and waits until it is gone, and no other one comes. */
    void stop() throws IOException {
        stopping = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        postmaster.awaitStop(server::close);
        postmaster.stop();
    }

    private void supervise() {
        try {
            while (!stopping) {
                TimeUnit.MILLISECONDS.sleep(MILLISECONDS_PER_LOOK);
                if (!stopping && !Postmaster.isAlive(process)) {
                    running = false;
                    LOG.warn("The embedded PostgreSQL has ended and is started again");
                    startAgain();
                }
            }
        } catch (InterruptedException e) {
            // told to stop
        }
    }

    private void startAgain() throws InterruptedException {
        var pause = FIRST_PAUSE;
        var told = "";
        while (!stopping) {
            try {
                postmaster.stop();
                server.close(); // lets go of its files
                server = launch.on(port);
                process = postmaster
                        .server()
                        .orElseThrow(() -> new DatabaseStartException("The embedded PostgreSQL ended again."));
                running = true;
                LOG.warn("The embedded PostgreSQL runs again");
                return;
            } catch (DatabaseStartException | IOException e) {
                if (!stopping && !told.equals(e.getMessage())) {
                    told = String.valueOf(e.getMessage());
                    LOG.errorf("%s It is tried again until it does.", told);
                }
            }
            Thread.sleep(pause.toMillis());
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }
}
