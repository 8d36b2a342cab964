package csp.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Starts a server and watches it meanwhile: the library alone goes on asking a server that has ended until its time is up. What
 * was wrong, the server itself says in its log.
 */
class ServerStart {

    private static final long MILLISECONDS_PER_LOOK = 50;
    /** A process that has ended and one that is about to begin look the same for a moment. */
    private static final int LOOKS_TO_BE_SURE = 4;

    /** All but what it tells clients that come too early or too late. */
    private static final Pattern FATAL =
            Pattern.compile("(?:FATAL|PANIC|postgres|pg_ctl: error): +(?!the database system is )(.*)");

    private final EmbeddedPostgres.Builder builder;
    private final Postmaster postmaster;
    private final Path log;
    private final long logBegins;

    ServerStart(EmbeddedPostgres.Builder builder, Postmaster postmaster, Path log) throws IOException {
        this.builder = builder;
        this.postmaster = postmaster;
        this.log = log;
        this.logBegins = Files.exists(log) ? Files.size(log) : 0;
    }

    /** @throws ServerEndedException as soon as it has, or when it cannot be had in time; nothing of it is left then */
    EmbeddedPostgres run() throws ServerEndedException, InterruptedException {
        var starting = new FutureTask<>(builder::start);
        var thread = new Thread(starting, "start of PostgreSQL");
        thread.setDaemon(true);
        thread.start();
        try {
            return result(starting);
        } catch (ExecutionException e) {
            postmaster.stop();
            throw new ServerEndedException(complaint(e.getCause().toString()), e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            thread.interrupt();
            discard(starting);
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new ServerEndedException(complaint("it ended"), e);
        }
    }

    /** @throws TimeoutException when the server has ended, and only then */
    private EmbeddedPostgres result(FutureTask<EmbeddedPostgres> starting)
            throws ExecutionException, InterruptedException, TimeoutException {
        var seen = false;
        var gone = 0;
        while (true) {
            try {
                return starting.get(MILLISECONDS_PER_LOOK, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillStarting) {
                var runs = postmaster.isRunning();
                seen |= runs;
                gone = !runs && seen ? gone + 1 : 0;
                if (gone >= LOOKS_TO_BE_SURE) {
                    throw stillStarting;
                }
            }
        }
    }

    /** Interrupted, the library hands out a server that it has not seen; only its files are to be let go. */
    private void discard(FutureTask<EmbeddedPostgres> starting) throws InterruptedException {
        postmaster.stop();
        try {
            starting.get().close();
        } catch (ExecutionException | IOException e) {
            // It never came so far.
        }
    }

    /** What the server said last, or {@code otherwise}. */
    private String complaint(String otherwise) {
        return FATAL.matcher(sinceStart())
                .results()
                .map(line -> line.group(1).strip())
                .reduce((first, last) -> first)
                .orElse(otherwise);
    }

    private String sinceStart() {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.min(logBegins, channel.size()));
            return new String(
                    java.nio.channels.Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
