package csp.chaos;

import csp.testsupport.PackagedService;
import csp.testsupport.Sql;
import csp.testsupport.TransferInvariants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Kill -9, hundreds of times, of one of two copies: {@code -Dchaos.rounds} of them, from the random seed {@code -Dchaos.seed}. The
 * other one serves meanwhile.
 */
class KilledCopies implements Attack {

    private static final int ROUNDS = Integer.getInteger("chaos.rounds", 500);
    private static final long SEED = Long.getLong("chaos.seed", 20260131);
    private static final int WRITERS = 4;
    private static final int TOLD_EVERY = 10;
    private static final Duration MOST = Duration.ofMinutes(58);
    private static final Duration TO_END = Duration.ofSeconds(90);
    private static final Duration TOKENS_LAST = Duration.ofMinutes(15);
    /** What a killed copy had taken is for the other one after some seconds: looked at when so many later rounds are over. */
    private static final int ROUNDS_TO_END = 2;

    @Override
    public String name() {
        return "killed-copies";
    }

    @Override
    public String sentence() {
        return "One of two copies is killed with -9 at a random moment, again and again, while transfers of both flavours are created,"
                + " accepted, rejected, withdrawn, completed and told of: whoever got no answer gets it from the other copy, each answer"
                + " is the one that the state asks for, nothing is lost, half done or done twice, and everybody is told everything.";
    }

    @Override
    public boolean isIn(Form form) {
        return form == Form.LONG;
    }

    @Override
    public int mostMinutes(Form form) {
        return 70;
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var database = stage.database();
        try (var notified = new Notified();
                var connection = database.connect()) {
            var run = new Run(stage, database, connection, notified);
            run.begin();
            var started = System.nanoTime();
            var round = 0;
            while (round < ROUNDS && System.nanoTime() - started < MOST.toNanos()) {
                run.round(round++);
                if (round % TOLD_EVERY == 0) {
                    System.out.printf("%d kills in %d s%n", round, (System.nanoTime() - started) / 1_000_000_000);
                }
            }
            var seconds = (System.nanoTime() - started) / 1e9;
            run.end();
            findings.check(
                    "kills (seed %d)".formatted(SEED),
                    "%d, one every %s s".formatted(round, Findings.figure(seconds / round)),
                    "%d within %d minutes".formatted(ROUNDS, MOST.toMinutes()),
                    round == ROUNDS);
            run.tell(findings);
        }
    }

    private static final class Run {

        private final Stage stage;
        private final Setup setup;
        private final Sql database;
        private final Notified notified;
        private final Random random = new Random(SEED);
        private final CompletableFuture<Service>[] copies = futures();
        private final java.nio.file.Path[] places = new java.nio.file.Path[2];
        private final List<List<KilledCopiesCustomer>> open = new ArrayList<>();
        private final List<UUID> all = new ArrayList<>();
        private final Map<String, Integer> wrong = new TreeMap<>();
        private final List<String> startsThatFailed = new ArrayList<>();
        private int next;
        private int transfers;
        private int interrupted;
        private long tokensTaken;
        private volatile String contoso;
        private volatile String fabrikam;

        @SuppressWarnings("unchecked")
        private static CompletableFuture<Service>[] futures() {
            return new CompletableFuture[2];
        }

        Run(Stage stage, OutsideDatabase outside, Sql database, Notified notified) {
            this.stage = stage;
            this.database = database;
            this.notified = notified;
            setup = new Setup(Map.of(), List.of("-Xmx256m"), false, 0, false)
                    .withJvm(PackagedService.STARTS_SOONER)
                    .with(outside.settings())
                    .with("csp.transfer.completion-delay", "PT1S")
                    .with("csp.webhooks.legacy-transfers", true)
                    .with("csp.webhooks.answer-timeout", "2s")
                    .with("csp.jobs.heartbeat", "1s");
        }

        void begin() throws Exception {
            for (var i = 0; i < copies.length; i++) {
                var copy = stage.start(setup);
                copies[i] = CompletableFuture.completedFuture(copy);
                places[i] = copy.directory();
            }
            signIn();
            for (var partner : Map.of("contoso", contoso, "fabrikam", fabrikam).entrySet()) {
                copies[0]
                        .join()
                        .prepare(Request.of("POST", "/webhooks/v1/registration")
                                .as(partner.getValue())
                                .json("""
                                        {"WebhookUrl":"%s","WebhookEvents":["create-transfer","update-transfer","complete-transfer",
                                        "fail-transfer","expire-transfer"]}""".formatted(notified.url(partner.getKey()))));
            }
        }

        private void signIn() {
            if (tokensTaken == 0 || System.nanoTime() - tokensTaken > TOKENS_LAST.toNanos()) {
                contoso = Demo.contoso(copies[0].join());
                fabrikam = Demo.fabrikam(copies[0].join());
                tokensTaken = System.nanoTime();
            }
        }

