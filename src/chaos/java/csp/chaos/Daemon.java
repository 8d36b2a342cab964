package csp.chaos;

import csp.testsupport.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A process beside the service, in the foreground of this one, with a log. */
final class Daemon implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Path LOGS = Path.of("target", "chaos", "logs").toAbsolutePath();

    private final Path log;
    private final Process process;

    private Daemon(Process process, Path log) {
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Its log is {@code name.log} in {@code directory}; an earlier one is gone on with. */
    static Daemon start(String name, Path directory, List<String> command) throws IOException {
        var log = directory.resolve(name + ".log");
        return new Daemon(
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                log);
    }

    /** Waits until somebody listens at {@code port}. */
    Daemon listening(int port) throws IOException, InterruptedException {
        await("listening", () -> accepts(port));
        return this;
    }

    /** Waits until {@code condition} holds. Fails with the end of the log when it ends before, or takes too long. */
    void await(String what, BooleanSupplier condition) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                var text = Files.readString(log);
                throw new IllegalStateException(log.getFileName() + " is not " + what + ":\n"
                        + text.substring(Math.max(0, text.length() - 2_000)));
            }
            Crowd.rest(50);
        }
    }

    static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** SIGKILL, also to what it has started. */
    void kill() {
        if (process.isAlive()) {
            Signal.KILL.toAll(Signal.tree(process.toHandle()));
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Files.copy(
                    log,
                    Files.createDirectories(LOGS).resolve(log.getParent().getFileName() + "-" + log.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
