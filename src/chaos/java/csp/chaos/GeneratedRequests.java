package csp.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Requests by the hundred thousand, made up from openapi.yaml: {@code -Dchaos.requests} of them, from the random seed {@code
 * -Dchaos.seed}. Each that is answered wrongly is printed as a line for a shell, and kept in target/chaos/generated-requests.txt.
 */
class GeneratedRequests implements Attack {

    private static final int CLIENTS = 2;
    private static final int BATCH = 60;
    private static final int BATCHES_PER_WORLD = 40;
    private static final int MOST_TOLD = 200;
    private static final long SEED = Long.getLong("chaos.seed", 20260131);
    private static final Path KEPT = Path.of("target", "chaos", "generated-requests.txt");
    private static final Duration TOKENS_LAST = Duration.ofMinutes(15);
    private static final Pattern TRACE = Pattern.compile("^\\s+at ", Pattern.MULTILINE);

    @Override
    public String name() {
        return "generated-requests";
    }

    @Override
    public String sentence() {
        return "Requests made up from openapi.yaml, valid and broken: none ends in a server error, no answer shows the inside or"
                + " anybody else's data, each is as the document says, and what is refused changes nothing.";
    }

    @Override
    public int mostMinutes(Form form) {
        return form.pick(4, 60);
    }

    @Override
    public void run(Stage stage, Findings findings) throws Exception {
        var wanted = Integer.getInteger("chaos.requests", stage.pick(1_500, 200_000));
        var service = stage.demo();
        var logged = service.log().length();
        Files.createDirectories(KEPT.getParent());
        Files.deleteIfExists(KEPT);
        try (var database = service.database();
                var run = new Run(service, new DatabaseState(database))) {
            run.send(wanted);
            run.tell(findings, wanted);
        } finally {
            service.ask(Request.of("POST", "/sandbox/reset").as(Demo.operator(service)));
        }
        var traces = TRACE.matcher(service.log().substring(logged)).results().count();
        findings.atMost("lines of traces in the log", traces, 0, "");
        findings.check("afterwards", "readiness " + service.status(Demo.READINESS), "200", service.isReady());
    }

    /** A request and its answer; null when there was none. */
    private record Exchange(Request request, Answer answer) {

        boolean isRefused() {
            return answer != null && answer.status() >= 400;
        }
    }

    /** What was sent so far, and what was wrong with it. */
    private static final class Run implements AutoCloseable {

        private final Service service;
        private final DatabaseState state;
        private final List<Operation> operations = Operation.all();
        private final AnswerRules rules = new AnswerRules(operations);
        private final Identities identities = new Identities();
        private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        private final List<Wire> wires = new ArrayList<>();
        private final Map<Integer, Integer> statuses = new TreeMap<>();
        private final Map<String, Integer> wrong = new TreeMap<>();
        private final Map<String, Integer> told = new TreeMap<>();
        private final Set<Operation> succeeded = new HashSet<>();
        private KnownIds ids;
        private RequestGenerator generator;
        private long tokensTaken;
        private int compared;
        private int sent;

        Run(Service service, DatabaseState state) {
            this.service = service;
            this.state = state;
            for (var i = 0; i < CLIENTS; i++) {
                wires.add(new Wire(service.port(), Duration.ofSeconds(20)));
            }
        }

        void send(int wanted) throws Exception {
            var number = 0L;
            for (var batch = 0; sent < wanted; batch++) {
                if (batch % BATCHES_PER_WORLD == 0) {
                    newWorld();
                }
                List<Request> requests = new ArrayList<>();
                while (requests.size() < BATCH) {
                    requests.add(generator.request(number++));
                }
                carryOut(requests);
            }
        }

