package csp.chaos;

import csp.testsupport.Signal;
import java.nio.file.Files;
import java.time.Duration;

/** The database of our own is killed, and cannot be started for a while. */
class KilledDatabase implements Attack {

    @Override
    public String name() {
        return "killed-database";
    }

    @Override
    public String sentence() {
        return "The embedded PostgreSQL is killed: the service starts it again with all that was committed. While it cannot,"
                + " readiness and liveness say so.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var first = stage.demo();
        var transfer = Transfers.create(first, Demo.ALPINE, "50000000-0000-4000-8000-000000000001");
        Signal.KILL.to(first.postmaster().orElseThrow());
        var killed = System.nanoTime();
        var statuses = new Samples();
        var again = first.becomes(Duration.ofSeconds(30), () -> {
            first.ask(transfer).ifPresent(statuses::add);
            return statuses.count(200) > 0 && first.isReady();
        });
        var seconds = (System.nanoTime() - killed) / 1e9;
        findings.check(
                "back with what was committed",
                again ? Findings.figure(seconds) + " s" : "not within 30 s",
                "at most 30 s",
                again);
        findings.check(
                "answers meanwhile",
                statuses.toString(),
                "none but 200 and 503",
                statuses.count() == statuses.count(200, 503));
        if (!again) {
            first.kill();
        }
        var service = again ? first : stage.start(first.setup(), first.directory());
        cannotStart(service, transfer, findings);
    }

    private static void cannotStart(Service service, Request transfer, Findings findings) throws Exception {
        var logged = service.log().length();
        var control = service.data().resolve("postgres/global/pg_control");
        var aside = control.resolveSibling("pg_control.aside");
        Files.move(control, aside);
        Signal.KILL.to(service.postmaster().orElseThrow());
        var told = service.becomes(
                Duration.ofSeconds(45),
                () -> service.status(Demo.READINESS) == 503
                        && service.status(Demo.LIVENESS) == 503
                        && service.log().contains("did not start (could not "));
        var answers = new Samples();
        for (var i = 0; i < 6; i++) {
            service.ask(i % 2 == 0 ? transfer : Demo.contosoSignsIn()).ifPresent(answer -> {
                if (answer.headers().containsKey("retry-after")) {
                    answers.add(answer);
                }
            });
        }
        findings.check(
                "answers while it cannot be started",
                answers.toString(),
                "6 × 503 with Retry-After",
                answers.count(503) == 6);
        findings.check(
                "why it cannot",
                service.log().contains("did not start (could not ") ? "in the log" : "not in the log",
                "in the log",
                service.log().contains("did not start (could not "));
        findings.atMost(
                "lines of traces in the log",
                service.log()
                        .substring(logged)
                        .lines()
                        .filter(line -> line.startsWith("\tat "))
                        .count(),
                500,
                "");
        findings.check(
                "cannot be started",
                "readiness %d, liveness %d".formatted(service.status(Demo.READINESS), service.status(Demo.LIVENESS)),
                "both 503 within 45 s",
                told);
        Files.move(aside, control);
        var started = System.nanoTime();
        var again = service.becomes(
                Duration.ofSeconds(60),
                () -> service.status(transfer) == 200 && service.isReady() && service.status(Demo.LIVENESS) == 200);
        findings.check(
                "can be started again",
                again ? Findings.figure((System.nanoTime() - started) / 1e9) + " s" : "not within 60 s",
                "back within 60 s",
                again);
    }
}
