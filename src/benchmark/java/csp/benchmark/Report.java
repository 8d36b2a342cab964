package csp.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import csp.benchmark.Results.Measurement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what was measured: {@code results.json}, {@code results.md} and the picture. */
class Report {

    private static final List<String> CONTENDERS =
            List.of(Results.SERVICE, Results.FOR_CI, Results.BASELINE, Results.LARGE, Results.FLOOR, Results.MOCK);

    private final Settings settings;
    private final Results results;
    private final String postgres;
    private final Duration took;

    Report(Settings settings, Results results, String postgres, Duration took) {
        this.settings = settings;
        this.results = results;
        this.postgres = postgres;
        this.took = took;
    }

    void write() throws IOException {
        Files.createDirectories(settings.output());
        var about = about();
        var json = new LinkedHashMap<String, Object>();
        json.put("about", about);
        json.put("targets", Target.all(results));
        json.put("measurements", results.measurements);
        json.put("firstRequests", results.firstRequests);
        json.put("starts", results.starts);
        json.put("memory", results.memory);
        json.put("deliveries", results.deliveries);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(settings.output().resolve("results.json").toFile(), json);
        Files.writeString(settings.output().resolve("results.md"), markdown(about));
        new Picture(results).write(settings.output().resolve("rates.png"));
        System.out.println("Written to " + settings.output());
    }

    private String markdown(Map<String, String> about) {
        var text = new StringBuilder("# Measured\n\nWritten by `mvn -Pbenchmark verify`; ")
                .append("[README.md](README.md) says how and what the columns mean. Medians of ")
                .append(settings.rounds())
                .append(" rounds.\n\n| | |\n|---|---|\n");
        about.forEach((key, value) ->
                text.append("| ").append(key).append(" | ").append(value).append(" |\n"));
        if (!results.measurements.isEmpty()) {
            text.append("\n![Requests a second and times](rates.png)\n");
        }
        text.append("\n## Against the figures to reach\n\n| | Measured | Bar | Aim | |\n|---|---|---|---|---|\n");
        Target.all(results).forEach(target -> text.append(target.row()));
        text.append("\n## Requests a second, 16 connections\n\n").append(head());
        rows(text, Measurement::rate, "%,.0f");
        text.append("\n## Milliseconds at half of that rate, from when each request was due: p50 / p99 / p99.9\n\n")
                .append(head());
        for (var operation : Operation.values()) {
            row(
                    text,
                    operation.title,
                    contender -> Stream.<ToDoubleFunction<Measurement>>of(
                                    Measurement::p50, Measurement::p99, Measurement::p999)
                            .map(figure -> format(paced(operation, contender, figure), "%.1f"))
                            .collect(Collectors.joining(" / ")));
        }
        text.append("\n## Processor seconds per 1,000 requests: server / database / load generator\n\n")
                .append(head());
        for (var operation : Operation.values()) {
            row(
                    text,
                    operation.title,
                    contender -> Stream.<ToDoubleFunction<Measurement>>of(
                                    Measurement::serviceCpu, Measurement::databaseCpu, Measurement::generatorCpu)
                            .map(figure -> format(results.median(operation, contender, figure), "%.2f"))
                            .collect(Collectors.joining(" / ")));
        }
        text.append("\n## Errors, of all rounds\n\n").append(head());
        for (var operation : Operation.values()) {
            row(text, operation.title, contender -> errors(operation, contender));
        }
        text.append("\n## Start, first requests, memory\n\n").append(head(started()));
        for (var kind : List.of("embedded, first", "embedded, again", "external")) {
            row(
                    text,
                    started(),
                    "seconds to ready, " + kind,
                    contender -> format(results.start(kind, contender), "%.1f"));
        }
        row(
                text,
                started(),
                "first 500 requests, mean ms",
                contender -> format(results.firstRequests(contender, Results.FirstRequests::mean), "%.1f"));
        row(
                text,
                started(),
                "first 500 requests, p50 / p99 ms",
                contender -> format(results.firstRequests(contender, Results.FirstRequests::p50), "%.1f") + " / "
                        + format(results.firstRequests(contender, Results.FirstRequests::p99), "%.1f"));
        row(
                text,
                started(),
                "resident MB at rest / after everything",
                contender -> format(results.memory(contender, Results.Memory::atRest), "%.0f") + " / "
                        + format(results.memory(contender, Results.Memory::afterTheLoad), "%.0f"));
        deliveries(text);
        return text.toString();
    }

