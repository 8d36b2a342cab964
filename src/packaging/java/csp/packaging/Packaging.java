package csp.packaging;

import csp.platform.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.flywaydb.core.Flyway;

/**
 * Lays beside the packaged service what makes its start short: PostgreSQL with a prepared cluster (read by
 * {@code csp.platform.database.PackagedPostgres}), and an archive of the classes that a start and the first requests need. The build
 * runs it after packaging; docs/adr/0021-a-short-start.md says why so.
 * <p>
 * Arguments: the packaged directory, and a scratch directory.
 */
public class Packaging {

    private static final Instant NEWER_THAN_ALL = Instant.parse("2037-01-01T00:00:00Z");

    private final Path application;
    private final Path scratch;

    private Packaging(Path application, Path scratch) {
        this.application = application;
        this.scratch = scratch;
    }

    public static void main(String... arguments) throws Exception {
        var packaging = new Packaging(
                Path.of(arguments[0]).toAbsolutePath(), Path.of(arguments[1]).toAbsolutePath());
        Logger.getLogger("").setLevel(Level.WARNING);
        delete(packaging.scratch);
        Files.createDirectories(packaging.scratch);
        attempt(packaging::preparePostgres, "PostgreSQL is not prepared, so that first starts take longer");
        attempt(packaging::archiveClasses, "There is no archive of classes, so that starts take longer");
        delete(packaging.scratch);
        System.exit(0); // a thread of a library is not waited for
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** Whoever only packages may do so on a machine where PostgreSQL cannot run; the service does without. */
    private static void attempt(Step step, String otherwise) throws InterruptedException {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            System.err.println("[WARNING] " + otherwise + ": " + e);
        }
    }

    private void preparePostgres() throws IOException {
        var postgres = application.resolve("postgres");
        delete(postgres); // otherwise it would be used here
        var home = scratch.resolve("prepared");
        try (var database = EmbeddedDatabase.start(home, Map.of())) {
            Flyway.configure()
                    .dataSource(database.jdbcUrl(), database.username(), database.password())
                    .load()
                    .migrate();
        }
        Files.createDirectories(postgres);
        // The file "platform" comes last: without it, what is there is not used.
        copyPrograms(postgres.resolve("programs"));
        zip(home.resolve("postgres"), postgres.resolve("cluster.zip"));
        Files.writeString(
                postgres.resolve("platform"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch") + "\n");
    }

    /**
     * Those that the library has just unpacked or used. It takes them for complete while its mark is not older than what lies beside it,
     * which a copy of a copy would be.
     */
    private static void copyPrograms(Path target) throws IOException {
        var unpacked = Path.of(System.getProperty("ot.epg.working-dir"));
        try (var files = Files.walk(unpacked)) {
            for (var file : (Iterable<Path>) files::iterator) {
                if (file.equals(unpacked)) {
                    Files.createDirectory(target); // not as open to others as the library makes its own
                } else {
                    Files.copy(
                            file,
                            target.resolve(unpacked.relativize(file)),
                            LinkOption.NOFOLLOW_LINKS,
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        try (var versions = Files.list(target)) {
            for (var version : versions.toList()) {
                Files.setLastModifiedTime(version.resolve(".exists"), FileTime.from(NEWER_THAN_ALL));
            }
        }
    }

    /** All but the password, which every installation has of its own, and what is of a running server. */
    private static void zip(Path cluster, Path target) throws IOException {
        var without = List.of("csp-password", "epg-lock", "postmaster.pid", "postmaster.opts");
        try (var out = new ZipOutputStream(Files.newOutputStream(target));
                var files = Files.walk(cluster)) {
            out.setLevel(Deflater.BEST_SPEED);
            for (var file : (Iterable<Path>) files.sorted()::iterator) {
                var name = cluster.relativize(file).toString().replace('\\', '/');
                if (name.isEmpty() || without.contains(name)) {
                    continue;
                }
                var isDirectory = Files.isDirectory(file);
                out.putNextEntry(new ZipEntry(isDirectory ? name + "/" : name));
                if (!isDirectory) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
    }

    private void archiveClasses() throws IOException, InterruptedException {
        var archive = application.resolve("app-cds.jsa");
        var run = scratch.resolve("run");
        Training.run(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                archive.toString(),
                application.resolve("quarkus-run.jar").toString(),
                run);
        if (!Files.exists(archive)) {
            throw new IllegalStateException(
                    "There is no archive of classes:\n" + Files.readString(run.resolve("service.log")));
        }
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(tree)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : deepestFirst) {
            Files.delete(file);
        }
    }
}
