package csp.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The server processes of one PostgreSQL directory, also those that an earlier service left behind when it was killed. */
class Postmaster {

    /** A fast shutdown writes a checkpoint; a server that still recovers from a crash finishes that first. */
    private static final long STOP_SECONDS = 60;

    private static final String PID_FILE = "postmaster.pid";
    private static final long BURIAL_SECONDS = 5;
    private static final long MILLISECONDS_PER_LOOK = 10;

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
        if (Files.exists(directory.resolve(PID_FILE))) { // otherwise the last one has tidied up
            endOrphans();
            disarmPidFile();
        }
    }

    /** Whether a server of this directory runs, or something that is about to start it. */
    boolean isRunning() {
        // What starts it is a child of this process, which is looked for faster; the server itself is not.
        return ProcessHandle.current().children().anyMatch(this::isOurs)
                || !running().isEmpty();
    }

    /** The process of a server that has just started, by what it says itself; empty when it has ended already. */
    Optional<ProcessHandle> server() {
        try (Stream<String> lines = Files.lines(directory.resolve(PID_FILE))) {
            return lines.findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.trim())))
                    .filter(Postmaster::isAlive);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Also of a process that is nobody's child: the one that nobody buries is not alive any more. */
    static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !hasEnded(process);
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

    /**
     * Processes of a server whose first one was killed: they end by themselves once they notice, and no server starts before. What
     * they have committed is in the log of the cluster. Linux alone tells in which directory a process works; elsewhere the start is
     * tried again.
     */
    private void endOrphans() {
        List<ProcessHandle> orphans = ProcessHandle.allProcesses()
                .filter(process -> isNamed(process, "postgres") && worksHere(process))
                .toList();
        orphans.forEach(ProcessHandle::destroyForcibly);
        orphans.forEach(this::await);
    }

    private boolean worksHere(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .equals(directory);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean isNamed(ProcessHandle process, String name) {
        return process.info()
                .command()
                .filter(command -> Path.of(command).getFileName().toString().equals(name))
                .isPresent();
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
                && (isNamed(process, "postgres") || isNamed(process, "initdb") || isNamed(process, "pg_ctl"));
    }

    /**
     * SIGINT is PostgreSQL's fast shutdown. SIGTERM, all that Java can send, would wait for connected clients. A server that was
     * halted hears of it once it goes on.
     */
    private static void interrupt(ProcessHandle server) {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT \"$0\"; kill -CONT \"$0\"", Long.toString(server.pid()))
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
        if (!endsInTime(server)) {
            server.destroyForcibly();
            if (!endsInTime(server)) {
                throw new DatabaseStartException("PostgreSQL process " + server.pid() + " of " + directory
                        + " does not stop; end it and start again.");
            }
        }
    }

    /** The JDK itself would wait for the burial of a process for ever, and look for it every few seconds only. */
    private static boolean endsInTime(ProcessHandle server) {
        return holdsWithin(STOP_SECONDS, () -> !isAlive(server))
                && (mayBeBuried() && holdsWithin(BURIAL_SECONDS, () -> !server.isAlive()) || !isAlive(server));
    }

    /** By the first process of the system, which in a container may be this one: it buries only those that it has started itself. */
    private static boolean mayBeBuried() {
        return ProcessHandle.current().pid() != 1;
    }

    private static boolean holdsWithin(long seconds, BooleanSupplier condition) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > patience) {
                return false;
            }
            try {
                Thread.sleep(MILLISECONDS_PER_LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true; // whoever interrupts does not want to wait
            }
        }
        return true;
    }

    /**
     * A pid file left by a crash blocks the next start when its pid belongs to another program by now. Only the pid is made
     * invalid: the rest of the file still lets PostgreSQL see server processes that outlived their postmaster.
     */
    private void disarmPidFile() {
        Path file = directory.resolve(PID_FILE);
        try {
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
            // A process that hides its command line might be ours: then PostgreSQL itself decides. One that has ended
            // and
            // that nobody has buried yet hides it, too, but is nobody's any more.
            return process.isPresent()
                    && !isOurs(process.get())
                    && (process.get().info().arguments().isPresent() || hasEnded(process.get()));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Linux alone tells. In a container the first process often buries nobody's children but its own. */
    private static boolean hasEnded(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state == 'Z' || state == 'X';
        } catch (IOException e) {
            return false;
        }
    }
}
