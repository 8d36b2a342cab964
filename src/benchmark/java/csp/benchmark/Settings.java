package csp.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a run measures, from system properties; docs/performance/README.md lists them.
 *
 * @param jar of the service as it was just packaged
 * @param options of the service's JVM
 * @param baseline jar of another build of the service, measured in the same run
 * @param baselineOptions of its JVM
 * @param transfers in the database before anything is measured, of three lines each
 * @param large when above 0: the service once more, on a database with so many transfers
 * @param duration of one measurement at a time: of the greatest rate, then of the times at half of it
 * @param warmUp before the first measurement of an operation
 * @param rounds how often each operation is measured, contender after contender
 * @param starts how often each start is measured, none to leave starts and first requests out
 * @param operations names of those to measure, all when empty
 * @param output where the results are written
 * @param work scratch directory, emptied at the start
 */
record Settings(
        Path jar,
        List<String> options,
        Optional<Path> baseline,
        List<String> baselineOptions,
        long transfers,
        long large,
        Duration duration,
        Duration warmUp,
        int rounds,
        int starts,
        List<String> operations,
        Path output,
        Path work) {

    /** As many as the connection pool of the service has by default, and as a busy storefront keeps open. */
    static final int CONNECTIONS = 16;

    static Settings read() {
        var rounds = Integer.parseInt(text("rounds", "3"));
        return new Settings(
                runnable(Path.of("target", "quarkus-app")),
                words(text("options", "-Xmx256m -XX:+UseSerialGC")),
                Optional.of(text("baseline", ""))
                        .filter(path -> !path.isEmpty())
                        .map(path -> runnable(Path.of(path))),
                words(text("baseline.options", "-Xmx256m")),
                Long.parseLong(text("transfers", "100000")),
                Long.parseLong(text("large", "0")),
                seconds("seconds", "5"),
                seconds("warmup", "15"),
                rounds,
                Integer.parseInt(text("starts", Integer.toString(rounds))),
                words(text("operations", "").replace(',', ' ')),
                Path.of(text("output", "docs/performance")).toAbsolutePath(),
                Path.of("target", "benchmark").toAbsolutePath());
    }

    private static Path runnable(Path path) {
        var absolute = path.toAbsolutePath();
        return absolute.getFileName().toString().endsWith(".jar") ? absolute : absolute.resolve("quarkus-run.jar");
    }

    private static Duration seconds(String name, String otherwise) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text(name, otherwise)) * 1000));
    }

    /** Maven hands on what is not given as an empty text. */
    private static String text(String name, String otherwise) {
        var value = System.getProperty(name, "");
        return value.isBlank() ? otherwise : value;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }
}
