package csp.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged service in a process and a directory of its own, both gone when it is closed. */
final class SandboxProcess implements AutoCloseable {

    /** Also of the operator; the sandbox listens on the loopback alone. */
    static final String OPERATOR_SECRET = "sandbox";

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final Path directory;
    private final Process process;
    private final URI baseUrl;
    private final Thread atExit;

    private SandboxProcess(Path directory, Process process, URI baseUrl) {
        this.directory = directory;
        this.process = process;
        this.baseUrl = baseUrl;
        // For a JVM that is told to end in the middle of its tests.
        atExit = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * It is ready on return.
     *
     * @param application the {@code quarkus-app} directory, or the {@code quarkus-run.jar} in it
     * @throws IllegalStateException when it does not become ready, with what it printed
     */
    static SandboxProcess start(Path application, String scenario, List<String> settings) {
        var jar = (Files.isDirectory(application) ? application.resolve("quarkus-run.jar") : application)
                .toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("There is no packaged service at " + jar);
        }
        try {
            var directory = Files.createTempDirectory("partner-center-sandbox");
            var port = freePort();
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Dquarkus.http.port=" + port);
            command.add("-Dcsp.scenario=" + scenario);
            command.add("-Dcsp.sandbox=true");
            command.add("-Dcsp.sandbox-operator-secret=" + OPERATOR_SECRET);
            settings.forEach(setting -> command.add("-D" + setting));
            // Made by the build; one that is not there, or of another JDK, is passed over.
            command.add("-XX:SharedArchiveFile=" + jar.resolveSibling("app-cds.jsa"));
            command.add("-XX:+UseSerialGC");
            command.add("-XX:TieredStopAtLevel=1"); // the tests are over before better code would have paid
            command.add("-jar");
            command.add(jar.toString());
            var process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            var started = new SandboxProcess(directory, process, URI.create("http://localhost:" + port));
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI baseUrl() {
        return baseUrl;
    }

    private void awaitReady() throws IOException {
        var ready = HttpRequest.newBuilder(URI.create(baseUrl + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        var http = HttpClient.newHttpClient();
        var deadline = System.nanoTime() + LONGEST_START.toNanos();
        try {
            while (process.isAlive() && System.nanoTime() < deadline) {
                try {
                    if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Nobody listens yet.
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var log = Files.readString(directory.resolve("log"));
        close();
        throw new IllegalStateException("The sandbox did not become ready:\n" + log);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM ends already.
        }
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        deleteDirectory();
    }

    private void deleteDirectory() {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
