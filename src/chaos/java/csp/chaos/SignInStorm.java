package csp.chaos;

import java.util.concurrent.TimeUnit;

/** Guessing is neither cheap for us nor worth it. */
class SignInStorm implements Attack {

    private static final int CONNECTIONS = 60;
    private static final String[] PARTNERS = {"contoso", "fabrikam", "northwind", "litware", "adatum"};
    private static final String[] USERS = {"admin", "sales", "help"};

    @Override
    public String name() {
        return "sign-in-storm";
    }

    @Override
    public String sentence() {
        return "Sixty right and thirty wrong sign-ins a second: reads hardly notice. After ten wrong passwords the right one does not"
                + " work either.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var service = stage.demo();
        var token = Demo.contoso(service);
        Quiet.reads(service, token, 500); // warms up
        var quiet = Quiet.reads(service, token, stage.pick(1_500, 5_000));
        var reads = storm(service, token, stage.pick(6, 20));
        var most = Math.max(250, 20 * quiet.p99());
        findings.answered("reads (alone: p99 %s ms)".formatted(Findings.figure(quiet.p99())), reads, most, 200);
        var user = "admin";
        try (var wire = new Wire(service.port(), Stage.PATIENCE)) {
            for (var i = 0; i < 12; i++) {
                wire.ask(Demo.userSignsIn(user, "fabrikam", "guess-" + i));
            }
            var answer = wire.ask(Demo.userSignsIn(user, "fabrikam", "fabrikam-password"));
            findings.check(
                    "the right password after twelve wrong ones",
                    answer.status() + (answer.body().contains("AADSTS50053") ? " AADSTS50053" : ""),
                    "400 AADSTS50053",
                    answer.status() == 400 && answer.body().contains("AADSTS50053"));
        }
    }

    private static Samples storm(Service service, String token, int seconds) throws InterruptedException {
        try (var crowd = new Crowd()) {
            var reads = crowd.asking(service.port(), Demo.read(token), 1, 20);
            // Two of three right: 90 a second from all connections together.
            crowd.join(CONNECTIONS, number -> {
                var signIns = new Samples();
                var next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(11L * number);
                try (var wire = new Wire(service.port(), Stage.PATIENCE)) {
                    for (var i = 0; !crowd.isOver(); i++) {
                        var partner = PARTNERS[(number + i) % PARTNERS.length];
                        wire.ask(
                                i % 3 == 0
                                        ? Demo.userSignsIn(USERS[i % USERS.length], partner, "guess-" + i)
                                        : Demo.signIn(partner, (number + i) % PARTNERS.length + 1, partner + "-secret"),
                                signIns);
                        next += TimeUnit.MILLISECONDS.toNanos(1000L * CONNECTIONS / 90);
                        Crowd.rest(Math.max(0, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime())));
                    }
                }
            });
            Crowd.rest(seconds * 1000L);
            crowd.stop();
            return reads;
        }
    }
}
