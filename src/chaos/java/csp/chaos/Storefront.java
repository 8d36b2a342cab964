package csp.chaos;

import csp.testsupport.MailServer;
import csp.testsupport.Sql;
import csp.testsupport.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a well-made client does all day: asks for transfers, ends them, invites customers and reads; whatever gets no answer or a
 * 503 is sent again under the same MS-RequestId until it has one. So everything that it did is known in the end, and can be
 * looked for.
 */
final class Storefront {

    private static final String GONE = "gone";
    private static final String CUSTOMERS = "c5000000-%";
    private static final int SUBSCRIPTIONS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Where a request goes: a copy, or whoever stands before the copies. */
    interface Way {
        int port(int writer);
    }

    private record Told(String customer, String status) {}

    private final int writers;
    private final int customers;
    private final List<String> subscriptions = new ArrayList<>();
    /** The open transfer of a subscription; empty when it has moved. */
    private final Map<String, String> open = new ConcurrentHashMap<>();

    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final Set<String> invited = ConcurrentHashMap.newKeySet();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger silent = new AtomicInteger();

    /** Every answer to every try. */
    final Samples writes = new Samples();

    final Samples reads = new Samples();

    /** The first successes of requests that were sent after a moment. */
    final class Recovery {

        private final long moment = System.nanoTime();
        private final CompletableFuture<Double> write = new CompletableFuture<>();
        private final CompletableFuture<Double> read = new CompletableFuture<>();

        private void succeeded(CompletableFuture<Double> kind, long sent) {
            if (sent > moment) {
                kind.complete((System.nanoTime() - moment) / 1e9);
            }
        }

        /** Seconds from the moment until a write had its success; waits for it for two minutes. */
        double untilWritten() throws Exception {
            return seconds(write);
        }

        double untilRead() throws Exception {
            return seconds(read);
        }

        private static double seconds(CompletableFuture<Double> kind) throws Exception {
            try {
                return kind.get(2, TimeUnit.MINUTES);
            } catch (TimeoutException e) {
                return Double.POSITIVE_INFINITY;
            }
        }
    }

    private volatile Recovery recovery = new Recovery();

    Storefront(int writers, int customers) {
        this.writers = writers;
        this.customers = customers;
        for (var i = 0; i < customers * SUBSCRIPTIONS; i++) {
            subscriptions.add("55000000-0000-4000-8000-%012x".formatted(i));
        }
    }

    /** Loads its customers, and has Contoso told of every change of a transfer. */
    void prepare(Service service, WebhookReceiver receiver) {
        service.prepare(Request.of("POST", "/sandbox/scenarios")
                .as(Demo.operator(service))
                .json(IntStream.range(0, customers)
                        .mapToObj(this::customer)
                        .collect(Collectors.joining(",", "{\"customers\": [", "]}"))));
        service.prepare(Request.of("POST", "/webhooks/v1/registration")
                .as(Demo.contoso(service))
                .json(
                        "{\"WebhookUrl\": \"%s\", \"WebhookEvents\": [\"create-transfer\", \"update-transfer\", \"complete-transfer\"]}"
                                .formatted(receiver.url())));
    }

    private String customer(int number) {
        return """
                {"tenantId": "%s", "companyName": "Chaos %d", "relationships": [
                  {"partner": "%s", "kind": "directReseller"},
                  {"partner": "%s", "kind": "indirectProvider", "via": "extension", "reseller": "%3$s"}],
                 "agreements": [{"type": "MicrosoftCustomerAgreement", "method": "direct"}], "subscriptions": [%s]}""".formatted(
                        customerOf(number * SUBSCRIPTIONS),
                        number,
                        Demo.CONTOSO,
                        Demo.FABRIKAM,
                        subscriptions.subList(number * SUBSCRIPTIONS, (number + 1) * SUBSCRIPTIONS).stream()
                                .map(id -> """
                                        {"id": "%s", "partner": "%s", "product": "license", "quantity": 3,
                                         "offerId": "796B6B5F-613C-4E24-A17C-EBA730D49C02"}""".formatted(id, Demo.CONTOSO))
                                .collect(Collectors.joining(",")));
    }

    private static String customerOf(int subscription) {
        return "c5000000-0000-4000-8000-%012x".formatted(subscription / SUBSCRIPTIONS);
    }

    /** What the writers sign in with. */
    record Tokens(String contoso, String fabrikam, String admin) {

        static Tokens of(Service service) {
            return new Tokens(
                    Demo.contoso(service),
                    Demo.fabrikam(service),
                    Demo.token(service, Demo.userSignsIn("admin", "contoso", "contoso-password")));
        }
    }

    /** Writers and as many readers, who go on until the crowd is over; who has begun something brings it to its end. */
    void join(Crowd crowd, Way way, Tokens tokens, long pause) {
        crowd.join(writers, number -> {
            var random = new Random(number);
            while (!crowd.isOver()) {
                write(number, random, way, tokens);
                Crowd.rest(pause);
            }
        });
        crowd.join(writers, number -> {
            while (!crowd.isOver()) {
                var sent = System.nanoTime();
                try (var wire = new Wire(way.port(number), PATIENCE)) {
                    var answer = wire.ask(Demo.read(tokens.contoso()).with("Connection", "close"), reads);
                    note(answer);
                    if (answer != null && answer.isSuccess()) {
                        recovery.succeeded(recovery.read, sent);
                    }
                }
                Crowd.rest(pause);
            }
        });
    }

