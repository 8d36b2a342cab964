package csp.chaos;

import csp.testsupport.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** There is no room for what is to be committed. */
class FullDisk implements Attack {

    /** Enough for the programs of PostgreSQL, an empty cluster and the demo world. */
    private static final int MEGABYTES = 256;

    private static final int BLOCK = 64 * 1024;

    @Override
    public String name() {
        return "full-disk";
    }

    @Override
    public String sentence() {
        return "The file system of the embedded PostgreSQL fills up until PostgreSQL gives up, and later has room again: meanwhile"
                + " 503 and never 500, readiness and liveness say so, and then all is there again without a restart.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        if (!canMount()) {
            findings.skipped("", "this machine lets nobody mount a file system (unshare --map-root-user --mount)");
            return;
        }
        var service = stage.start(Setup.demo().withDisk(MEGABYTES));
        var transfer = Transfers.create(service, Demo.ALPINE, "50000000-0000-4000-8000-000000000001");
        var filler = service.data().resolve("filler");
        var answers = new Samples();
        fillUp(service, filler);
        var told = service.becomes(Duration.ofSeconds(45), () -> {
            service.ask(transfer).ifPresent(answers::add);
            service.ask(Demo.contosoSignsIn()).ifPresent(answers::add);
            return service.status(Demo.READINESS) == 503 && service.status(Demo.LIVENESS) == 503;
        });
        for (var i = 0; i < stage.pick(10, 50); i++) {
            service.ask(transfer).ifPresent(answers::add);
            service.ask(Demo.contosoSignsIn()).ifPresent(answers::add);
        }
        findings.check(
                "readiness and liveness",
                "%d and %d".formatted(service.status(Demo.READINESS), service.status(Demo.LIVENESS)),
                "both 503 within 45 s",
                told);
        findings.check(
                "answers meanwhile",
                answers.toString(),
                "none but 200 and 503",
                answers.count() > 0 && answers.count() == answers.count(200, 503));
        Files.delete(filler);
        var freed = System.nanoTime();
        var again = service.becomes(
                Duration.ofSeconds(60),
                () -> service.status(transfer) == 200
                        && service.status(Demo.contosoSignsIn()) == 200
                        && service.isReady());
        findings.check(
                "with room again",
                again ? Findings.figure((System.nanoTime() - freed) / 1e9) + " s" : "not within 60 s",
                "back with what was committed within 60 s",
                again);
    }

    private static boolean canMount() throws IOException, InterruptedException {
        try {
            var trial = new ProcessBuilder(
                            "unshare", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    /** By a connection that is there before: with the disk full, PostgreSQL may refuse new ones and live on. */
    private static void fillUp(Service service, Path filler) throws Exception {
        try (var database = service.database()) {
            fill(filler);
            useUpLog(database);
        }
    }

    private static void fill(Path filler) {
        var block = new byte[BLOCK];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // Full: that is what was wanted.
        }
    }

    /** Has PostgreSQL need a new file of its log, for which there is no room: it ends at once, and cannot come back. */
    private static void useUpLog(Sql database) {
        try {
            for (var i = 0; i < 100; i++) {
                database.column("select pg_logical_emit_message(true, 'chaos', repeat('x', 1000000))");
            }
        } catch (IllegalStateException e) {
            return; // it has ended
        }
        throw new IllegalStateException("PostgreSQL still finds room");
    }
}
