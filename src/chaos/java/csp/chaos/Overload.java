package csp.chaos;

import java.time.Duration;

/** More than it can do. */
class Overload implements Attack {

    private static final int CONNECTIONS = 500;

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public String sentence() {
        return "Five hundred connections ask at the same time, again and again: what is beyond the service gets 503 with Retry-After"
                + " at once, and what it accepts is answered within two seconds.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var service = stage.demo();
        var token = Demo.contoso(service);
        var read = Demo.read(token);
        var eligibility = Request.get(
                        "/v1/customers/" + Demo.ALPINE + "/transferseligibility?transferType=directtoindirect")
                .as(token);
        var quiet = Quiet.reads(service, token, stage.pick(1_000, 5_000));
        var accepted = new Samples();
        var refused = new Samples();
        var silent = new Samples();
        try (var crowd = new Crowd()) {
            var readiness = crowd.asking(service.port(), Demo.READINESS, 1, 100);
            crowd.join(CONNECTIONS, number -> {
                try (var wire = new Wire(service.port(), Duration.ofSeconds(30))) {
                    while (!crowd.isOver()) {
                        var one = new Samples();
                        var answer = wire.ask(number % 10 == 0 ? eligibility : read, one);
                        if (answer == null) {
                            accepted.addUnanswered(one.worst());
                        } else if (answer.status() == 503) {
                            refused.add(answer);
                            if (!answer.headers().containsKey("retry-after")) {
                                silent.add(answer);
                            }
                            Crowd.rest(1_000); // as it is told to
                        } else {
                            accepted.add(answer);
                        }
                    }
                }
            });
            Crowd.rest(stage.pick(10, 60) * 1000L);
            crowd.stop();
            crowd.await(Duration.ofSeconds(30));
            findings.answered("accepted (alone: p99 " + Findings.figure(quiet.p99()) + " ms)", accepted, 2_000, 200);
            findings.check(
                    "refused",
                    "%s; %d without Retry-After".formatted(refused, silent.count()),
                    "with Retry-After, p99 2,000 ms",
                    silent.count() == 0 && (refused.count() == 0 || refused.p99() <= 2_000));
            findings.answered("readiness meanwhile", readiness, 2_000, 200);
        }
        findings.check(
                "afterwards",
                "read " + service.status(read),
                "200",
                service.becomes(Duration.ofSeconds(10), () -> service.status(read) == 200));
    }
}
