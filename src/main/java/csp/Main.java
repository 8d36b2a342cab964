package csp;

import csp.platform.database.DatabaseStartException;
import csp.platform.database.EmbeddedDatabase;
import csp.platform.database.EmbeddedDatabaseLiveness;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Starts the service, on an embedded PostgreSQL when no database is configured. The service stops before its database, whatever
 * the reason for stopping. Exit code 1 and one sentence on standard error when it cannot start.
 */
@QuarkusMain
public class Main {

    private static final String DATABASE_URL = "quarkus.datasource.jdbc.url";
    private static final String HOST = "quarkus.http.host";
    /**
     * On few processors as many as this, of which each gets as much as any worker that is busy: two or four would come to read what is
     * to be refused only after what they let in was done (docs/adr/0009-bodies-before-workers.md).
     */
    private static final int EVENT_LOOPS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());
    /** Longer than the service takes to drain; a database is not kept waiting for ever by a service that hangs. */
    private static final long DRAIN_SECONDS = 60;

    private final CountDownLatch serviceEnded = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger();
    private EmbeddedDatabase database;
    private boolean stopping;

    public static void main(String... arguments) {
        // Real clients send filters of unencoded JSON, which the framework would refuse before any of our code sees it.
        System.setProperty("vertx.disableURIValidation", "true");
        // So that StrictDecoding gets to see the connections.
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
        // Where cores are few, a worker that looks for work before it sleeps takes the time of those who have some.
        System.getProperties().putIfAbsent("jboss.threads.eqe.park-spins", "0");
        System.getProperties().putIfAbsent("jboss.threads.eqe.park-yields", "0");
        // Until the service sets the levels that are configured; otherwise a failed start drowns its one sentence.
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(new Main().run(arguments));
    }

    private int run(String... arguments) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopWithProcess, "stop embedded database"));
        try {
            // Not ConfigProvider: what it hands out before the start would stay the configuration of the service.
            SmallRyeConfig config = ConfigUtils.configBuilder().build();
            useEmbeddedDatabaseUnlessConfigured(config);
            keepSandboxOnLoopbackUnlessConfigured(config);
            setUnlessConfigured(config, "quarkus.vertx.event-loops-pool-size", Integer.toString(EVENT_LOOPS));
            if (!isStopping()) {
                // With an exit handler of ours the framework neither prints a stack trace nor ends the process under
                // us.
                Quarkus.run(null, this::ended, arguments);
            }
        } catch (DatabaseStartException e) {
            System.err.println(e.getMessage());
            exitCode.set(1);
        } finally {
            serviceEnded.countDown();
            stopDatabase();
        }
        return exitCode.get();
    }

    private void useEmbeddedDatabaseUnlessConfigured(SmallRyeConfig config) {
        if (config.getOptionalValue(DATABASE_URL, String.class).isPresent()) {
            return;
        }
        Path directory =
                Path.of(config.getOptionalValue("csp.data-dir", String.class).orElse("data"));
        var starting = new FutureTask<>(() -> startDatabase(directory));
        new Thread(starting, "start of the embedded database").start();
        loadService();
        if (!get(starting)) {
            return;
        }
        EmbeddedDatabaseLiveness.of(database);
        System.setProperty(DATABASE_URL, database.jdbcUrl());
        System.setProperty("quarkus.datasource.username", database.username());
        System.setProperty("quarkus.datasource.password", database.password());
        setUnlessConfigured(config, "csp.scenario", "demo");
        setUnlessConfigured(config, "csp.sandbox", "true");
    }

    /** Whether it runs, which it does unless the process is to end. */
    private synchronized boolean startDatabase(Path directory) {
        if (!stopping) {
            database = EmbeddedDatabase.start(directory, Map.of());
        }
        return database != null;
    }

    /**
     * Does what of the start needs no database, which is half of it, while the database starts: the framework does it when this class of
     * its own is initialised. No setting of the run is read by it.
     */
    private static void loadService() {
        try {
            Class.forName(
                    Application.APP_CLASS_NAME, true, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean get(FutureTask<Boolean> starting) {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A sandbox does whatever its operator says, so it is opened to other machines by a setting alone. */
    private static void keepSandboxOnLoopbackUnlessConfigured(SmallRyeConfig config) {
        // Where the framework already tells its own default, all interfaces, that is no wish of anybody's.
        var host = config.getConfigValue(HOST);
        var isConfigured = host.getValue() != null && host.getConfigSourceOrdinal() > Integer.MIN_VALUE;
        // What was just set for an embedded database is among the system properties, which this reads as they are now.
        if (!isConfigured
                && config.getOptionalValue("csp.sandbox", Boolean.class).orElse(false)) {
            System.setProperty(HOST, "127.0.0.1");
        }
    }

    private static void setUnlessConfigured(SmallRyeConfig config, String key, String value) {
        if (config.getOptionalValue(key, String.class).isEmpty()) {
            System.setProperty(key, value);
        }
    }

    private void ended(int code, Throwable failure) {
        exitCode.set(code);
        if (failure != null) {
            System.err.println("The service could not start: " + sentence(failure));
        }
    }

    private static String sentence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException bind) {
                return "port " + bind.getPort()
                        + " is in use by another program; choose another one with quarkus.http.port.";
            }
            if (cause instanceof SQLException refused) {
                return "the configured database cannot be used ("
                        + String.valueOf(refused.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("") + ").";
            }
            if (cause instanceof ConfigValidationException wrong) {
                return IntStream.range(0, wrong.getProblemCount())
                        .mapToObj(i -> wrong.getProblem(i).getMessage())
                        .collect(Collectors.joining("; "));
            }
        }
        Throwable root = ExceptionUtil.getRootCause(failure);
        if (root.getMessage() == null) {
            failure.printStackTrace(); // a bug of ours: nothing a sentence could tell
        }
        return Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    }

    private void stopWithProcess() {
        markStopping();
        try {
            serviceEnded.await(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopDatabase();
    }

    private synchronized void markStopping() {
        stopping = true;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized void stopDatabase() {
        if (database != null) {
            database.close();
        }
    }
}
