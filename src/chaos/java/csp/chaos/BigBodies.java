package csp.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Memory is not what a body can take. */
class BigBodies implements Attack {

    private static final int MEGABYTE = 1 << 20;
    private static final int SCENARIO_BYTES = 31 * MEGABYTE;

    @Override
    public String name() {
        return "big-bodies";
    }

    @Override
    public String sentence() {
        return "Twenty bodies of 1 MiB at a time, of many objects, of many numbers and nested deeply, to an operation, and 31 MB to"
                + " the scenarios, at -Xmx512m: each is refused, and the process lives.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var service = stage.demo();
        var create = Request.of("POST", "/v1/customers").as(Demo.contoso(service));
        var load = Request.of("POST", "/sandbox/scenarios").as(Demo.operator(service));
        var small = new Samples();
        for (var body : List.of(
                repeated("[", "{}", "]", MEGABYTE - 16),
                repeated("{\"companyProfile\":[", "1", "]}", MEGABYTE - 32),
                "[".repeat(MEGABYTE - 16),
                "{\"a\":".repeat(MEGABYTE / 5 - 16))) {
            send(service, create.json(body), 20, small);
        }
        findings.answered("1 MiB to an operation", small, 20_000, 400, 408, 413, 503);
        var large = new Samples();
        var bodies = new ArrayList<>(List.of(
                repeated("{\"partners\":[", "{}", "]}", SCENARIO_BYTES),
                repeated("{\"customers\":[{\"subscriptions\":[", "1", "]}]}", SCENARIO_BYTES)));
        if (stage.form() == Form.LONG) {
            bodies.add(repeated("[", "{}", "]", SCENARIO_BYTES));
            bodies.add("[".repeat(SCENARIO_BYTES));
        }
        for (var body : bodies) {
            send(service, load.json(body), stage.pick(2, 4), large);
        }
        findings.answered("31 MB to the scenarios", large, 60_000, 400, 408, 413, 503);
        var afterwards = service.becomes(
                Duration.ofSeconds(10),
                () -> service.status(
                                Demo.read(create.headers().get("Authorization").substring(7)))
                        == 200);
        findings.check(
                "afterwards",
                service.isAlive() ? afterwards ? "lives and answers" : "lives and answers nothing" : "ended",
                "lives and answers within 10 s",
                afterwards);
    }

    private static void send(Service service, Request request, int count, Samples samples) throws InterruptedException {
        try (var crowd = new Crowd()) {
            crowd.join(count, number -> {
                // What is refused by its head alone may be answered before it has been sent.
                try (var wire = new Wire(service.port(), Duration.ofSeconds(60))) {
                    var started = System.nanoTime();
                    try {
                        samples.add(wire.ask(request));
                    } catch (IOException e) {
                        samples.addUnanswered((System.nanoTime() - started) / 1e6);
                    }
                }
            });
            crowd.await(Duration.ofSeconds(TimeUnit.MINUTES.toSeconds(2)));
        }
    }

    private static String repeated(String before, String value, String after, int bytes) {
        var count = bytes / (value.length() + 1);
        var text = new StringBuilder(bytes + 64).append(before).append(value);
        for (var i = 1; i < count; i++) {
            text.append(',').append(value);
        }
        return text.append(after).toString();
    }
}
