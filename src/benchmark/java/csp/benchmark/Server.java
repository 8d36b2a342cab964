package csp.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own: the service, or the mock that it is compared with. None outlives this process. */
class Server implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> RUNNING.forEach(process -> {
                            process.descendants().forEach(ProcessHandle::destroy);
                            process.destroyForcibly();
                        }),
                        "end servers"));
    }

    private final Process process;
    private final int port;
    private final double secondsToReady;

    private Server(Process process, int port, double secondsToReady) {
        this.process = process;
        this.port = port;
        this.secondsToReady = secondsToReady;
    }

    /** The service as its users start it, ready. {@code settings} become -D options. */
    static Server service(Path jar, List<String> options, Map<String, String> settings, Path directory) {
        var port = freePort();
        var command = new ArrayList<>(options);
        var archive = jar.resolveSibling("app-cds.jsa"); // older builds have none
        if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.add("-Dquarkus.http.port=" + port);
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", jar.toString()));
        return start(command, port, "/q/health/ready", directory);
    }

    /** WireMock as its manual says for load tests, with the stubs in {@code directory}. */
    static Server wireMock(List<String> options, Path directory, String path) {
        var port = freePort();
        var command = new ArrayList<>(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "wiremock.Run"));
        command.addAll(List.of("--port", Integer.toString(port), "--root-dir", directory.toString()));
        command.addAll(List.of("--no-request-journal", "--disable-request-logging", "--disable-banner"));
        return start(command, port, path, directory);
    }

    private static Server start(List<String> arguments, int port, String readyPath, Path directory) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        try {
            Files.createDirectories(directory);
            var begin = System.nanoTime();
            var process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("server.log").toFile())
                    .start();
            RUNNING.add(process);
            awaitReady(process, port, readyPath, directory);
            return new Server(process, port, (System.nanoTime() - begin) / 1e9);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitReady(Process process, int port, String path, Path directory) throws IOException {
        var deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!answers(port, path)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("Not ready:\n" + Files.readString(directory.resolve("server.log")));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static boolean answers(int port, String path) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** From the start of the process to the first answer of success. */
    double secondsToReady() {
        return secondsToReady;
    }

    double cpuSeconds() {
        return Cpu.seconds(process.toHandle());
    }

    long residentMegabytes() {
        return Cpu.residentMegabytes(process.toHandle());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
    }
}
