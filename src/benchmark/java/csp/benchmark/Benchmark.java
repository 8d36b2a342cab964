package csp.benchmark;

import csp.benchmark.Results.FirstRequests;
import csp.benchmark.Results.Measurement;
import csp.benchmark.Results.Memory;
import csp.benchmark.Results.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Measures the packaged service beside the floor, a mock and, when asked to, another build of itself, all in one run and in turns,
 * since figures of different runs on one machine differ more than the programs do. {@code mvn -Pbenchmark verify} starts it;
 * docs/performance/README.md says what comes out.
 */
public class Benchmark {

    private static final int FIRST_REQUESTS = 500;
    private static final String WEBHOOKS = "webhooks";
    /** Writes a second that there is provision for until a contender has been measured. */
    private static final double FIRST_GUESS = 1000;

    private final Settings settings;
    private final Results results = new Results();
    private final Map<String, Double> lastRates = new HashMap<>();
    private final long begin = System.nanoTime();

    private Benchmark(Settings settings) {
        this.settings = settings;
    }

    public static void main(String... arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        var settings = Settings.read();
        delete(settings.work());
        Files.createDirectories(settings.work());
        new Benchmark(settings).run();
        System.exit(0); // a thread of a library is not waited for
    }

    /** A build of the service with a database of its own. */
    private record Installation(String name, Path jar, List<String> options, long transfers) {

        /** Name of its database. */
        String world() {
            return name.equals(Results.FOR_CI) ? Results.SERVICE : name;
        }
    }

    /** Whoever answers requests. */
    private record Contender(String name, Server server, World world) {}

    private void run() throws IOException {
        String postgres;
        try (var database = Database.start(settings.work().resolve("database"));
                var generator = new LoadGenerator()) {
            var mock = new Mock(Files.createDirectories(settings.work().resolve("wiremock")));
            var worlds = new HashMap<String, World>();
            postgres = database.version();
            for (var installation : installations()) {
                worlds.put(installation.name(), load(installation, database, generator, mock));
            }
            for (var round = 1; round <= settings.starts(); round++) {
                measureStarts(round, database, generator, mock, worlds);
            }
            if (!operations().isEmpty()) {
                measureLoad(database, generator, mock, worlds);
            }
            if (settings.operations().isEmpty() || settings.operations().contains(WEBHOOKS)) {
                measureDeliveries(database, generator, worlds.get(Results.SERVICE));
            }
        }
        new Report(settings, results, postgres, Duration.ofNanos(System.nanoTime() - begin)).write();
        delete(settings.work());
    }

    private List<Installation> installations() {
        var installations = new ArrayList<Installation>();
        installations.add(new Installation(Results.SERVICE, settings.jar(), settings.options(), settings.transfers()));
        settings.baseline()
                .ifPresent(jar -> installations.add(
                        new Installation(Results.BASELINE, jar, settings.baselineOptions(), settings.transfers())));
        if (settings.large() > 0) {
            installations.add(new Installation(Results.LARGE, settings.jar(), settings.options(), settings.large()));
        }
        return installations;
    }

    private World load(Installation installation, Database database, LoadGenerator generator, Mock mock) {
        tell("%s: %,d transfers", installation.name(), installation.transfers());
        database.create(installation.name());
        try (var server = external(installation, database)) {
            var world = World.load(database, installation.name(), installation.transfers());
            if (installation.name().equals(Results.SERVICE)) {
                mock.learn(generator, server.port(), world, Tokens.of(generator, server.port()));
            }
            return world;
        }
    }

    private Server external(Installation installation, Database database) {
        var options = new HashMap<>(database.optionsOf(installation.world()));
        options.put("csp.scenario", "demo");
        options.put("csp.sandbox", "true");
        return Server.service(
                installation.jar(),
                installation.options(),
                options,
                settings.work().resolve(installation.name()));
    }

