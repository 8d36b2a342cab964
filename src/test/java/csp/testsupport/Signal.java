package csp.testsupport;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Signals to processes. */
public enum Signal {
    /** Frozen until {@link #CONT}. */
    STOP,
    CONT,
    KILL,
    /** PostgreSQL's fast shutdown. */
    INT;

    public void to(ProcessHandle process) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + this + " \"$0\"", Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void toAll(List<ProcessHandle> processes) {
        processes.forEach(this::to);
    }

    /** The process and what it has started, itself first. */
    public static List<ProcessHandle> tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }
}
