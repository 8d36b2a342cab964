package csp.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server processes of one PostgreSQL directory, also those that an earlier service left behind when it was killed. */
class Postmaster {

    /** A fast shutdown writes a checkpoint; a server that still recovers from a crash finishes that first. */
    private static final long STOP_SECONDS = 60;

    private final Path directory;

    /** @param directory absolute, as it is handed to the server on its command line */
    Postmaster(Path directory) {
        this.directory = directory;
    }

    /**
     * Ends what still runs on this directory and waits for it. To be called only by the holder of the directory's lock.
     * Committed data are safe in any case: a server that has to be killed recovers them at its next start.
     */
    void stop() {
        List<ProcessHandle> servers = running();
        for (ProcessHandle server : servers) {
            interrupt(server);
        }
        for (ProcessHandle server : servers) {
            await(server);
        }
        disarmPidFile();
    }

    /** Runs {@code shutdown} and waits for the servers that were there before it; kills those that do not obey in time. */
    void awaitStop(Shutdown shutdown) throws IOException {
        List<ProcessHandle> servers = running(); // once a process is ending it can no longer be recognised
        shutdown.run();
        servers.forEach(this::await);
    }

    /** Tells the servers to stop. */
    interface Shutdown {
        void run() throws IOException;
    }

    private List<ProcessHandle> running() {
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    /** A pid alone proves nothing, it may have been given to another program since; the command line names the directory. */
    private boolean isOurs(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        List<String> arguments = List.of(info.arguments().orElse(new String[0]));
        int option = arguments.indexOf("-D");
        return option >= 0
                && option + 1 < arguments.size()
                && arguments.get(option + 1).equals(directory.toString())
                && info.command()
                        .map(command -> Path.of(command).getFileName().toString())
                        .filter(name -> name.equals("postgres") || name.equals("initdb"))
                        .isPresent();
    }

    /** SIGINT is PostgreSQL's fast shutdown. SIGTERM, all that Java can send, would wait for connected clients. */
    private static void interrupt(ProcessHandle server) {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT \"$0\"", Long.toString(server.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            server.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(ProcessHandle server) {
        CompletableFuture<ProcessHandle> exit = server.onExit();
        try {
            try {
                exit.get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                server.destroyForcibly();
                exit.get(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (TimeoutException | ExecutionException e) {
            throw new DatabaseStartException(
                    "PostgreSQL process " + server.pid() + " of " + directory
                            + " does not stop; end it and start again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A pid file left by a crash blocks the next start when its pid belongs to another program by now. Only the pid is made
     * invalid: the rest of the file still lets PostgreSQL see server processes that outlived their postmaster.
     */
    private void disarmPidFile() {
        Path file = directory.resolve("postmaster.pid");
        try {
            if (!Files.exists(file)) {
                return;
            }
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            if (!lines.isEmpty() && belongsToAnotherProgram(lines.get(0))) {
                lines.set(0, Integer.toString(Integer.MAX_VALUE));
                Files.write(file, lines);
            }
        } catch (IOException e) {
            throw new DatabaseStartException("The file " + file + " cannot be read or changed.", e);
        }
    }

    private boolean belongsToAnotherProgram(String pid) {
        try {
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid.trim()));
            // A process that hides its command line might be ours: then PostgreSQL itself decides.
            return process.isPresent() && process.get().info().arguments().isPresent() && !isOurs(process.get());
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
