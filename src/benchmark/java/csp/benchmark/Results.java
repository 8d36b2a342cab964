package csp.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All figures of a run, one entry per measurement; what is told of several rounds is their median. */
class Results {

    static final String SERVICE = "service";
    /** The service as docs/ci/sandbox.sh starts it for a job that is over before the second compiler would have paid. */
    static final String FOR_CI = "service, for CI";

    static final String BASELINE = "baseline";
    static final String LARGE = "large";
    static final String FLOOR = "floor";
    static final String MOCK = "WireMock";

    /**
     * One operation of one contender in one round.
     *
     * @param rate requests a second with every connection busy
     * @param errors in all, of which {@code firstError} is one
     * @param pace requests a second at which the times were taken; 0 where none were
     * @param p50 milliseconds from the moment a request was due, as the others
     * @param serviceCpu seconds of the server per 1,000 requests, at the full rate, as the others
     */
    record Measurement(
            String operation,
            String contender,
            int round,
            double rate,
            long errors,
            String firstError,
            double pace,
            double p50,
            double p99,
            double p999,
            double serviceCpu,
            double databaseCpu,
            double generatorCpu) {}

    /** @param kind {@code embedded, first}, {@code embedded, again} or {@code external} */
    record Start(String kind, String contender, int round, double seconds) {}

    /** The first requests after a start, one after the other; milliseconds. */
    record FirstRequests(String contender, int round, int count, long errors, double mean, double p50, double p99) {}

    /** Resident megabytes. */
    record Memory(String contender, long atRest, long afterTheLoad) {}

    /**
     * Reads while partners are notified.
     *
     * @param receivers {@code none}, {@code healthy} or {@code beside a dead one}
     * @param sent notifications to healthy receivers, evenly over the time
     * @param arrived of these, until five seconds after
     * @param ageP50 milliseconds from the making of a notification to its arrival
     * @param p50 milliseconds of the reads
     */
    record Delivery(
            String receivers,
            int round,
            long sent,
            long arrived,
            double ageP50,
            double ageP99,
            long errors,
            double p50,
            double p99) {}

    final List<Delivery> deliveries = new ArrayList<>();
    final List<Measurement> measurements = new ArrayList<>();
    final List<Start> starts = new ArrayList<>();
    final List<FirstRequests> firstRequests = new ArrayList<>();
    final List<Memory> memory = new ArrayList<>();

    /** Of the rounds of an operation; empty when it was not measured. */
    OptionalDouble median(Operation operation, String contender, ToDoubleFunction<Measurement> figure) {
        return median(
                measurements.stream(),
                measurement -> measurement.operation().equals(operation.name())
                        && measurement.contender().equals(contender),
                figure);
    }

    OptionalDouble start(String kind, String contender) {
        return median(
                starts.stream(),
                start -> start.kind().equals(kind) && start.contender().equals(contender),
                Start::seconds);
    }

    OptionalDouble firstRequests(String contender, ToDoubleFunction<FirstRequests> figure) {
        return median(firstRequests.stream(), first -> first.contender().equals(contender), figure);
    }

    OptionalDouble memory(String contender, ToDoubleFunction<Memory> figure) {
        return median(memory.stream(), entry -> entry.contender().equals(contender), figure);
    }

    OptionalDouble delivery(String receivers, ToDoubleFunction<Delivery> figure) {
        return median(deliveries.stream(), delivery -> delivery.receivers().equals(receivers), figure);
    }

    private static <T> OptionalDouble median(Stream<T> all, Predicate<T> which, ToDoubleFunction<T> figure) {
        var values = all.filter(which).mapToDouble(figure).sorted().toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((values[(values.length - 1) / 2] + values[values.length / 2]) / 2);
    }
}
