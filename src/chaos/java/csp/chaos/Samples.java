package csp.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Answers to many like requests. One without an answer counts with the time that was waited for it. */
final class Samples {

    private static final int UNANSWERED = 0;

    private final List<Double> millis = new ArrayList<>();
    private final TreeMap<Integer, Integer> statuses = new TreeMap<>();

    synchronized void add(Answer answer) {
        add(answer.status(), answer.millis());
    }

    synchronized void addUnanswered(double waited) {
        add(UNANSWERED, waited);
    }

    private void add(int status, double duration) {
        millis.add(duration);
        statuses.merge(status, 1, Integer::sum);
    }

    synchronized int count() {
        return millis.size();
    }

    synchronized int count(int... wanted) {
        return Arrays.stream(wanted)
                .map(status -> statuses.getOrDefault(status, 0))
                .sum();
    }

    int unanswered() {
        return count(UNANSWERED);
    }

    /** The time in milliseconds that 99 of 100 took at most. */
    double p99() {
        return percentile(0.99);
    }

    double worst() {
        return percentile(1);
    }

    private synchronized double percentile(double share) {
        if (millis.isEmpty()) {
            return Double.NaN;
        }
        var sorted = millis.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    /** How many of which status, and how long they took. */
    @Override
    public synchronized String toString() {
        if (millis.isEmpty()) {
            return "none";
        }
        var counts = statuses.entrySet().stream()
                .map(entry -> Findings.figure(entry.getValue()) + " × "
                        + (entry.getKey() == UNANSWERED ? "no answer" : entry.getKey()))
                .collect(Collectors.joining(", "));
        return "%s; p99 %s ms, worst %s ms".formatted(counts, Findings.figure(p99()), Findings.figure(worst()));
    }
}