        /** The demo again, with {@link CanaryWorld} beside it, and what a look around makes known. */
        private void newWorld() throws InterruptedException {
            if (tokensTaken == 0 || System.nanoTime() - tokensTaken > TOKENS_LAST.toNanos()) {
                identities.signIn(service);
                tokensTaken = System.nanoTime();
            }
            var operator = Demo.operator(service);
            service.prepare(Request.of("POST", "/sandbox/reset").as(operator));
            service.prepare(
                    Request.of("POST", "/sandbox/scenarios").as(operator).json(CanaryWorld.scenario()));
            ids = new KnownIds();
            CanaryWorld.nameTo(ids);
            generator = new RequestGenerator(SEED, operations, ids, identities);
            for (var token : identities.applications()) {
                lookAt("/v1/customers?size=40", token);
                lookAt("/webhooks/v1/registration/events", token);
            }
            for (var i = 1; i <= 6; i++) {
                var customer = "c0000000-0000-4000-8000-00000000000" + i;
                ids.add("customerid", customer);
                ids.remember("/customers/" + customer);
                for (var token : identities.applications()) {
                    lookAt("/v1/customers/" + customer + "/subscriptions", token);
                    lookAt("/v1/customers/" + customer + "/transfers", token);
                }
            }
            state.settle();
        }

        private void lookAt(String path, String token) {
            service.ask(Request.get(path).as(token))
                    .filter(Answer::isSuccess)
                    .ifPresent(answer -> ids.learn(path, answer.body()));
        }

        private void carryOut(List<Request> requests) throws Exception {
            var before = state.read();
            var exchanges = exchange(requests);
            if (exchanges.stream().anyMatch(this::isChange)) {
                if (exchanges.stream().anyMatch(each -> isChange(each) && isOfSandbox(each.request()))) {
                    newWorld();
                }
                state.settle();
                before = state.read();
                exchanges = exchange(exchanges.stream()
                        .filter(each -> each.isRefused() && !isOfSandbox(each.request()))
                        .map(Exchange::request)
                        .toList());
                if (exchanges.stream().anyMatch(this::isChange)) {
                    state.settle();
                    return; // something was refused only because of something else
                }
            }
            compared += exchanges.size();
            var changed = DatabaseState.difference(before, state.read());
            if (!changed.isEmpty()) {
                findChanging(exchanges, changed);
            }
        }

        /** Also where the address is another one to the document than to the service, as with two slashes in a row. */
        private boolean isOfSandbox(Request request) {
            return rules.operation(request)
                    .map(Operation::isOfSandbox)
                    .orElseGet(() -> AnswerRules.pathOf(request).contains("/sandbox/"));
        }

        private boolean isChange(Exchange exchange) {
            return exchange.answer() == null
                    || exchange.answer().status() < 400
                            && !rules.operation(exchange.request())
                                    .map(Operation::isSafe)
                                    .orElse(false);
        }

        /** One after the other: which of them does it again by itself? */
        private void findChanging(List<Exchange> exchanges, Set<String> changed) throws Exception {
            state.settle();
            var found = false;
            for (var exchange : exchanges) {
                var before = state.read();
                var again = exchange(List.of(exchange.request())).get(0);
                var tables = DatabaseState.difference(before, state.read());
                if (!tables.isEmpty() && (again.isRefused() || !isChange(again))) {
                    found = true;
                    wrong("refused and changed something", again, "changes " + tables);
                }
            }
            if (!found) {
                wrong(
                        "refused and changed something",
                        exchanges.get(0),
                        "one of a batch that begins with this changed " + changed);
            }
        }

        /** Sent by the clients side by side; what changes the world for all of them comes last, alone. */
        private List<Exchange> exchange(List<Request> requests) throws Exception {
            List<CompletableFuture<List<Exchange>>> parts = new ArrayList<>();
            for (var i = 0; i < CLIENTS; i++) {
                var wire = wires.get(i);
                var client = i;
                parts.add(CompletableFuture.supplyAsync(
                        () -> {
                            List<Exchange> own = new ArrayList<>();
                            for (var n = client; n < requests.size(); n += CLIENTS) {
                                if (!changesWorld(requests.get(n))) {
                                    own.add(ask(wire, requests.get(n)));
                                }
                            }
                            return own;
                        },
                        threads));
            }
            List<Exchange> all = new ArrayList<>();
            for (var part : parts) {
                all.addAll(part.join());
            }
            for (var request : requests) {
                if (changesWorld(request)) {
                    all.add(ask(wires.get(0), request));
                }
            }
            all.forEach(this::judge);
            return all;
        }

