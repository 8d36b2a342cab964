package csp.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Five times as many requests as it can answer, at a rate that knows nothing of its answers. The generator has the first word on the
 * processors: those who attack have machines of their own, and what waits in a generator that gets no time has not arrived.
 */
class FiveTimesCapacity implements Attack {

    private static final int TIMES = 5;
    private static final int AT_A_TIME = 32;
    private static final int MEGABYTES = 1_024;
    /** A generator that cannot keep the rate has not attacked. */
    private static final double KEPT = 0.9;

    @Override
    public String name() {
        return "five-times-capacity";
    }

    @Override
    public String sentence() {
        return "For a minute five times as many requests arrive as the service can answer, whether or not earlier ones were answered: what"
                + " it accepts is answered within two seconds, the rest gets 503 with Retry-After at once, memory stays bounded, and"
                + " afterwards all is as before.";
    }

    @Override
    public boolean isIn(Form form) {
        return form == Form.LONG;
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var service = stage.start(Setup.demo().behindOthers());
        var token = Demo.contoso(service);
        List<Request> mix = new ArrayList<>();
        for (var i = 0; i < 9; i++) {
            mix.add(Demo.read(token));
        }
        mix.add(Request.get("/v1/customers/" + Demo.ALPINE + "/transferseligibility?transferType=directtoindirect")
                .as(token));
        var duration = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 60));
        double capacity;
        try (var warm = new ArrivingRequests(service.port(), mix)) {
            warm.keepBusy(AT_A_TIME, Duration.ofSeconds(15));
        }
        try (var alone = new ArrivingRequests(service.port(), mix)) {
            capacity = alone.keepBusy(AT_A_TIME, Duration.ofSeconds(10));
        }
        try (var crowd = new Crowd();
                var flood = new ArrivingRequests(service.port(), mix)) {
            var readiness = crowd.asking(service.port(), Demo.READINESS, 1, 100);
            var rate = flood.arrive(capacity * TIMES, duration);
            crowd.stop();
            findings.check(
                    "arrived (it can answer %s/s)".formatted(Findings.figure(capacity)),
                    "%s/s".formatted(Findings.figure(rate)),
                    "%s/s, nine tenths of it at least".formatted(Findings.figure(capacity * TIMES)),
                    rate >= capacity * TIMES * KEPT);
            findings.answered("accepted", flood.accepted, 2_000, 200);
            findings.check(
                    "refused",
                    "%s; %d without Retry-After".formatted(flood.refused, flood.refusedWithoutRetryAfter.get()),
                    "some, with Retry-After, p99 2,000 ms",
                    flood.refused.count() > 0
                            && flood.refusedWithoutRetryAfter.get() == 0
                            && flood.refused.p99() <= 2_000);
            findings.answered("readiness meanwhile", readiness, 2_000, 200);
        }
        findings.atMost("memory at its most", residentMegabytes(service), MEGABYTES, " MB");
        try (var after = new ArrivingRequests(service.port(), mix)) {
            var rate = after.keepBusy(AT_A_TIME, Duration.ofSeconds(10));
            findings.check(
                    "afterwards",
                    "%s/s; %s".formatted(Findings.figure(rate), after.accepted),
                    "all 200, three quarters of the rate before",
                    after.accepted.count(200) == after.accepted.count() && rate >= capacity * 0.75);
        }
    }

    private static long residentMegabytes(Service service) throws IOException {
        return Files.readAllLines(
                                Path.of("/proc", Long.toString(service.process().pid()), "status"))
                        .stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0L)
                / 1_024;
    }
}
