package csp.chaos;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The database is somebody else's, and away. */
class OutsideDatabaseInTrouble implements Attack {

    /** How long a client is patient. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "frozen-and-stopped-database";
    }

    @Override
    public String sentence() {
        return "A configured PostgreSQL is frozen, and later stopped and started again: whoever asks meanwhile gets 503 with"
                + " Retry-After in good time and never 500, and when it is back, so is the service.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var database = stage.database();
        var service = stage.start(Setup.demo().with(database.settings()));
        var token = Demo.contoso(service);
        during(service, token, findings, "frozen", stage.pick(14, 30), database::freeze, database::thaw);
        during(service, token, findings, "stopped", stage.pick(4, 10), database::stop, database::start);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void during(
            Service service, String token, Findings findings, String state, int seconds, Step begin, Step end)
            throws Exception {
        var read = Demo.read(token);
        // A customer that is not there: whatever becomes of it, nothing is written.
        var write = Request.of("POST", "/v1/customers/" + Demo.ALPINE + "/transfers")
                .as(token)
                .json("{\"sourcePartnerTenantId\":\"%s\",\"targetPartnerTenantId\":\"%s\",\"lineItems\":[]}"
                        .formatted(Demo.CONTOSO, Demo.FABRIKAM));
        try (var crowd = new Crowd()) {
            var samples = new Samples();
            var silent = new Samples();
            var wrong = new AtomicReference<>("");
            begin.run();
            crowd.join(24, number -> {
                try (var wire = new Wire(service.port(), PATIENT)) {
                    while (!crowd.isOver()) {
                        var request = number % 3 == 0 ? Demo.contosoSignsIn() : number % 3 == 1 ? write : read;
                        var answer = wire.ask(request, samples);
                        if (answer != null
                                && answer.status() == 503
                                && !answer.headers().containsKey("retry-after")) {
                            silent.add(answer);
                        }
                        if (answer != null && answer.status() == 500) {
                            wrong.compareAndSet("", "; one of them: " + answer.body());
                        }
                        Crowd.rest(200);
                    }
                }
            });
            Crowd.rest(seconds * 1000L);
            end.run();
            var thawed = System.nanoTime();
            var again = service.becomes(Duration.ofSeconds(30), () -> service.status(read) == 200 && service.isReady());
            var millis = (System.nanoTime() - thawed) / 1e6;
            crowd.stop();
            crowd.await(PATIENT);
            // Some are answered before it begins, without the database, or after it is over.
            var known = samples.count(200, 201, 400, 403, 404, 409, 503);
            findings.check(
                    state + ": answers",
                    samples + wrong.get(),
                    "503 where the database is needed, never 500",
                    samples.count(503) > 0 && known == samples.count());
            findings.check(
                    state + ": Retry-After",
                    "%d of %d × 503 without it".formatted(silent.count(), samples.count(503)),
                    "none without it",
                    samples.count(503) > 0 && silent.count() == 0);
            findings.atMost(state + ": longest wait", samples.worst() / 1000, 12, " s");
            findings.check(
                    state + ": back by itself",
                    again ? Findings.figure(millis / 1000) + " s" : "not within 30 s",
                    "at most 30 s",
                    again);
        }
    }
}
