package csp.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real PostgreSQL that runs as a child of this process, for when no database is configured. Its files live in one directory
 * and are kept over restarts; committed data survive a kill of this process, of the server and of the machine. It listens on
 * the loopback interface only, on a free port, and asks for a password that never leaves its directory. When its process ends
 * without having been told to, it is started again on the same port, for as long as that takes.
 * <p>
 * Layout of the directory: {@code lock}, {@code postgres} (the cluster), {@code postgres.log}, and where the
 * build has packaged none that run here, {@code binaries}.
 */
public class EmbeddedDatabase implements AutoCloseable {

    private static final int ANY_PORT = 0;
    private static final String USERNAME = "postgres";
    private static final String PASSWORD_FILE = "csp-password";
    private static final String BINARIES_PROPERTY = "ot.epg.working-dir";
    private static final String CHOSEN_BINARIES = System.getProperty(BINARIES_PROPERTY);
    /** Recovery after a crash counts as part of the start. */
    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    /** How long the processes of a killed server may be in the way of the next one. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final long MILLISECONDS_BETWEEN_TRIES = 200;

    private static final long KEEP_LOG_BYTES = 1_000_000;
    /** Of the server that comes with this service; another one's files it cannot read. */
    private static final String MAJOR_VERSION = "18";

    private final DirectoryLock lock;
    private final String password;
    private final Supervisor supervisor;
    private boolean closed;

    private EmbeddedDatabase(DirectoryLock lock, String password, Supervisor supervisor) {
        this.lock = lock;
        this.password = password;
        this.supervisor = supervisor;
    }

    /**
     * Starts the server on {@code dataDirectory}, made when it is missing. A server that a killed service left behind is
     * stopped first.
     *
     * @param serverSettings PostgreSQL settings on top of ours, such as {@code timezone}
     * @throws DatabaseStartException the directory is in use by another service or was made by another version, or the server does
     *         not start
     */
    public static EmbeddedDatabase start(Path dataDirectory, Map<String, String> serverSettings) {
        return start(dataDirectory, serverSettings, PackagedPostgres.besideTheJar());
    }

