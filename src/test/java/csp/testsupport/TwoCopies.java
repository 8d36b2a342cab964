package csp.testsupport;

import csp.platform.database.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.io.FileUtils;

/** Two copies of the packaged service on one PostgreSQL. One of them is there for good, the other one can be killed and comes back. */
public final class TwoCopies implements AutoCloseable {

    /** What each is called in pg_stat_activity. */
    public static final String STEADY = "steady";

    public static final String MORTAL = "mortal";

    private final Path directory;
    private final EmbeddedDatabase server;
    private final Map<String, String> settings;
    private PackagedService steady;
    private CompletableFuture<PackagedService> mortal;

    private TwoCopies(Map<String, String> settings) {
        try {
            directory = Files.createTempDirectory("two-copies");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = TestDatabase.startWithSchema(directory.resolve("database"));
        this.settings = TestDatabase.settingsFor(server, settings);
    }

    /** Both are ready when it returns. */
    public static TwoCopies start(Map<String, String> settings) {
        var copies = new TwoCopies(settings);
        try {
            copies.steady = copies.called(STEADY);
            copies.mortal = copies.another();
            copies.mortal.join();
            return copies;
        } catch (Throwable e) {
            copies.close();
            throw e;
        }
    }

    /** Where the copy is that is never killed. */
    public String steady() {
        return steady.baseUrl();
    }

    /** Where the other copy is; waits until it is back. */
    public String mortal() {
        return mortal.join().baseUrl();
    }

    /** Whether the other copy is there, and not about to come back. */
    public boolean isMortalThere() {
        return mortal.isDone();
    }

    /** Freezes the steady copy, so that whatever is done meanwhile, the other one does it; undo with {@link #thawSteady}. */
    public void freezeSteady() {
        Signal.STOP.to(steady.process());
    }

    /** It goes on where it was. */
    public void thawSteady() {
        Signal.CONT.to(steady.process());
    }

    /** As {@link #killProcess}, then {@link #comeBack}. */
    public void kill() {
        killProcess();
        comeBack();
    }

    /** SIGKILL. */
    public void killProcess() {
        mortal.join().kill();
    }

    /** Waits until what the dead one had open in the database is over, and starts a new one. */
    public void comeBack() {
        try (var database = connect()) {
            database.await(
                    "the end of the dead copy's transactions",
                    "select count(*) from pg_stat_activity where xact_start is not null and pid <> pg_backend_pid()",
                    0);
        }
        mortal = another();
    }

    /** A connection of its own to the database of both. */
    public Sql connect() {
        try {
            return new Sql(DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (mortal != null && !mortal.isCompletedExceptionally()) {
            mortal.join().kill();
        }
        if (steady != null) {
            steady.close();
        }
        server.close();
        FileUtils.deleteQuietly(directory.toFile());
    }

    private CompletableFuture<PackagedService> another() {
        return Simultaneously.inBackground(() -> called(MORTAL));
    }

    private PackagedService called(String name) {
        var own = new HashMap<>(settings);
        own.put("quarkus.datasource.jdbc.additional-jdbc-properties.ApplicationName", name);
        return PackagedService.start(directory.resolve(name), own);
    }
}