        void round(int number) throws Exception {
            for (var copy : copies) {
                copy.join();
            }
            signIn();
            var doomed = number % copies.length;
            var victim = copies[doomed].join();
            var steady = copies[1 - doomed].join();
            List<KilledCopiesCustomer> customers = new ArrayList<>();
            for (var i = 0; i < WRITERS; i++) {
                customers.add(new KilledCopiesCustomer(next++, new Random(random.nextLong())));
            }
            steady.prepare(Request.of("POST", "/sandbox/scenarios")
                    .as(Demo.operator(steady))
                    .json("{\"customers\": ["
                            + customers.stream()
                                    .map(KilledCopiesCustomer::scenario)
                                    .collect(Collectors.joining(",")) + "]}"));
            customers.forEach(customer -> all.add(customer.id()));
            try (var crowd = new Crowd()) {
                crowd.join(WRITERS, writer -> {
                    var customer = customers.get(writer);
                    try (var wires = new KilledCopiesWires(victim.port(), steady.port(), customer.random())) {
                        while (!crowd.isOver() && customer.step(wires, contoso, fabrikam)) {}
                        customer.interrupted(wires.unanswered());
                    }
                });
                steady.becomes(TO_END, () -> customers.stream().allMatch(KilledCopiesCustomer::hasBegun));
                Crowd.rest(random.nextInt(700));
                victim.killJvm();
                copies[doomed] = CompletableFuture.supplyAsync(() -> restarted(doomed));
                Crowd.rest(random.nextInt(200));
                crowd.stop();
                if (!crowd.await(TO_END)) {
                    wrong("writers that got no answer from either copy", "round " + number);
                }
            }
            for (var customer : customers) {
                interrupted += customer.interruptions();
                transfers += customer.transfers();
                customer.complaints().forEach(complaint -> wrong("answers that the state does not ask for", complaint));
                customer.untrueOver(steady.port(), contoso, fabrikam)
                        .forEach(untrue -> wrong("not as told, over HTTP", untrue));
            }
            checkDatabase(customers.stream().map(KilledCopiesCustomer::id).toList());
            open.add(customers);
            if (open.size() > ROUNDS_TO_END) {
                close(open.remove(0), steady);
            }
        }

        private Service restarted(int place) {
            for (var trial = 1; ; trial++) {
                try {
                    return stage.start(setup, places[place]);
                } catch (Exception e) {
                    startsThatFailed.add(e.toString());
                    if (trial == 3) {
                        throw new CompletionException(e);
                    }
                }
            }
        }

        private void checkDatabase(List<UUID> customers) {
            TransferInvariants.broken(database, customers, (long) customers.size() * KilledCopiesCustomer.SUBSCRIPTIONS)
                    .forEach(broken -> wrong("broken in the database", broken));
        }

        /** All that was begun is over, and everybody was told of it. */
        private void close(List<KilledCopiesCustomer> customers, Service service) throws InterruptedException {
            var ids =
                    customers.stream().map(customer -> customer.id().toString()).toArray(String[]::new);
            var isOver = service.becomes(TO_END, () -> database.number("""
                            select (select count(*) from transfer where customer_tenant_id = any (cast(? as uuid[])) and status = 'IN_PROGRESS')
                                + (select count(*) from webhook_delivery where state = 'WAITING' and transfer_id in
                                    (select id from transfer where customer_tenant_id = any (cast(? as uuid[]))))""", ids, ids) == 0);
            if (!isOver) {
                wrong("neither completed nor told in " + TO_END.toSeconds() + " s", ids[0]);
            }
            for (var customer : customers) {
                customer.complete();
                customer.untrueOver(service.port(), contoso, fabrikam)
                        .forEach(untrue -> wrong("not as told, over HTTP", untrue));
                customer.untrueInAudit(database).forEach(untrue -> wrong("audit records lost or doubled", untrue));
                customer.untold(notified).forEach(untold -> wrong("notifications lost, or not in order", untold));
            }
            checkDatabase(customers.stream().map(KilledCopiesCustomer::id).toList());
        }

        void end() throws InterruptedException {
            var service = copies[0].join();
            while (!open.isEmpty()) {
                close(open.remove(0), service);
            }
            checkDatabase(all);
        }

        private void wrong(String what, String detail) {
            wrong.merge(what, 1, Integer::sum);
            System.out.println(what + ": " + detail);
        }

        void tell(Findings findings) {
            findings.check(
                    "transfers, and requests that a kill left without an answer",
                    "%s, %s".formatted(Findings.figure(transfers), Findings.figure(interrupted)),
                    "some",
                    transfers > 0);
            for (var what : List.of(
                    "answers that the state does not ask for",
                    "not as told, over HTTP",
                    "broken in the database",
                    "audit records lost or doubled",
                    "notifications lost, or not in order",
                    "neither completed nor told in " + TO_END.toSeconds() + " s",
                    "writers that got no answer from either copy")) {
                findings.atMost(what, wrong.getOrDefault(what, 0), 0, "");
            }
            findings.check(
                    "notifications that came again",
                    "%d, of which %d with other bytes"
                            .formatted(notified.repeats(), notified.changed().size()),
                    "none with other bytes",
                    notified.changed().isEmpty());
            findings.atMost("starts that failed", startsThatFailed.size(), 0, "");
        }
    }
}
