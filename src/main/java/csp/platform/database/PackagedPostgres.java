package csp.platform.database;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jboss.logging.Logger;

/**
 * What the build lays beside the jar of the service, so that a first start has less to do: the programs of PostgreSQL, unpacked, and a
 * cluster with the schema and no rows. Both are of use on the platform of the build alone; elsewhere, and where anything about them is
 * wrong, the service unpacks its programs and makes its cluster itself.
 * <p>
 * Layout of the directory: {@code platform} (see {@link #platform}), {@code programs}, {@code cluster.zip}.
 */
class PackagedPostgres {

    private static final Logger LOG = Logger.getLogger(PackagedPostgres.class);
    private static final long PATIENCE_SECONDS = 60;

    private final Path directory;
    private final Path commands;

    private PackagedPostgres(Path directory, Path commands) {
        this.directory = directory;
        this.commands = commands;
    }

    /** Beside the jar that this process was started with; empty when there is none that runs here. */
    static Optional<PackagedPostgres> besideTheJar() {
        var jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]);
        return in(jar.toAbsolutePath().resolveSibling("postgres"));
    }

    /** The one in {@code directory}; empty when there is none that runs here. */
    static Optional<PackagedPostgres> in(Path directory) {
        try {
            if (!Files.isRegularFile(directory.resolve("platform"))
                    || !Files.readString(directory.resolve("platform")).strip().equals(platform())) {
                return Optional.empty();
            }
            try (Stream<Path> versions = Files.list(directory.resolve("programs"))) {
                return versions.map(version -> version.resolve("bin"))
                        .filter(bin -> runs(bin.resolve("postgres")))
                        .findFirst()
                        .map(bin -> new PackagedPostgres(directory, bin));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whose machine code it is, as the build writes it down. */
    static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    /** For instance not where the directory allows no execution. */
    private static boolean runs(Path postgres) {
        try {
            var process = new ProcessBuilder(postgres.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where the library finds its programs without unpacking them. */
    Path programs() {
        return directory.resolve("programs");
    }

    /**
     * Lays the cluster into {@code target}, safe on the disk, with a password that is known to nobody else. Nobody can connect to it
     * before: the password is set by a server that listens nowhere.
     *
     * @param target does not exist
     * @return false when that was not possible; what is in {@code target} then is of no use
     */
    boolean layCluster(Path target, String password, Path log) {
        if (!Files.isRegularFile(directory.resolve("cluster.zip"))) {
            return false;
        }
        try {
            unpack(target);
            // Both at a time: what the server changes meanwhile it brings to the disk itself.
            var syncing = begin(log, "", "initdb", "--sync-only", "-D", target.toString());
            var changing = begin(
                    log,
                    "alter user postgres password '" + password + "'\n",
                    "postgres",
                    "--single",
                    "-D",
                    target.toString(),
                    "postgres");
            finish(changing);
            finish(syncing);
            return true;
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("The packaged cluster cannot be used (%s); another one is made", e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void unpack(Path target) throws IOException {
        var posix = Files.getFileStore(target.getParent()).supportsFileAttributeView("posix");
        try (var cluster = new ZipFile(directory.resolve("cluster.zip").toFile())) {
            Files.createDirectory(target);
            for (var entry : Collections.list(cluster.entries())) {
                var file = target.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    try (var content = cluster.getInputStream(entry)) {
                        Files.copy(content, file);
                    }
                }
                if (posix) { // PostgreSQL refuses a directory that others may read
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(entry.isDirectory() ? "rwx------" : "rw-------"));
                }
            }
            if (posix) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    private Process begin(Path log, String input, String command, String... arguments) throws IOException {
        var line = new ArrayList<String>();
        if (LinuxUtils.isUnshareAvailable()) { // as the library does: PostgreSQL refuses to be run by root
            line.addAll(List.of("unshare", "-U"));
        }
        line.add(commands.resolve(command).toString());
        line.addAll(Arrays.asList(arguments));
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try (var standardInput = process.outputWriter()) {
            standardInput.write(input);
        }
        return process;
    }

    private static void finish(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() != 0) {
            throw new IOException("a program of PostgreSQL ended with " + process.exitValue());
        }
    }
}
