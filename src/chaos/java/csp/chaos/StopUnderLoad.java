package csp.chaos;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A stop that nobody notices. */
class StopUnderLoad implements Attack {

    @Override
    public String name() {
        return "stop-under-load";
    }

    @Override
    public String sentence() {
        return "SIGTERM while clients ask, which a balancer sends elsewhere once readiness says so: readiness goes first, and no"
                + " request is cut off.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var answered = new AtomicInteger();
        var cut = new AtomicInteger();
        var unready = new AtomicInteger();
        var late = new AtomicInteger();
        var rounds = stage.pick(1, 5);
        var ended = true;
        for (var round = 0; round < rounds; round++) {
            var service = stage.demo();
            var read = Demo.read(Demo.contoso(service)).with("Connection", "close");
            var elsewhere = new AtomicBoolean();
            try (var crowd = new Crowd()) {
                crowd.join(16, number -> {
                    while (!elsewhere.get() && !crowd.isOver()) {
                        var one = new Samples();
                        try (var wire = new Wire(service.port(), Duration.ofSeconds(20))) {
                            if (wire.ask(read, one) != null && one.count(200) == 1) {
                                answered.incrementAndGet();
                            } else if (wire.hasSent()) {
                                cut.incrementAndGet();
                            } else {
                                return; // refused: the port is closed
                            }
                        }
                    }
                });
                crowd.join(1, number -> {
                    while (!crowd.isOver()) {
                        var status = service.status(Demo.READINESS);
                        if (status == 503) {
                            unready.incrementAndGet();
                            if (service.status(read) == 200) {
                                late.incrementAndGet();
                            }
                        }
                        if (status != 200) {
                            elsewhere.set(true);
                            return;
                        }
                        Crowd.rest(50);
                    }
                });
                var enough = (round + 1) * 300;
                service.becomes(Duration.ofSeconds(30), () -> answered.get() >= enough);
                ended &= service.stop(Duration.ofSeconds(30));
                crowd.stop();
            }
        }
        findings.check(
                "requests cut off",
                "%d of %s".formatted(cut.get(), Findings.figure(answered.get() + cut.get())),
                "none",
                cut.get() == 0 && answered.get() > 0);
        findings.check(
                "readiness before the port closed",
                "%d of %d rounds".formatted(unready.get(), rounds),
                "503 each time",
                unready.get() == rounds);
        findings.check(
                "a request after that",
                "%d of %d answered".formatted(late.get(), rounds),
                "200 each time",
                late.get() == rounds);
        findings.check("SIGTERM", ended ? "ended" : "goes on", "ends within 30 s", ended);
    }
}