    /** As {@link #start(Path, Map)}, with what the build has prepared. */
    static EmbeddedDatabase start(
            Path dataDirectory, Map<String, String> serverSettings, Optional<PackagedPostgres> prepared) {
        Path home = dataDirectory.toAbsolutePath().normalize();
        DirectoryLock lock = DirectoryLock.of(home);
        Path cluster = home.resolve("postgres");
        Path unfinished = home.resolve("postgres.new");
        try {
            usePrograms(prepared.map(PackagedPostgres::programs).orElse(home.resolve("binaries")));
            new Postmaster(cluster).stop();
            new Postmaster(unfinished).stop();
            discardUnfinishedBinaries(home);
            rotateLog(home.resolve("postgres.log"));
            if (!Files.exists(cluster)) {
                create(home, unfinished, cluster, serverSettings, prepared);
            }
            requireOwnVersion(home, cluster);
            String password = Files.readString(cluster.resolve(PASSWORD_FILE)).strip();
            EmbeddedPostgres server = launch(home, cluster, ANY_PORT, password, serverSettings);
            return new EmbeddedDatabase(
                    lock,
                    password,
                    Supervisor.watch(
                            new Postmaster(cluster),
                            server,
                            port -> launch(home, cluster, port, password, serverSettings)));
        } catch (IOException e) {
            lock.close();
            throw new DatabaseStartException("The data directory " + home + " cannot be used (" + reason(e) + ").", e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Never holds a password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + supervisor.port() + "/postgres";
    }

    /** False from the end of the server until it has been started again. */
    public boolean isRunning() {
        return supervisor.isRunning();
    }

    public String username() {
        return USERNAME;
    }

    public String password() {
        return password;
    }

    /**
     * Stops the server and waits until it is gone; clients that are still connected are cut off. A second call does nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            supervisor.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.close();
        }
    }

    /**
     * Made aside and moved into place when it is complete, so that a kill half-way leaves nothing that looks like a cluster.
     */
    private static void create(
            Path home,
            Path unfinished,
            Path cluster,
            Map<String, String> serverSettings,
            Optional<PackagedPostgres> prepared)
            throws IOException {
        delete(unfinished);
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        if (prepared.isEmpty() || !prepared.get().layCluster(unfinished, password, home.resolve("postgres.log"))) {
            delete(unfinished);
            makeCluster(home, unfinished, password, serverSettings);
        }
        // The library leaves the superuser open to every local account.
        Files.writeString(unfinished.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        Files.writeString(unfinished.resolve(PASSWORD_FILE), password + "\n");
        if (Files.getFileStore(unfinished).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(
                    unfinished.resolve(PASSWORD_FILE), PosixFilePermissions.fromString("rw-------"));
        }
        Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void makeCluster(Path home, Path unfinished, String password, Map<String, String> serverSettings)
            throws IOException {
        EmbeddedPostgres server = launch(home, unfinished, ANY_PORT, null, serverSettings);
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter user " + USERNAME + " password '" + password + "'");
        } catch (SQLException e) {
            throw new DatabaseStartException("The new database in " + home + " could not be set up.", e);
        } finally {
            new Postmaster(unfinished).awaitStop(server::close);
        }
    }

    private static void requireOwnVersion(Path home, Path cluster) throws IOException {
        String version = Files.readString(cluster.resolve("PG_VERSION")).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new DatabaseStartException(
                    "The database in %s was made by PostgreSQL %s, which PostgreSQL %s of this service cannot read; take its data over with pg_upgrade or a dump, or choose another directory with csp.data-dir."
                            .formatted(home, version, MAJOR_VERSION));
        }
    }

    /** Tries again for some seconds when processes of a killed server are still in the way. */
    private static EmbeddedPostgres launch(
            Path home, Path cluster, int port, String password, Map<String, String> serverSettings) {
        Path log = home.resolve("postgres.log");
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                // The library does not give its lock back when it has failed.
                Files.deleteIfExists(cluster.resolve("epg-lock"));
                EmbeddedPostgres server = new ServerStart(
                                builder(home, cluster, port, password, serverSettings), new Postmaster(cluster), log)
                        .run();
                if (CHOSEN_BINARIES == null) {
                    closeToOthers(Path.of(System.getProperty(BINARIES_PROPERTY)));
                }
                return server;
            } catch (ServerEndedException e) {
                if (!e.isPassing() || System.nanoTime() > patience) {
                    throw notStarted(e.getMessage(), log, e);
                }
                pause();
            } catch (IOException e) {
                throw notStarted(reason(e), log, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw notStarted("it was told to stop", log, e);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(MILLISECONDS_BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // which ends the next try
        }
    }

    private static DatabaseStartException notStarted(String reason, Path log, Exception cause) {
        return new DatabaseStartException(
                "The embedded PostgreSQL did not start (%s); %s says more.".formatted(reason, log), cause);
    }

    private static EmbeddedPostgres.Builder builder(
            Path home, Path cluster, int port, String password, Map<String, String> serverSettings) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false) // the service stops first, then we stop the server
                .setPGStartupWait(START_WITHIN)
                .setOutputRedirector(
                        Redirect.appendTo(home.resolve("postgres.log").toFile()))
                // The library trades durability for speed unless told otherwise.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setLocaleConfig("locale", "C.UTF-8");
        serverSettings.forEach(builder::setServerConfig);
        if (password != null) {
            builder.setConnectConfig("password", password);
        }
        if (port != ANY_PORT) {
            builder.setPort(port);
        }
        return builder;
    }

    private static void usePrograms(Path directory) {
        if (CHOSEN_BINARIES == null) {
            // Not the library's shared place under /tmp: other accounts may write there and cleaners empty it.
            System.setProperty(BINARIES_PROPERTY, directory.toString());
        }
    }

    /** The library opens its working place to everybody, if it may. */
    private static void closeToOthers(Path binaries) throws IOException {
        if (Files.getFileStore(binaries).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(binaries).contains(PosixFilePermission.OTHERS_WRITE)) {
            Files.setPosixFilePermissions(binaries, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** An unpacking that was killed half-way would fail for ever on the files it has already written. */
    private static void discardUnfinishedBinaries(Path home) throws IOException {
        Path binaries = home.resolve("binaries");
        if (!Files.isDirectory(binaries)) {
            return;
        }
        List<Path> unfinished;
        try (Stream<Path> versions = Files.list(binaries)) {
            unfinished = versions.filter(version -> !Files.exists(version.resolve(".exists")))
                    .toList();
        }
        for (Path version : unfinished) {
            delete(version);
        }
    }

    private static void rotateLog(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > KEEP_LOG_BYTES) {
            Files.move(log, log.resolveSibling("postgres.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(tree)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