        private boolean changesWorld(Request request) {
            return !request.method().equals("GET") && isOfSandbox(request);
        }

        /** On a second connection when the first was closed, as a server may do with one that nobody used. */
        private static Exchange ask(Wire wire, Request request) {
            for (var trial = 0; ; trial++) {
                try {
                    return new Exchange(request, wire.ask(request));
                } catch (IOException | RuntimeException e) {
                    wire.close();
                    if (trial > 0) {
                        return new Exchange(request, null);
                    }
                }
            }
        }

        private void judge(Exchange exchange) {
            sent++;
            var request = exchange.request();
            var answer = exchange.answer();
            if (answer == null) {
                wrong("not answered", exchange, "no answer");
                return;
            }
            statuses.merge(answer.status(), 1, Integer::sum);
            if (answer.isSuccess()) {
                rules.operation(request).ifPresent(succeeded::add);
                ids.learn(AnswerRules.pathOf(request), answer.body());
            }
            if (rules.isServerError(request, answer)) {
                wrong("server errors", exchange, "");
            }
            rules.leak(request, answer, identities.isOperator(request))
                    .ifPresent(leak -> wrong("show the inside or another's data", exchange, leak));
            rules.complaint(request, answer)
                    .ifPresent(complaint -> wrong("not as the document says", exchange, complaint));
        }

        private void wrong(String kind, Exchange exchange, String reason) {
            wrong.merge(kind, 1, Integer::sum);
            var alike = kind
                    + rules.operation(exchange.request())
                            .map(Operation::template)
                            .orElse("")
                    + (exchange.answer() == null ? "" : exchange.answer().status());
            // Of what is alike the first few will do.
            if (told.merge(alike, 1, Integer::sum) <= 3 && told.size() < MOST_TOLD) {
                var text = "%s: %s%n    %s%n    %s%n"
                        .formatted(
                                kind,
                                reason,
                                exchange.answer() == null
                                        ? ""
                                        : exchange.answer().status() + " "
                                                + exchange.answer()
                                                        .body()
                                                        .lines()
                                                        .limit(5)
                                                        .collect(Collectors.joining(" ")),
                                CurlLine.of(service.port(), exchange.request()));
                try {
                    Files.writeString(KEPT, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                System.out.print(text);
            }
        }

        void tell(Findings findings, int wanted) {
            findings.check(
                    "requests (seed %d)".formatted(SEED),
                    statuses.entrySet().stream()
                            .map(entry -> Findings.figure(entry.getValue()) + " × " + entry.getKey())
                            .collect(Collectors.joining(", ")),
                    Findings.figure(wanted) + " at least",
                    sent >= wanted);
            findings.check(
                    "operations of which one succeeded",
                    "%d of %d; not %s"
                            .formatted(
                                    succeeded.size(),
                                    operations.size(),
                                    operations.stream()
                                            .filter(operation -> !succeeded.contains(operation))
                                            .map(operation -> operation.method() + " " + operation.template())
                                            .collect(Collectors.joining(", "))),
                    "a third of them",
                    succeeded.size() * 3 >= operations.size());
            for (var kind : List.of(
                    "not answered", "server errors", "show the inside or another's data", "not as the document says")) {
                findings.atMost(kind, wrong.getOrDefault(kind, 0), 0, "");
            }
            findings.check(
                    "refused and changed something",
                    "%d of %s"
                            .formatted(
                                    wrong.getOrDefault("refused and changed something", 0), Findings.figure(compared)),
                    "none",
                    compared > 0 && !wrong.containsKey("refused and changed something"));
        }

        @Override
        public void close() {
            threads.shutdownNow();
            wires.forEach(Wire::close);
        }
    }
}
