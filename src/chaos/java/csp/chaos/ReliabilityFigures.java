package csp.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of figures in docs/reliability.md: what was measured first is kept, what is measured now stands beside it. */
final class ReliabilityFigures {

    private static final Path DOCUMENT = Path.of("docs", "reliability.md");
    private static final String BEGIN = "<!-- figures:begin -->\n";
    private static final String END = "<!-- figures:end -->";
    private static final String BEFORE = "Before (";

    private ReliabilityFigures() {}

    private record Row(String attack, String what, String bar, String before, String now) {

        String markdown() {
            return "| %s | %s | %s | %s | %s |".formatted(attack, what, bar, before, now);
        }
    }

    /** Puts the findings into their rows. Rows of attacks that were not run stay as they are. */
    static void write(List<Finding> findings, LocalDate today) throws IOException {
        var document = Files.readString(DOCUMENT);
        var begin = document.indexOf(BEGIN) + BEGIN.length();
        var end = document.indexOf(END);
        var table = document.substring(begin, end)
                .lines()
                .map(ReliabilityFigures::cells)
                .toList();
        var heading = table.get(0).get(3);
        Map<String, Row> rows = new LinkedHashMap<>();
        for (var cells : table.subList(2, table.size())) {
            if (cells.size() == 5) {
                var row = new Row(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4));
                rows.put(key(row.attack(), row.what()), row);
            }
        }
        var first = !heading.startsWith(BEFORE);
        for (var finding : findings) {
            var measured = finding.verdict() + ": " + Finding.cell(finding.measured());
            rows.merge(
                    key(finding.attack(), finding.what()),
                    new Row(
                            finding.attack(),
                            finding.what(),
                            finding.bar(),
                            first ? measured : "",
                            first ? "" : measured),
                    (old, now) -> new Row(
                            old.attack(), now.what(), now.bar(), first ? now.before() : old.before(), now.now()));
        }
        List<String> lines = new ArrayList<>();
        lines.add("| Attack | What | Bar | %s | Now (%s) |".formatted(first ? BEFORE + today + ")" : heading, today));
        lines.add("|---|---|---|---|---|");
        rows.values().forEach(row -> lines.add(row.markdown()));
        Files.writeString(
                DOCUMENT, document.substring(0, begin) + String.join("\n", lines) + "\n" + document.substring(end));
    }

    /** What is in brackets in a row is a figure of its own. */
    private static String key(String attack, String what) {
        return attack + "|" + what.replaceAll(" \\(.*\\)$", "");
    }

    private static List<String> cells(String line) {
        var cells = line.split("\\|", -1);
        List<String> trimmed = new ArrayList<>();
        for (var i = 1; i < cells.length - 1; i++) {
            trimmed.add(cells[i].trim());
        }
        return trimmed;
    }
}
