package csp.chaos;

/**
 * One row of the verdict.
 *
 * @param attack the name of the attack
 * @param what was looked at
 * @param measured the figure
 * @param bar what the figure must be
 */
record Finding(String attack, String what, String measured, String bar, Verdict verdict) {

    enum Verdict {
        PASS,
        FAIL,
        /** This machine cannot; the figure says why. */
        SKIPPED
    }

    boolean isOf(String otherAttack, String otherWhat) {
        return attack.equals(otherAttack) && what.equals(otherWhat);
    }

    /** As a row of a Markdown table. */
    String row() {
        return "| %s | %s | %s | %s | %s |".formatted(attack, what, measured, bar, verdict);
    }
}
