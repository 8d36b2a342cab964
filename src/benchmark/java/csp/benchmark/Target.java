package csp.benchmark;

import static csp.benchmark.Operation.ACCEPT;
import static csp.benchmark.Operation.ACCEPT_50;
import static csp.benchmark.Operation.CREATE;
import static csp.benchmark.Operation.ELIGIBILITY;
import static csp.benchmark.Operation.GET;
import static csp.benchmark.Operation.LIST;
import static csp.benchmark.Operation.TOKEN;
import static csp.benchmark.Results.BASELINE;
import static csp.benchmark.Results.FLOOR;
import static csp.benchmark.Results.FOR_CI;
import static csp.benchmark.Results.LARGE;
import static csp.benchmark.Results.MOCK;
import static csp.benchmark.Results.SERVICE;

import csp.benchmark.Results.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A figure to reach: a ratio within the run, but for memory.
 *
 * @param bar at least, or at most when {@code lower}
 * @param aim what would be good
 */
record Target(String what, double measured, double bar, double aim, boolean lower) {

    /** Those of them that this run can tell. */
    static List<Target> all(Results results) {
        var targets = new ArrayList<Target>();
        rate(targets, results, GET, FLOOR, 0.75, 0.85);
        rate(targets, results, GET, MOCK, 0.7, 1);
        rate(targets, results, CREATE, FLOOR, 0.7, 0.9);
        rate(targets, results, ACCEPT, FLOOR, 0.7, 1);
        ratio(
                results.median(ACCEPT_50, SERVICE, entry -> 3 / (50 * entry.rate())),
                results.median(ACCEPT, SERVICE, entry -> 1 / entry.rate()),
                value -> targets.add(new Target("time per line, accept of 50 / of 3", value, 0.4, 0.2, true)));
        for (var operation : List.of(CREATE, ACCEPT)) {
            ratio(
                    results.median(operation, SERVICE, Measurement::serviceCpu),
                    results.median(operation, BASELINE, Measurement::serviceCpu),
                    value -> targets.add(new Target(
                            "processor time of the service, " + operation.title + " / baseline",
                            value,
                            0.35,
                            0.2,
                            true)));
        }
        rate(targets, results, LIST, FLOOR, 0.5, 0.7);
        rate(targets, results, ELIGIBILITY, FLOOR, 0.5, 0.7);
        for (var started : List.of(SERVICE, FOR_CI)) {
            ratio(
                    results.firstRequests(started, Results.FirstRequests::mean),
                    results.firstRequests(BASELINE, Results.FirstRequests::mean),
                    value -> targets.add(new Target(
                            "mean time of the first 500 requests" + how(started) + " / baseline",
                            value,
                            0.5,
                            0.3,
                            true)));
            start(targets, results, "external", started, BASELINE, 0.5, 0.35);
            start(targets, results, "external", started, MOCK, 1.8, 1.2);
            start(targets, results, "embedded, first", started, BASELINE, 0.5, 0.35);
        }
        for (var operation : Operation.values()) {
            ratio(
                    results.median(operation, LARGE, Measurement::rate),
                    results.median(operation, SERVICE, Measurement::rate),
                    value -> targets.add(new Target(
                            "rate with many transfers / with few, " + operation.title, value, 0.85, 0.95, false)));
        }
        results.memory(SERVICE, Results.Memory::afterTheLoad)
                .ifPresent(value -> targets.add(new Target("resident MB after everything", value, 450, 300, true)));
        rate(targets, results, TOKEN, BASELINE, 5, 5);
        for (var receivers : List.of("healthy", "beside a dead one")) {
            ratio(
                    results.delivery(receivers, Results.Delivery::arrived),
                    results.delivery(receivers, Results.Delivery::sent),
                    value -> targets.add(new Target(
                            "notifications arrived / sent at 300 a second, " + receivers, value, 1, 1, false)));
            ratio(
                    results.delivery(receivers, Results.Delivery::p99),
                    results.delivery("none", Results.Delivery::p99),
                    value -> targets.add(new Target(
                            "p99 of reads with notifications / without, " + receivers, value, 1.25, 1, true)));
        }
        return targets;
    }

    private interface Found {
        void accept(double ratio);
    }

    private static void rate(
            List<Target> targets, Results results, Operation operation, String other, double bar, double aim) {
        ratio(
                results.median(operation, SERVICE, Measurement::rate),
                results.median(operation, other, Measurement::rate),
                value -> targets.add(new Target(operation.title + " / " + other, value, bar, aim, false)));
    }

    private static void start(
            List<Target> targets, Results results, String kind, String started, String other, double bar, double aim) {
        ratio(
                results.start(kind, started),
                results.start(kind, other),
                value -> targets.add(
                        new Target("start to ready, " + kind + how(started) + " / " + other, value, bar, aim, true)));
    }

    private static String how(String started) {
        return started.equals(FOR_CI) ? ", as CI starts it" : "";
    }

    private static void ratio(OptionalDouble dividend, OptionalDouble divisor, Found found) {
        if (dividend.isPresent() && divisor.isPresent()) {
            found.accept(dividend.getAsDouble() / divisor.getAsDouble());
        }
    }

    private boolean reaches(double value) {
        return lower ? measured <= value : measured >= value;
    }

    /** Of the table. */
    String row() {
        return "| %s | %s | %s | %s | %s |%n"
                .formatted(
                        what,
                        text(measured),
                        text(bar),
                        text(aim),
                        reaches(aim) ? "aim reached" : reaches(bar) ? "bar reached" : "not reached");
    }

    private static String text(double value) {
        return value >= 20 ? "%.0f".formatted(value) : "%.2f".formatted(value);
    }
}