    private void measureStarts(
            int round, Database database, LoadGenerator generator, Mock mock, Map<String, World> worlds)
            throws IOException {
        var started = new ArrayList<>(installations());
        var forCi = new ArrayList<>(settings.options());
        forCi.add("-XX:TieredStopAtLevel=1");
        started.add(1, new Installation(Results.FOR_CI, settings.jar(), forCi, settings.transfers()));
        for (var installation : started) {
            if (!installation.name().equals(Results.LARGE)) {
                var directory = settings.work().resolve("embedded");
                for (var kind : List.of("embedded, first", "embedded, again")) {
                    try (var server = Server.service(installation.jar(), installation.options(), Map.of(), directory)) {
                        started(kind, installation.name(), round, server);
                    }
                }
                delete(directory);
            }
        }
        for (var installation : started) {
            try (var server = external(installation, database)) {
                started("external", installation.name(), round, server);
                firstRequests(
                        round, new Contender(installation.name(), server, worlds.get(installation.world())), generator);
            }
        }
        try (var server = mock.start(settings)) {
            started("external", Results.MOCK, round, server);
            firstRequests(round, new Contender(Results.MOCK, server, World.imagined(settings.transfers())), generator);
        }
    }

    private void started(String kind, String contender, int round, Server server) {
        tell("start, %s, %s: %.2f s", kind, contender, server.secondsToReady());
        results.starts.add(new Start(kind, contender, round, server.secondsToReady()));
    }

    private void firstRequests(int round, Contender contender, LoadGenerator generator) {
        Stream.of(World.Supply.CREATE, World.Supply.ACCEPT)
                .forEach(supply -> contender.world().provide(supply, FIRST_REQUESTS / 10));
        // A CI job asks for its tokens first; that is part of what it waits for, and not counted among the requests.
        var tokens = Tokens.of(generator, contender.server().port());
        var load = generator.atFullRate(
                contender.server().port(),
                1,
                Duration.ofMinutes(2),
                Operation.ofCiJob(contender.world(), tokens, FIRST_REQUESTS));
        tell("first %d requests, %s: %.2f ms each%s", FIRST_REQUESTS, contender.name(), load.mean(), errors(load));
        results.firstRequests.add(new FirstRequests(
                contender.name(),
                round,
                FIRST_REQUESTS,
                load.errors(),
                load.mean(),
                load.milliseconds(50),
                load.milliseconds(99)));
    }

    private void measureLoad(Database database, LoadGenerator generator, Mock mock, Map<String, World> worlds) {
        var contenders = new ArrayList<Contender>();
        try (var floor = new Floor(database, Results.SERVICE, worlds.get(Results.SERVICE))) {
            for (var installation : installations()) {
                contenders.add(new Contender(
                        installation.name(), external(installation, database), worlds.get(installation.name())));
            }
            contenders.add(new Contender(Results.MOCK, mock.start(settings), World.imagined(settings.transfers())));
            pause(Duration.ofSeconds(2));
            var atRest = new HashMap<String, Long>();
            contenders.forEach(
                    contender -> atRest.put(contender.name(), contender.server().residentMegabytes()));
            for (var operation : operations()) {
                contenders.forEach(contender -> warmUp(operation, contender, generator));
                if (Floor.has(operation)) {
                    provide(
                            operation,
                            Results.FLOOR,
                            worlds.get(Results.SERVICE),
                            settings.warmUp().dividedBy(4));
                    floorRate(operation, floor.run(operation, settings.warmUp().dividedBy(4)));
                }
                for (var round = 1; round <= settings.rounds(); round++) {
                    for (var contender : contenders) {
                        measure(operation, round, contender, database, generator);
                    }
                    if (Floor.has(operation)) {
                        measureFloor(operation, round, floor, database, worlds.get(Results.SERVICE));
                    }
                }
            }
            contenders.forEach(contender -> {
                var after = contender.server().residentMegabytes();
                tell("memory, %s: %d MB at rest, %d MB now", contender.name(), atRest.get(contender.name()), after);
                results.memory.add(new Memory(contender.name(), atRest.get(contender.name()), after));
            });
        } finally {
            contenders.forEach(contender -> contender.server().close());
        }
    }