    private void deliveries(StringBuilder text) {
        if (results.deliveries.isEmpty()) {
            return;
        }
        text.append("\n## Notifications beside 300 reads a second\n\n")
                .append(
                        "| Receivers | sent | arrived | age of them p50 / p99 ms | reads p50 / p99 ms | errors of reads |\n")
                .append("|---|---|---|---|---|---|\n");
        for (var receivers : List.of("none", "healthy", "beside a dead one")) {
            text.append("| %s | %s | %s | %s / %s | %s / %s | %s |\n"
                    .formatted(
                            receivers,
                            format(results.delivery(receivers, Results.Delivery::sent), "%,.0f"),
                            format(results.delivery(receivers, Results.Delivery::arrived), "%,.0f"),
                            format(results.delivery(receivers, Results.Delivery::ageP50), "%.0f"),
                            format(results.delivery(receivers, Results.Delivery::ageP99), "%.0f"),
                            format(results.delivery(receivers, Results.Delivery::p50), "%.1f"),
                            format(results.delivery(receivers, Results.Delivery::p99), "%.1f"),
                            format(results.delivery(receivers, Results.Delivery::errors), "%.0f")));
        }
    }

    private OptionalDouble paced(Operation operation, String contender, ToDoubleFunction<Measurement> figure) {
        return contender.equals(Results.FLOOR) ? OptionalDouble.empty() : results.median(operation, contender, figure);
    }

    private String errors(Operation operation, String contender) {
        var entries = results.measurements.stream()
                .filter(entry -> entry.operation().equals(operation.name())
                        && entry.contender().equals(contender))
                .toList();
        return entries.isEmpty()
                ? ""
                : Long.toString(entries.stream().mapToLong(Measurement::errors).sum());
    }

    private interface Cell {
        String of(String contender);
    }

    private List<String> contenders() {
        return CONTENDERS.stream()
                .filter(name -> results.measurements.stream()
                        .anyMatch(entry -> entry.contender().equals(name)))
                .toList();
    }

    /** Of them, and of those that were only started. */
    private List<String> started() {
        return CONTENDERS.stream()
                .filter(name -> contenders().contains(name)
                        || results.starts.stream()
                                .anyMatch(start -> start.contender().equals(name)))
                .toList();
    }

    private String head() {
        return head(contenders());
    }

    private static String head(List<String> columns) {
        return "| | " + String.join(" | ", columns) + " |\n|---|" + "---|".repeat(columns.size()) + "\n";
    }

    private void rows(StringBuilder text, ToDoubleFunction<Measurement> figure, String format) {
        for (var operation : Operation.values()) {
            row(text, operation.title, contender -> format(results.median(operation, contender, figure), format));
        }
    }

    private void row(StringBuilder text, String title, Cell cell) {
        row(text, contenders(), title, cell);
    }

    /** What nobody was measured at has no row. */
    private static void row(StringBuilder text, List<String> columns, String title, Cell cell) {
        var cells = columns.stream()
                .map(cell::of)
                .map(value -> value.matches("[ /]*") ? "" : value)
                .toList();
        if (cells.stream().anyMatch(value -> !value.isEmpty())) {
            text.append("| ")
                    .append(title)
                    .append(" | ")
                    .append(String.join(" | ", cells))
                    .append(" |\n");
        }
    }

    private static String format(OptionalDouble value, String format) {
        return value.isPresent() ? format.formatted(value.getAsDouble()) : "";
    }

    private Map<String, String> about() {
        var about = new LinkedHashMap<String, String>();
        about.put("commit", output("git", "describe", "--always", "--dirty", "--exclude=*"));
        about.put("when", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
        about.put("took", took.toMinutes() + " minutes");
        about.put("machine", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, " + memory());
        about.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
                        + System.getProperty("java.runtime.version"));
        about.put(
                "PostgreSQL",
                postgres + ", fsync and synchronous_commit on, 512 MB of shared buffers, on the same machine");
        about.put("JVM of the service", String.join(" ", settings.options()));
        about.put("transfers", "%,d".formatted(settings.transfers()));
        if (settings.large() > 0) {
            about.put("transfers, large", "%,d".formatted(settings.large()));
        }
        about.put(
                "each measurement",
                settings.duration().toMillis() / 1000.0 + " s at full rate and as long at half of it, "
                        + settings.rounds() + " rounds, after "
                        + settings.warmUp().toMillis() / 1000.0 + " s to warm up");
        return about;
    }

    private static String processor() {
        return firstMatch(Path.of("/proc/cpuinfo"), "model name").orElse(System.getProperty("os.arch"));
    }

    private static String memory() {
        return firstMatch(Path.of("/proc/meminfo"), "MemTotal")
                .map(text -> Long.parseLong(text.replaceAll("\\D", "")) / 1024 / 1024 + " GB")
                .orElse("");
    }

    private static Optional<String> firstMatch(Path file, String key) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String output(String... command) {
        try {
            var process = new ProcessBuilder(command).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