    private void write(int writer, Random random, Way way, Tokens tokens) throws InterruptedException {
        var number = random.nextInt(subscriptions.size() / writers) * writers + writer;
        var subscription = subscriptions.get(number);
        var transfer = open.get(subscription);
        if (random.nextInt(8) == 0 || "".equals(transfer)) {
            invite(writer, way, tokens);
        } else if (transfer == null) {
            var customer = customerOf(number);
            var answer = insist(writer, way, Transfers.creation(tokens.contoso(), customer, subscription), Set.of());
            answer.ifPresent(created -> {
                open.put(subscription, created.text("id"));
                told.put(created.text("id"), new Told(customer, "Active"));
            });
        } else {
            end(writer, random.nextInt(6), way, tokens, subscription, transfer);
        }
    }

    private void invite(int writer, Way way, Tokens tokens) throws InterruptedException {
        var address = UUID.randomUUID() + "@storefront.example";
        insist(
                        writer,
                        way,
                        Request.of("POST", "/portal/v1/customerInvitations")
                                .as(tokens.admin())
                                .json("{\"kind\":\"reseller\",\"customerEmail\":\"" + address + "\"}"),
                        Set.of())
                .ifPresent(made -> invited.add(address));
    }

    private void end(int writer, int how, Way way, Tokens tokens, String subscription, String transfer)
            throws InterruptedException {
        var customer = told.get(transfer).customer();
        var path = Transfers.path(customer) + "/" + transfer;
        var request = how == 0
                ? Request.of("POST", path + "/accept").as(tokens.fabrikam())
                : how < 4
                        ? Request.of("PATCH", path).as(tokens.fabrikam()).json("{\"status\":\"Reject\"}")
                        : Request.of("DELETE", path).as(tokens.contoso());
        // A withdrawal has no stored answer: who repeats one that went well finds the transfer gone.
        var ended = insist(writer, way, request, how < 4 ? Set.of() : Set.of(404));
        if (ended.isPresent()) {
            told.put(transfer, new Told(customer, how == 0 ? "Complete" : how < 4 ? "Reject" : GONE));
            if (how == 0) {
                open.put(subscription, "");
            } else {
                open.remove(subscription);
            }
        }
    }

    /**
     * Sends the request until it is answered.
     *
     * @param alsoWell what a repeat may be answered with when an earlier try went well
     * @return empty when it was refused, which no request of ours should be
     */
    private Optional<Answer> insist(int writer, Way way, Request request, Set<Integer> alsoWell)
            throws InterruptedException {
        var named = request.with("MS-RequestId", UUID.randomUUID().toString()).with("Connection", "close");
        for (var trial = 0; ; trial++) {
            var sent = System.nanoTime();
            Answer answer;
            try (var wire = new Wire(way.port(writer), PATIENCE)) {
                answer = wire.ask(named, writes);
            }
            note(answer);
            if (answer != null && (answer.isSuccess() || trial > 0 && alsoWell.contains(answer.status()))) {
                written.incrementAndGet();
                recovery.succeeded(recovery.write, sent);
                return Optional.of(answer);
            }
            var busy = answer != null && answer.status() == 409 && answer.body().contains("900104");
            if (answer != null && answer.status() < 500 && !busy) {
                refusals.put(request.method() + " " + request.path(), answer.status() + " " + answer.body());
                return Optional.empty();
            }
            Crowd.rest(200);
        }
    }

    private void note(Answer answer) {
        if (answer != null && answer.status() == 503 && !answer.headers().containsKey("retry-after")) {
            silent.incrementAndGet();
        }
        if (answer != null && answer.status() >= 500 && answer.status() != 503) {
            refusals.put("a " + answer.status(), answer.body());
        }
    }

    /** How many writes have succeeded. */
    int written() {
        return written.get();
    }

    /** From this moment on. */
    Recovery recovers() {
        recovery = new Recovery();
        return recovery;
    }

    /** No answer but those that were wanted, and 503 with Retry-After where that {@code may} be. */
    void judgeAnswers(Findings findings, boolean may503) {
        for (var kind : Map.of("writes", writes, "reads", reads).entrySet()) {
            var samples = kind.getValue();
            var well = samples.count(200, 201, 204) + samples.count(409);
            var missing = kind.getKey().equals("writes") ? samples.count(404) : 0;
            findings.check(
                    kind.getKey(),
                    samples.toString(),
                    may503 ? "answered, 503 while there is no database, never 500" : "each a success",
                    samples.count() > 0 && well + missing + (may503 ? samples.count(503) : 0) == samples.count());
        }
        findings.check(
                "refused or failed",
                refusals.isEmpty()
                        ? "none"
                        : refusals.size() + ": "
                                + refusals.entrySet().iterator().next(),
                "none",
                refusals.isEmpty());
        if (may503) {
            findings.atMost("503 without Retry-After", silent.get(), 0, "");
        }
    }

