package csp.chaos;

import java.time.Duration;

/** Whoever reads the log has stopped reading. */
class BlockedConsole implements Attack {

    @Override
    public String name() {
        return "blocked-console";
    }

    @Override
    public String sentence() {
        return "Standard output is a pipe that nobody reads: requests are answered all the same, and SIGTERM ends the service.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var service = stage.start(Setup.demo().withDeafConsole());
        var requests = stage.pick(6_000, 20_000);
        var read = Demo.read(Demo.contoso(service));
        var samples = new Samples();
        try (var crowd = new Crowd()) {
            crowd.join(20, number -> {
                // Blocked is blocked for ever: a slow machine is not taken for it.
                try (var wire = new Wire(service.port(), Duration.ofSeconds(20))) {
                    for (var i = 0; i < requests / 20 && wire.ask(read, samples) != null; i++) {
                        // The next one.
                    }
                }
            });
            crowd.await(Duration.ofMinutes(5));
        }
        findings.check(
                "requests",
                samples.toString(),
                "%s × 200".formatted(Findings.figure(requests)),
                samples.count(200) == requests);
        findings.answered("readiness afterwards", once(service), 2_000, 200);
        var dropped = dropped(service);
        findings.check("lines dropped", Findings.figure(dropped), "counted", dropped > 0);
        findings.check("SIGTERM", "", "ends within 30 s", service.stop(Duration.ofSeconds(30)));
    }

    private static double dropped(Service service) {
        return service.prepare(Request.get("/q/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith("csp_log_dropped_total "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .sum();
    }

    private static Samples once(Service service) {
        var samples = new Samples();
        try (var wire = new Wire(service.port(), Stage.PATIENCE)) {
            wire.ask(Demo.READINESS, samples);
        }
        return samples;
    }
}