    private void measureDeliveries(Database database, LoadGenerator generator, World world) {
        try (var server = external(installations().get(0), database)) {
            var tokens = Tokens.of(generator, server.port());
            var events = Call.get("/webhooks/v1/registration/events", tokens.source());
            if (!generator.succeeds(server.port(), events)) {
                tell("no webhooks in this build");
                return;
            }
            new Deliveries(database, generator, server, world, settings, delivery -> {
                        tell("notifications, %s", delivery);
                        results.deliveries.add(delivery);
                    })
                    .measure();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Operation> operations() {
        return Stream.of(Operation.values())
                .filter(operation -> settings.operations().isEmpty()
                        || settings.operations().contains(operation.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private void warmUp(Operation operation, Contender contender, LoadGenerator generator) {
        provide(operation, contender.name(), contender.world(), settings.warmUp());
        var load = fullRate(contender, generator, settings.warmUp(), calls(operation, contender, generator));
        lastRates.put(operation + contender.name(), load.rate());
        tell("%s, %s: %.0f/s while warming up%s", operation.title, contender.name(), load.rate(), errors(load));
    }

    private void measure(
            Operation operation, int round, Contender contender, Database database, LoadGenerator generator) {
        provide(
                operation,
                contender.name(),
                contender.world(),
                settings.duration().multipliedBy(2));
        var calls = calls(operation, contender, generator);
        var before = cpu(contender, database);
        var full = fullRate(contender, generator, settings.duration(), calls);
        var after = cpu(contender, database);
        lastRates.put(operation + contender.name(), full.rate());
        var pace = full.rate() / 2;
        var paced = generator.atRate(contender.server().port(), Settings.CONNECTIONS, pace, settings.duration(), calls);
        tell(
                "%s, round %d, %s: %.0f/s; at half of it p50 %.2f, p99 %.2f, p99.9 %.2f ms%s%s",
                operation.title,
                round,
                contender.name(),
                full.rate(),
                paced.milliseconds(50),
                paced.milliseconds(99),
                paced.milliseconds(99.9),
                errors(full),
                errors(paced));
        results.measurements.add(new Measurement(
                operation.name(),
                contender.name(),
                round,
                full.rate(),
                full.errors() + paced.errors(),
                full.firstError() == null ? paced.firstError() : full.firstError(),
                pace,
                paced.milliseconds(50),
                paced.milliseconds(99),
                paced.milliseconds(99.9),
                per1000(before[0], after[0], full),
                per1000(before[1], after[1], full),
                per1000(before[2], after[2], full)));
    }

    private void measureFloor(Operation operation, int round, Floor floor, Database database, World world) {
        provide(operation, Results.FLOOR, world, settings.duration());
        var before = new double[] {database.cpuSeconds(), ownCpu()};
        var full = floor.run(operation, settings.duration());
        tell("%s, round %d, floor: %.0f/s", operation.title, round, full.rate());
        floorRate(operation, full);
        results.measurements.add(new Measurement(
                operation.name(),
                Results.FLOOR,
                round,
                full.rate(),
                0,
                null,
                0,
                0,
                0,
                0,
                0,
                per1000(before[0], database.cpuSeconds(), full),
                per1000(before[1], ownCpu(), full)));
    }

    private void floorRate(Operation operation, Load load) {
        lastRates.put(operation + Results.FLOOR, load.rate());
    }

    private static Load fullRate(
            Contender contender, LoadGenerator generator, Duration duration, Supplier<Call> calls) {
        return generator.atFullRate(contender.server().port(), Settings.CONNECTIONS, duration, calls);
    }

    private static Supplier<Call> calls(Operation operation, Contender contender, LoadGenerator generator) {
        var calls = operation.calls(
                contender.world(), Tokens.of(generator, contender.server().port()));
        return contender.name().equals(Results.MOCK) ? () -> operation.onMock(calls.get()) : calls;
    }

    /** Enough to write on for so long, with a half more, since a rate rises while code gets warm. */
    private void provide(Operation operation, String contender, World world, Duration duration) {
        if (!operation.writes()) {
            return;
        }
        var guess = operation == Operation.ACCEPT_50 ? FIRST_GUESS / 10 : FIRST_GUESS;
        var rate = lastRates.getOrDefault(operation + contender, guess) * 1.5 * operation.share();
        for (var supply : operation.supplies) {
            world.provide(supply, Math.round(rate * duration.toMillis() / 1000) + 100);
        }
        world.tidyUp();
    }

    private static double[] cpu(Contender contender, Database database) {
        return new double[] {contender.server().cpuSeconds(), database.cpuSeconds(), ownCpu()};
    }

    private static double ownCpu() {
        return Cpu.seconds(ProcessHandle.current());
    }

    private static double per1000(double before, double after, Load load) {
        return (after - before) * 1000 / load.requests();
    }

    private static String errors(Load load) {
        return load.errors() == 0 ? "" : "; " + load.errors() + " ERRORS, the first: " + load.firstError();
    }

    private void tell(String format, Object... arguments) {
        System.out.printf(
                "%4d s  %s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin), format.formatted(arguments));
    }

    private static void pause(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> deepestFirst;
        try (var files = Files.walk(tree)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : deepestFirst) {
            Files.delete(file);
        }
    }
}