    /** Looks for all that was done over HTTP, past the service in the database, and at those who were to be told. */
    void judgeEffects(Service service, Sql database, WebhookReceiver receiver, MailServer mails, Findings findings)
            throws Exception {
        var settled = settle(service, database);
        findings.check(
                "mails and notifications", settled ? "all sent" : "some wait still", "all sent within 60 s", settled);
        var untrue = untrue(service);
        findings.check(
                "successes still true",
                "%d of %s transfers are not as told %s"
                        .formatted(
                                untrue.size(),
                                Findings.figure(told.size()),
                                untrue.stream().limit(3).collect(Collectors.joining(", "))),
                "all are, of 1 at least",
                untrue.isEmpty() && !told.isEmpty());
        var stored = new HashSet<>(database.column(
                "select id::text from transfer where customer_tenant_id::text like '%s'".formatted(CUSTOMERS)));
        findings.check(
                "transfers lost or made twice",
                "%d and %d".formatted(without(told.keySet(), stored), without(stored, told.keySet())),
                "0 and 0",
                stored.equals(told.keySet()));
        exactly(findings, "subscriptions in two open transfers", 0, database.number("""
                select count(*) from (select line ->> 'subscriptionId' from transfer, jsonb_array_elements(line_items) line
                where open and customer_tenant_id::text like '%s' group by 1 having count(*) > 1) twice""".formatted(CUSTOMERS)));
        var accepted = told.values().stream()
                .filter(transfer -> transfer.status().equals("Complete"))
                .count();
        exactly(
                findings,
                "orders of accepted transfers",
                accepted,
                database.number(
                        "select count(*) from customer_order where transfer_id is not null and customer_id::text like '%s'"
                                .formatted(CUSTOMERS)));
        exactly(
                findings,
                "subscriptions that moved",
                accepted,
                database.number(
                        "select count(*) from subscription where moved_from is not null and customer_id::text like '%s'"
                                .formatted(CUSTOMERS)));
        var changes = told.size()
                + told.values().stream()
                        .filter(transfer -> !transfer.status().equals("Active"))
                        .count();
        exactly(findings, "audit records of transfers", changes, database.number("""
                select count(*) from audit_record where resource_type = 'transfer' and customer_id::text like '%s'""".formatted(CUSTOMERS)));
        exactly(findings, "notifications of them", changes, database.number("""
                select count(distinct (transfer_id, event_name)) from webhook_delivery where transfer_id in
                (select id from transfer where customer_tenant_id::text like '%s')""".formatted(CUSTOMERS)));
        exactly(findings, "the same, with any that are there twice", changes, database.number("""
                select count(*) from webhook_delivery where transfer_id in
                (select id from transfer where customer_tenant_id::text like '%s')""".formatted(
                        CUSTOMERS)));
        var bodies = receiver.received().stream()
                .map(received -> new String(received.body(), StandardCharsets.UTF_8))
                .toList();
        exactly(findings, "notifications that the receiver got", changes, new HashSet<>(bodies).size());
        exactly(
                findings,
                "mails in the mailbox",
                invited.size(),
                database.number("select count(*) from outgoing_mail where recipient like '%@storefront.example'"));
        var ids = mails.takenIds();
        exactly(
                findings,
                "mails that the mail server got",
                database.number("select count(*) from outgoing_mail"),
                new HashSet<>(ids).size());
        findings.check(
                "sent again, since it went before that was written down",
                "%d notifications, %d mails"
                        .formatted(
                                bodies.size() - new HashSet<>(bodies).size(), ids.size() - new HashSet<>(ids).size()),
                "the same bytes",
                true);
    }

    private static void exactly(Findings findings, String what, long expected, long found) {
        findings.check(what, Findings.figure(found), Findings.figure(expected), found == expected);
    }

    private static long without(Set<String> these, Set<String> those) {
        return these.stream().filter(each -> !those.contains(each)).count();
    }

    private static boolean settle(Service service, Sql database) throws InterruptedException {
        return service.becomes(Duration.ofSeconds(60), () -> database.number("""
                select (select count(*) from webhook_delivery where state = 'WAITING')
                     + (select count(*) from outgoing_mail where status = 'WAITING')""") == 0);
    }

    private List<String> untrue(Service service) throws Exception {
        var token = Demo.contoso(service);
        List<String> untrue = new ArrayList<>();
        try (var wire = new Wire(service.port(), PATIENCE)) {
            for (var transfer : told.entrySet()) {
                var answer =
                        wire.ask(Request.get(Transfers.path(transfer.getValue().customer()) + "/" + transfer.getKey())
                                .as(token));
                var found = answer.status() == 404
                        ? GONE
                        : answer.isSuccess() ? answer.text("status") : "" + answer.status();
                if (!found.equals(transfer.getValue().status())) {
                    untrue.add(transfer.getKey() + " is " + found + ", not "
                            + transfer.getValue().status());
                }
            }
        }
        return untrue;
    }
}
