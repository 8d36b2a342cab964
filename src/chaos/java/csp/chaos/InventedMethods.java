package csp.chaos;

import java.time.Duration;
import java.util.Locale;

/** What a stranger makes up is not kept. */
class InventedMethods implements Attack {

    private static final int REQUESTS = 3_000;

    @Override
    public String name() {
        return "invented-methods";
    }

    @Override
    public String sentence() {
        return "3,000 requests with invented HTTP methods and without a token: 405 or 501, and the metrics do not grow with them.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var service = stage.demo();
        var before = series(service);
        var samples = new Samples();
        try (var crowd = new Crowd()) {
            var paths = new String[] {"/v1/customers", "/contoso.example/oauth2/token", "/none-" + before};
            crowd.join(10, number -> {
                try (var wire = new Wire(service.port(), Duration.ofSeconds(20))) {
                    for (var i = 0; i < REQUESTS / 10; i++) {
                        wire.ask(
                                Request.of(
                                        "X"
                                                + Integer.toString(number * REQUESTS + i, 36)
                                                        .toUpperCase(Locale.ROOT),
                                        paths[i % 3]),
                                samples);
                    }
                }
            });
            crowd.await(Duration.ofMinutes(1));
        }
        findings.answered("requests", samples, 5_000, 405, 501);
        findings.atMost("new series of metrics", series(service) - before, 100, "");
    }

    private static int series(Service service) {
        var metrics = service.ask(Request.get("/q/metrics")).orElseThrow().body();
        return (int) metrics.lines().filter(line -> !line.startsWith("#")).count();
    }
}
