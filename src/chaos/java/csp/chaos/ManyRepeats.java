package csp.chaos;

import java.time.Duration;
import java.util.UUID;

/** A client that repeats does not take the place of those who do not. */
class ManyRepeats implements Attack {

    private static final int REPEATS = 80;
    private static final String SUBSCRIPTION = "50000000-0000-4000-8000-000000000017";

    @Override
    public String name() {
        return "many-repeats";
    }

    @Override
    public String sentence() {
        return "A request cannot go on, and eighty repeats of it with the same MS-RequestId come: they wait or get 409, and everybody"
                + " else is answered.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var service = stage.demo();
        var token = Demo.contoso(service);
        var repeats = new Samples();
        try (var obstacle = service.database();
                var crowd = new Crowd()) {
            obstacle.hold();
            obstacle.update("lock table transfer in share row exclusive mode");
            var request = Transfers.creation(token, Demo.ALPINE, SUBSCRIPTION)
                    .with("MS-RequestId", UUID.randomUUID().toString());
            crowd.join(REPEATS, number -> {
                try (var wire = new Wire(service.port(), Duration.ofSeconds(40))) {
                    wire.ask(request, repeats);
                }
            });
            Crowd.rest(500);
            var samples = new Samples[2];
            try (var others = new Crowd()) {
                samples[0] = others.asking(service.port(), Demo.READINESS, 1, 100);
                samples[1] = others.asking(service.port(), Demo.read(token), 2, 100);
                Crowd.rest(stage.pick(4, 15) * 1000L);
                others.stop();
            }
            obstacle.letGo();
            crowd.await(Duration.ofSeconds(45));
            findings.answered("readiness meanwhile", samples[0], 2_000, 200);
            findings.answered("reads meanwhile", samples[1], 2_000, 200);
            findings.answered("repeats", repeats, 15_000, 201, 409, 503);
        }
    }
}
