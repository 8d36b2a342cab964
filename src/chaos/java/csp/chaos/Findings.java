package csp.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one attack has found out so far. */
final class Findings {

    private final String attack;
    private final List<Finding> all = new ArrayList<>();

    Findings(String attack) {
        this.attack = attack;
    }

    synchronized void check(String what, String measured, String bar, boolean holds) {
        var verdict = holds ? Finding.Verdict.PASS : Finding.Verdict.FAIL;
        all.add(new Finding(attack, what, measured, bar, verdict));
    }

    /** Holds when {@code measured} is at most {@code most}. */
    void atMost(String what, double measured, double most, String unit) {
        check(what, figure(measured) + unit, "at most " + figure(most) + unit, measured <= most);
    }

    /** Every request answered, with one of the statuses, the slowest one per cent within {@code p99} milliseconds. */
    void answered(String what, Samples samples, double p99, int... statuses) {
        var holds = samples.count() > 0
                && samples.unanswered() == 0
                && samples.count(statuses) == samples.count()
                && samples.p99() <= p99;
        var names = new ArrayList<String>();
        for (var status : statuses) {
            names.add(Integer.toString(status));
        }
        check(what, samples.toString(), "all " + String.join(" or ", names) + ", p99 " + figure(p99) + " ms", holds);
    }

    synchronized void skipped(String what, String reason) {
        all.add(new Finding(attack, what, reason, "", Finding.Verdict.SKIPPED));
    }

    synchronized List<Finding> all() {
        return List.copyOf(all);
    }

    static String figure(double value) {
        return String.format(Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.1f" : "%,.0f", value);
    }
}
