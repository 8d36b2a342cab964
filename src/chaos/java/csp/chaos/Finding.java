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

    private static final int LONGEST = 200;

    enum Verdict {
        PASS,
        FAIL,
        /** This machine cannot; the figure says why. */
        SKIPPED
    }

    /** What a cell of a table holds of a text. */
    static String cell(String text) {
        var line = text.replace('|', '/').replace('\n', ' ');
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** As a row of a Markdown table. */
    String row() {
        return "| %s | %s | %s | %s | %s |".formatted(attack, what, cell(measured), bar, verdict);
    }
}
