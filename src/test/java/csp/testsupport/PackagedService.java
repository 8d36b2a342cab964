package csp.testsupport;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged service as its users run it: a process of its own, on a free port. Only for tests that run after packaging. */
public class PackagedService implements AutoCloseable {

    private static final Path JAR =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    /** Those of PostgreSQL that the build has packaged. */
    public static final Path PROGRAMS = JAR.resolveSibling("postgres").resolve("programs");
    /** Options of the JVM for where many are started; the archive is the one of the README. */
    public static final List<String> STARTS_SOONER = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:SharedArchiveFile=" + JAR.resolveSibling("app-cds.jsa"));

    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Process process;
    private final int port;
    private final Path log;

    private PackagedService(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts it on a free port and waits until it is ready. {@code settings} become -D options. */
    public static PackagedService start(Path workDirectory, Map<String, String> settings) {
        return ready(launch(workDirectory, settings));
    }

    private static PackagedService ready(PackagedService service) {
        try {
            service.awaitReady();
        } catch (Throwable e) {
            service.kill();
            throw e;
        }
        return service;
    }

    /** As {@link #start(Path, Map)} with an option of the JVM. */
    public static PackagedService start(Path workDirectory, Map<String, String> settings, String option) {
        return ready(launch(workDirectory, settings, List.of(option)));
    }

    /** Starts it and does not wait, for starts that are expected to fail. */
    public static PackagedService launch(Path workDirectory, Map<String, String> settings) {
        return launch(workDirectory, settings, List.of());
    }

    private static PackagedService launch(Path workDirectory, Map<String, String> settings, List<String> options) {
        int port = settings.containsKey("quarkus.http.port")
                ? Integer.parseInt(settings.get("quarkus.http.port"))
                : freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(STARTS_SOONER);
        command.addAll(options);
        command.add("-Dquarkus.http.port=" + port);
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", JAR.toString()));
        return launch(workDirectory, command, port);
    }

    private static PackagedService launch(Path workDirectory, List<String> command, int port) {
        try {
            Files.createDirectories(workDirectory);
            Path log = Files.createTempFile(workDirectory, "service", ".log");
            Process process = new ProcessBuilder(command)
                    .directory(workDirectory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            return new PackagedService(process, port, log);
        } catch (IOException e) {
            throw new IllegalStateException("The packaged service could not be launched", e);
        }
    }

    /** Another command that starts it, on this port, ready. */
    public static PackagedService start(Path workDirectory, List<String> command, int port) {
        return ready(launch(workDirectory, command, port));
    }

    public String baseUrl() {
        return "http://localhost:" + port;
    }

    public int port() {
        return port;
    }

    /** All it has printed so far, standard error included. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new IllegalStateException("The log of the service cannot be read", e);
        }
    }

    /** GET of a path of this service; -1 when it does not answer. */
    public int statusOf(String path) {
        HttpResponse<String> response = get(path);
        return response == null ? -1 : response.statusCode();
    }

    /** GET of a path of this service; null when it does not answer. */
    public HttpResponse<String> get(String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(baseUrl() + path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to stop with SIGTERM and waits. Answers the exit code. */
    public int stop() {
        process.destroy();
        return awaitExit();
    }

    /** SIGKILL: it gets no chance to tidy up. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Waits until the process has ended by itself. Answers the exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                fail("The service did not end in time:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void awaitReady() {
        await("ready", () -> {
            if (!process.isAlive()) {
                fail("The service ended with " + process.exitValue() + ":\n" + log());
            }
            return statusOf("/q/health/ready") == 200;
        });
    }

    /** Asks again and again until {@code condition} holds; fails with the log of the service after 90 seconds. */
    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("The service was not " + what + " in time:\n" + log());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50); // between two polls
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** One that nobody listens on at the moment. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("No free port", e);
        }
    }
}
