package csp.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * All attacks on the packaged service, and their verdicts: docs/reliability.md. In the short form, unless {@code chaos.form} is
 * {@code long}; only those that {@code chaos.attacks} names, with commas in between, if it does.
 */
class ChaosIT {

    private static final Form FORM =
            Form.valueOf(System.getProperty("chaos.form", "short").toUpperCase(Locale.ROOT));
    private static final String CHOSEN = System.getProperty("chaos.attacks", "");

    /** As far as {@link StopUnderLoad}, which ends it, they share a service in the short form. */
    private static final List<Attack> ONE_LANE = List.of(
            new BrokenHttp(),
            new InventedMethods(),
            new GeneratedRequests(),
            new Overload(),
            new FiveTimesCapacity(),
            new SlowBodies(),
            new BigBodies(),
            new ManyRepeats(),
            new SignInStorm(),
            new KilledDatabase(),
            new StopUnderLoad(),
            new KillRounds(),
            new KilledCopies());

    private static final List<Attack> OTHER_LANE = List.of(
            new OutsideDatabaseInTrouble(),
            new HangingIssuer(),
            new BadMailServers(),
            new BlockedConsole(),
            new FullDisk(),
            new RollingRestart(),
            new BehindPgBouncer(),
            new Failover());

    /** Too long for every build: in the short form only when they are named. */
    private static final Set<String> ASKED_FOR = Set.of("rolling-restart", "pgbouncer", "failover");

    @TempDir
    static Path directory;

    private static final List<Finding> FINDINGS = new ArrayList<>();

    /** The short form mostly waits, so both halves of it run at the same time; figures are for the long one. */
    private final ExecutorService lanes = Executors.newFixedThreadPool(FORM.pick(2, 1));

    @AfterAll
    static void tell() throws IOException {
        var table = Stream.concat(
                        Stream.of("| Attack | What | Measured | Bar | Verdict |", "|---|---|---|---|---|"),
                        FINDINGS.stream().map(Finding::row))
                .collect(Collectors.joining("\n", "\n", "\n"));
        System.out.println(table);
        Files.writeString(Files.createDirectories(Path.of("target", "chaos")).resolve("verdicts.md"), table);
        if (Boolean.getBoolean("chaos.write")) {
            ReliabilityFigures.write(FINDINGS, LocalDate.now());
        }
    }

    @TestFactory
    Stream<DynamicTest> attacks() {
        var tests = Stream.concat(
                        begin(ONE_LANE, directory.resolve("one")).stream(),
                        begin(OTHER_LANE, directory.resolve("other")).stream())
                .toList();
        lanes.shutdown();
        return tests.stream();
    }

    private List<DynamicTest> begin(List<Attack> attacks, Path place) {
        List<DynamicTest> tests = new ArrayList<>();
        List<Runnable> lane = new ArrayList<>();
        var stage = new Stage(FORM, place);
        for (var attack : attacks) {
            if (attack.isIn(FORM)
                    && (CHOSEN.isEmpty() || List.of(CHOSEN.split(",")).contains(attack.name()))) {
                var outcome = new CompletableFuture<Findings>();
                lane.add(() -> outcome.complete(isLeftOut(attack) ? leftOut(attack) : carryOut(attack, stage)));
                tests.add(DynamicTest.dynamicTest(
                        attack.name() + ": " + attack.sentence(), () -> judge(attack, outcome.join())));
            }
        }
        lanes.submit(() -> {
            try (stage) {
                lane.forEach(Runnable::run);
            }
            return null;
        });
        return tests;
    }

    private static boolean isLeftOut(Attack attack) {
        return FORM == Form.SHORT && CHOSEN.isEmpty() && ASKED_FOR.contains(attack.name());
    }

    private static Findings leftOut(Attack attack) {
        var findings = new Findings(attack.name());
        findings.skipped("", "by mvn -q verify -Pfailover, or -Dchaos.attacks=" + attack.name());
        return findings;
    }

    private static Findings carryOut(Attack attack, Stage stage) {
        var findings = new Findings(attack.name());
        var thread = Executors.newSingleThreadExecutor(task -> {
            var daemon = new Thread(task, attack.name());
            daemon.setDaemon(true);
            return daemon;
        });
        var started = System.nanoTime();
        try {
            thread.submit(() -> {
                        attack.run(stage, findings);
                        return null;
                    })
                    .get(attack.mostMinutes(FORM), TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            findings.check("carried out", reason(e.getCause()), "to its end", false);
        } catch (TimeoutException e) {
            findings.check(
                    "carried out", "stopped after " + attack.mostMinutes(FORM) + " minutes", "to its end", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thread.shutdownNow();
            stage.tidy();
        }
        System.out.printf("%s (%d s)%n", attack.name(), (System.nanoTime() - started) / 1_000_000_000);
        return findings;
    }

    private static void judge(Attack attack, Findings findings) {
        FINDINGS.addAll(findings.all());
        var failed = findings.all().stream()
                .filter(finding -> finding.verdict() == Finding.Verdict.FAIL)
                .map(Finding::row)
                .toList();
        assertTrue(failed.isEmpty(), () -> attack.sentence() + "\n" + String.join("\n", failed));
    }

    private static String reason(Throwable failure) {
        failure.printStackTrace();
        return failure.toString().lines().findFirst().orElse("");
    }
}
