package csp.chaos;

import csp.testsupport.Signal;
import csp.testsupport.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was answered stays true. */
class KillRounds implements Attack {

    private static final int WRITERS = 4;
    private static final int SUBSCRIPTIONS = 5;
    private static final int QUANTITY = 7;
    private static final String GONE = "gone";
    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);
    /** No new round after so long, however many there were. */
    private static final Duration MOST = Duration.ofMinutes(12);

    /** Our customers, by the beginning of their ids. */
    private static final String CUSTOMERS = "customer_tenant_id::text like 'c4000000-%'";

    private enum Victim {
        BOTH,
        DATABASE,
        JVM
    }

    @Override
    public String name() {
        return "kill-rounds";
    }

    @Override
    public String sentence() {
        return "Service, database or both are killed at random moments while transfers are created, accepted, rejected and"
                + " withdrawn: every success that a client was told stays true, nothing is half done or done twice, and the first"
                + " restart succeeds.";
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var rounds = stage.pick(2, 40);
        var random = new Random();
        var service = stage.start(Setup.demo());
        var world = new World(stage.pick(40, 200));
        service.prepare(Request.of("POST", "/sandbox/scenarios")
                .as(Demo.operator(service))
                .json(world.scenario()));
        var back = new EnumMap<Victim, List<Double>>(Victim.class);
        var notBack = new AtomicInteger();
        var failedStarts = new AtomicInteger();
        List<String> untrue = new ArrayList<>();
        var deadline = System.nanoTime() + MOST.toNanos();
        var round = 0;
        for (; round < rounds && System.nanoTime() < deadline; round++) {
            var victim = Victim.values()[round % Victim.values().length];
            write(service, world, random.nextInt(1_500), victim);
            var killed = System.nanoTime();
            if (victim == Victim.DATABASE) {
                var same = service;
                if (!service.becomes(BACK_WITHIN, () -> same.isReady() && same.status(Demo.contosoSignsIn()) == 200)) {
                    notBack.incrementAndGet();
                    service.kill();
                }
            }
            if (!service.isAlive()) {
                service = restart(stage, service, failedStarts);
            }
            back.computeIfAbsent(victim, v -> new ArrayList<>()).add((System.nanoTime() - killed) / 1e9);
            untrue.addAll(world.untrue(service));
        }
        findings.check(
                "successes still true (%d kills)".formatted(round),
                "%d of %s transfers are not as told %s%s"
                        .formatted(
                                untrue.size(),
                                Findings.figure(world.told()),
                                untrue.stream().limit(3).collect(Collectors.joining(", ")),
                                world.told() == 0 ? world.refusal() : ""),
                "all are, of 1 at least",
                untrue.isEmpty() && world.told() > 0);
        try (var database = service.database()) {
            sound(database, world, findings);
        }
        back.forEach((victim, seconds) -> findings.atMost(
                "back after the end of " + victim + ", longest",
                seconds.stream().mapToDouble(s -> s).max().orElseThrow(),
                BACK_WITHIN.toSeconds(),
                " s"));
        findings.atMost("starts that failed", failedStarts.get(), 0, "");
        findings.atMost("databases that did not come back by themselves", notBack.get(), 0, "");
    }

    private static Service restart(Stage stage, Service killed, AtomicInteger failures) throws Exception {
        for (var trial = 1; ; trial++) {
            try {
                return stage.start(killed.setup(), killed.directory());
            } catch (IllegalStateException e) {
                failures.incrementAndGet();
                if (trial == 3) {
                    throw e;
                }
            }
        }
    }

    /** Writes, kills in the middle of it, and returns when all writers have noticed. */
    private static void write(Service service, World world, int millis, Victim victim) throws InterruptedException {
        var tokens = Map.of("source", Demo.contoso(service), "target", Demo.fabrikam(service));
        try (var crowd = new Crowd()) {
            crowd.join(WRITERS, number -> {
                try (var wire = new Wire(service.port(), Duration.ofSeconds(20))) {
                    while (!crowd.isOver() && world.step(number, wire, tokens)) {}
                }
            });
            // However slow the machine is, something is said before the kill.
            service.becomes(Duration.ofSeconds(30), () -> world.toldThisRound() >= WRITERS);
            Crowd.rest(millis);
            switch (victim) {
                case BOTH -> service.kill();
                case DATABASE -> Signal.KILL.to(service.postmaster().orElseThrow());
                case JVM -> service.killJvm();
            }
            Crowd.rest(300);
            crowd.stop();
        }
    }

    private static void sound(Sql database, World world, Findings findings) {
        findings.atMost("subscriptions in two open transfers", database.number("""
                select count(*) from (select line ->> 'subscriptionId' from transfer, jsonb_array_elements(line_items) line
                where open and %s group by 1 having count(*) > 1) twice""".formatted(CUSTOMERS)), 0, "");
        var quantity = database.number(
                "select sum(quantity) from subscription where not moved_away and customer_id::text like 'c4000000-%'");
        findings.check(
                "quantities of all subscriptions",
                Findings.figure(quantity),
                Findings.figure(world.quantity()),
                quantity == world.quantity());
        findings.atMost(
                "transfers without one audit record for each of their changes",
                database.number("""
                select count(*) from transfer t where %s and (select count(*) from audit_record a
                where a.resource_type = 'transfer' and a.resource_id = t.id::text) <> 1 + (t.status <> 'ACTIVE')::int""".formatted(CUSTOMERS)),
                0,
                "");
        findings.atMost("moved subscriptions of which not one other is the continuation", database.number("""
                select count(*) from subscription s where customer_id::text like 'c4000000-%'
                and moved_away <> exists (select 1 from subscription c where c.moved_from = s.id)"""), 0, "");
    }

    /** The customers, and what the service has said of them. */
    private static final class World {

        private record Told(String customer, Set<String> possible) {}

        private final List<String> subscriptions = new ArrayList<>();
        private final List<Random> randoms =
                IntStream.range(0, WRITERS).mapToObj(i -> new Random()).toList();
        /** Of a subscription; absent when it is in none, empty when nobody knows. */
        private final Map<String, String> open = new ConcurrentHashMap<>();

        private final Map<String, Told> told = new ConcurrentHashMap<>();
        private final Map<String, Told> toldThisRound = new ConcurrentHashMap<>();
        private final int customers;
        /** The last creation that was refused; empty when none was. */
        private volatile String refusal = "";

        World(int customers) {
            this.customers = customers;
            for (var i = 0; i < customers * SUBSCRIPTIONS; i++) {
                subscriptions.add("54000000-0000-4000-8000-%012x".formatted(i));
            }
        }

        private static String customer(int subscription) {
            return "c4000000-0000-4000-8000-%012x".formatted(subscription / SUBSCRIPTIONS);
        }

        String scenario() {
            return IntStream.range(0, customers)
                    .mapToObj(number -> """
                            {"tenantId": "%s", "companyName": "Chaos %d", "relationships": [
                              {"partner": "%s", "kind": "directReseller"},
                              {"partner": "%s", "kind": "indirectProvider", "via": "extension", "reseller": "%3$s"}],
                             "agreements": [{"type": "MicrosoftCustomerAgreement", "method": "direct"}], "subscriptions": [%s]}""".formatted(
                                    customer(number * SUBSCRIPTIONS),
                                    number,
                                    Demo.CONTOSO,
                                    Demo.FABRIKAM,
                                    subscriptions.subList(number * SUBSCRIPTIONS, (number + 1) * SUBSCRIPTIONS).stream()
                                            .map(id -> """
                                                    {"id": "%s", "partner": "%s", "product": "license", "quantity": %d,
                                                     "offerId": "796B6B5F-613C-4E24-A17C-EBA730D49C02"}""".formatted(id, Demo.CONTOSO, QUANTITY))
                                            .collect(Collectors.joining(","))))
                    .collect(Collectors.joining(",", "{\"customers\": [", "]}"));
        }

        long quantity() {
            return (long) subscriptions.size() * QUANTITY;
        }

        int toldThisRound() {
            return toldThisRound.size();
        }

        String refusal() {
            return refusal;
        }

        int told() {
            return told.size() + toldThisRound.size();
        }

        /** One write of a writer, who has subscriptions of its own. Answers whether the service was there for it. */
        boolean step(int writer, Wire wire, Map<String, String> tokens) throws InterruptedException {
            var random = randoms.get(writer);
            var number = random.nextInt(subscriptions.size() / WRITERS) * WRITERS + writer;
            var subscription = subscriptions.get(number);
            var customer = customer(number);
            var transfer = open.get(subscription);
            if (transfer == null) {
                var answer = wire.ask(Transfers.creation(tokens.get("source"), customer, subscription), new Samples());
                if (answer == null || answer.status() >= 500) {
                    open.put(subscription, "");
                } else if (answer.isSuccess()) {
                    open.put(subscription, answer.text("id"));
                    tell(answer.text("id"), customer, Set.of("Active"));
                } else {
                    open.put(subscription, ""); // caught in a transfer that nobody was told of
                    refusal = answer.status() + " " + answer.body();
                }
                return answer != null && answer.status() < 500;
            }
            if (transfer.isEmpty()) {
                Crowd.rest(5);
                return true;
            }
            return close(random.nextInt(6), wire, tokens, customer, subscription, transfer);
        }

        private boolean close(
                int how, Wire wire, Map<String, String> tokens, String customer, String subscription, String transfer) {
            var path = Transfers.path(customer) + "/" + transfer;
            var request = how == 0
                    ? Request.of("POST", path + "/accept").as(tokens.get("target"))
                    : how < 4
                            ? Request.of("PATCH", path).as(tokens.get("target")).json("{\"status\":\"Reject\"}")
                            : Request.of("DELETE", path).as(tokens.get("source"));
            var state = how == 0 ? "Complete" : how < 4 ? "Reject" : GONE;
            var answer = wire.ask(request, new Samples());
            if (answer == null || answer.status() >= 500) {
                open.put(subscription, "");
                tell(transfer, customer, Set.of("Active", state));
            } else if (answer.isSuccess()) {
                if (how == 0) {
                    open.put(subscription, "");
                } else {
                    open.remove(subscription);
                }
                tell(transfer, customer, Set.of(state));
            }
            return answer != null && answer.status() < 500;
        }

        private void tell(String transfer, String customer, Set<String> possible) {
            toldThisRound.put(transfer, new Told(customer, possible));
        }

        /** What was told since the last kill, and is not so. */
        List<String> untrue(Service service) throws Exception {
            var token = Demo.contoso(service);
            Map<String, String> found = new HashMap<>();
            try (var wire = new Wire(service.port(), Duration.ofSeconds(20))) {
                for (var transfer : toldThisRound.entrySet()) {
                    var answer = wire.ask(
                            Request.get(Transfers.path(transfer.getValue().customer()) + "/" + transfer.getKey())
                                    .as(token));
                    found.put(
                            transfer.getKey(),
                            answer.status() == 404
                                    ? GONE
                                    : answer.isSuccess() ? answer.text("status") : "" + answer.status());
                }
            }
            var untrue = toldThisRound.entrySet().stream()
                    .filter(transfer -> !transfer.getValue().possible().contains(found.get(transfer.getKey())))
                    .map(transfer -> transfer.getKey() + " is " + found.get(transfer.getKey()) + ", not "
                            + transfer.getValue().possible())
                    .toList();
            told.putAll(toldThisRound);
            toldThisRound.clear();
            return untrue;
        }
    }
}
