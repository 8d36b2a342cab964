package csp.testsupport;

import csp.platform.database.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.apache.commons.io.FileUtils;
import org.flywaydb.core.Flyway;

/**
 * PostgreSQL servers of tests: each starts on a copy of a cluster, empty or with the schema, which is made once for all of
 * them, since making one takes longer than most tests. They are not durable; the tests of {@link EmbeddedDatabase} and of the packaged service,
 * which are about durability, start theirs without these settings. Their time zone is not UTC, so that a time stored without
 * its zone is found out.
 */
public final class TestDatabase {

    private static final Path PLACE = Path.of("target", "test-databases").toAbsolutePath();
    /** Another version of PostgreSQL may not read what this one has made. */
    private static final Path EMPTY = PLACE.resolve("empty-" + System.getProperty("postgres-binaries.version", "any"));

    private static final Map<String, String> SETTINGS = Map.of(
            "timezone", "Pacific/Auckland", "fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");

    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");

    private TestDatabase() {}

    /** An empty database in {@code directory}. */
    public static EmbeddedDatabase start(Path directory) {
        return start(directory, Map.of());
    }

    /** An empty database in {@code directory}, with PostgreSQL settings of the test's own. */
    public static EmbeddedDatabase start(Path directory, Map<String, String> settings) {
        layEmptyCluster(directory);
        var all = new HashMap<>(SETTINGS);
        all.putAll(settings);
        return EmbeddedDatabase.start(directory, all);
    }

    /** In {@code directory} a database with the schema and no rows, as the migrations left it. */
    public static EmbeddedDatabase startWithSchema(Path directory) {
        lay(PLACE.resolve(EMPTY.getFileName() + "-migrated-" + migrations()), directory, TestDatabase::migrate);
        return EmbeddedDatabase.start(directory, SETTINGS);
    }

    private static void migrate(EmbeddedDatabase database) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("filesystem:" + MIGRATIONS)
                .load()
                .migrate();
    }

    /** Another number for other migrations. */
    private static String migrations() {
        var sum = new CRC32();
        try (var files = Files.list(MIGRATIONS)) {
            for (var file : files.sorted().toList()) {
                sum.update(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Long.toHexString(sum.getValue());
    }

    /** {@code settings} and what makes the service use {@code database}. */
    public static Map<String, String> settingsFor(EmbeddedDatabase database, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
        all.put("quarkus.datasource.username", database.username());
        all.put("quarkus.datasource.password", database.password());
        return all;
    }

    /** Spares whoever starts an {@link EmbeddedDatabase} on {@code directory} next the making of its cluster. */
    public static void layEmptyCluster(Path directory) {
        lay(EMPTY, directory, database -> {});
    }

    /** @param content what is done to {@code cluster}, empty, when there is none yet */
    private static void lay(Path cluster, Path directory, Consumer<EmbeddedDatabase> content) {
        try {
            makeOnce(cluster, content);
            Files.createDirectories(directory);
            try (var files = Files.walk(cluster)) {
                for (var file : (Iterable<Path>) files::iterator) {
                    // With its permissions: PostgreSQL refuses a directory that others may read.
                    Files.copy(
                            file,
                            directory.resolve("postgres").resolve(cluster.relativize(file)),
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Several processes, and threads of one, run tests at the same time. */
    private static synchronized void makeOnce(Path cluster, Consumer<EmbeddedDatabase> content) throws IOException {
        Files.createDirectories(PLACE);
        try (var channel =
                        FileChannel.open(PLACE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (Files.exists(cluster)) {
                return;
            }
            var unfinished = PLACE.resolve("unfinished");
            FileUtils.deleteDirectory(unfinished.toFile());
            try (var database = EmbeddedDatabase.start(unfinished, SETTINGS)) {
                content.accept(database);
            }
            Files.move(unfinished.resolve("postgres"), cluster, StandardCopyOption.ATOMIC_MOVE);
            FileUtils.deleteDirectory(unfinished.toFile());
        }
    }
}
