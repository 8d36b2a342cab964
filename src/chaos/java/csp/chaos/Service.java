package csp.chaos;

import csp.testsupport.Signal;
import csp.testsupport.Sql;
import csp.testsupport.TestDatabase;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged service, started the way an attack wants it, with the means to harm it. */
final class Service implements AutoCloseable {

    private static final Path JAR =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final Path LOGS = Path.of("target", "chaos", "logs").toAbsolutePath();
    private static final Duration START_WITHIN = Duration.ofSeconds(90);

    private final Setup setup;
    private final Path directory;
    private final int port;
    private final Path log;
    private final Process process;

    private Service(Setup setup, Path directory) throws IOException {
        this.setup = setup;
        this.directory = directory;
        port = Integer.parseInt(setup.settings().getOrDefault("quarkus.http.port", "" + freePort()));
        Files.createDirectories(data());
        log = Files.createTempFile(directory, "service", ".log");
        process = new ProcessBuilder(command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(setup.deafConsole() ? Redirect.PIPE : Redirect.to(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Starts on {@code directory}, which may hold the data of an earlier start, and waits until it is ready. */
    static Service start(Setup setup, Path directory) throws IOException, InterruptedException {
        var embedded = !setup.settings().containsKey("quarkus.datasource.jdbc.url");
        if (embedded && setup.diskMegabytes() == 0 && !Files.exists(directory.resolve("data/postgres"))) {
            TestDatabase.layEmptyCluster(directory.resolve("data"));
        }
        var service = new Service(setup, directory);
        if (!service.becomes(START_WITHIN, service::isReady)) {
            service.close();
            throw new IllegalStateException(
                    "The service did not start within " + START_WITHIN + ":\n" + service.lastLines());
        }
        return service;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        if (setup.diskMegabytes() > 0) {
            // A name space of its own: nobody else sees the file system, and it ends with the process.
            command.addAll(List.of(
                    "unshare",
                    "--map-root-user",
                    "--mount",
                    "sh",
                    "-c",
                    "mount -t tmpfs -o size=" + setup.diskMegabytes() + "m tmpfs data && exec \"$@\"",
                    "sh"));
        }
        if (setup.isAfterOthers()) {
            command.addAll(List.of("nice", "-n", "10"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(setup.jvm());
        command.add("-Dquarkus.http.port=" + port);
        setup.settings().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", JAR.toString()));
        return command;
    }

    int port() {
        return port;
    }

    Setup setup() {
        return setup;
    }

    Path directory() {
        return directory;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** All it has printed so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The end of {@link #log}, for whoever must tell what went wrong. */
    String lastLines() {
        var lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }

    boolean isReady() {
        return status(Demo.READINESS) == 200;
    }

    /** The status of the answer on a connection of its own; 0 when there is none within five seconds. */
    int status(Request request) {
        return ask(request).map(Answer::status).orElse(0);
    }

    Optional<Answer> ask(Request request) {
        try (var wire = new Wire(port, Stage.PATIENCE)) {
            return Optional.of(wire.ask(request.with("Connection", "close")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The answer to a request that prepares an attack: it must succeed, and may take its time. */
    Answer prepare(Request request) {
        try (var wire = new Wire(port, START_WITHIN)) {
            var answer = wire.ask(request);
            if (!answer.isSuccess()) {
                throw new IllegalStateException(
                        request.path() + " answers " + answer.status() + " " + answer.body() + "\n" + lastLines());
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(request.path() + " answers nothing\n" + lastLines(), e);
        }
    }

    /** Whether the condition comes true while the process lives, and in time. */
    boolean becomes(Duration within, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < deadline && isAlive()) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Crowd.rest(50);
        }
        return false;
    }

    /** Where it keeps its data, as this process sees it, be it on a file system of the service's own. */
    Path data() {
        return setup.diskMegabytes() > 0 && process != null
                ? Path.of("/proc/" + process.pid() + "/root" + directory.resolve("data"))
                : directory.resolve("data");
    }

    /** The server process of its embedded PostgreSQL. */
    Optional<ProcessHandle> postmaster() {
        try {
            return ProcessHandle.of(Long.parseLong(pidFile().get(0).trim()));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** A connection past the service to its embedded PostgreSQL. */
    Sql database() throws IOException, SQLException {
        return new Sql(DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + pidFile().get(3) + "/postgres?connectTimeout=5&socketTimeout=60",
                "postgres",
                Files.readString(data().resolve("postgres/csp-password")).strip()));
    }

    private List<String> pidFile() throws IOException {
        return Files.readAllLines(data().resolve("postgres/postmaster.pid"));
    }

    /** SIGTERM. Answers whether it ended in time. */
    boolean stop(Duration within) {
        process.destroy();
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL to the JVM alone. */
    void killJvm() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it and its database at once, whatever state they are in. */
    void kill() {
        if (process.isAlive()) {
            Signal.KILL.toAll(Signal.tree(process.toHandle()));
            awaitEnd();
        }
        databases().forEach(server -> Signal.KILL.toAll(Signal.tree(server)));
    }

    /** Database servers on its directory, also those that outlived the JVM that had started them. */
    private List<ProcessHandle> databases() {
        var cluster = directory.resolve("data").toString();
        return ProcessHandle.allProcesses()
                .filter(candidate -> {
                    var arguments = List.of(candidate.info().arguments().orElse(new String[0]));
                    var option = arguments.indexOf("-D");
                    return option >= 0
                            && option + 1 < arguments.size()
                            && arguments.get(option + 1).startsWith(cluster);
                })
                .toList();
    }

    @Override
    public void close() {
        if (!setup.deafConsole()) {
            stop(Duration.ofSeconds(15));
        }
        kill();
        keepLog();
    }

    /** For whoever asks why a verdict is what it is. */
    private void keepLog() {
        try {
            Files.copy(
                    log,
                    Files.createDirectories(LOGS)
                            .resolve(directory.getParent().getFileName() + "-" + directory.getFileName() + "-"
                                    + process.pid() + ".log"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("No free port", e);
        }
    }
}
