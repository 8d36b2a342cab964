package csp.sandbox.report;

import static java.util.Comparator.comparing;

import csp.platform.webhook.DeliveryLog;
import csp.platform.webhook.DeliveryLog.Manners;
import csp.sandbox.journal.Deviation;
import csp.sandbox.journal.DeviationRule;
import csp.sandbox.journal.JournalEntry;
import csp.sandbox.journal.JournalStore;
import csp.sandbox.journal.Severity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the callers did that the real service would not have taken (design §5), from the journal and the attempts to notify that are in the
 * database: the same whichever copy is asked.
 */
@ApplicationScoped
public class DifferenceReport {

    /** The newest requests that are looked at. */
    private static final int MOST_ENTRIES = 20_000;

    private final JournalStore journal;
    private final DeliveryLog deliveries;

    DifferenceReport(JournalStore journal, DeliveryLog deliveries) {
        this.journal = journal;
        this.deliveries = deliveries;
    }

    /**
     * Of what it shall be.
     *
     * @param partner null for all
     * @param since by the clock of the service; null for any time
     * @param least findings of this severity and worse ones
     */
    public record Question(UUID partner, Instant since, Severity least) {}

    /**
     * @param findings the worst first, then by rule and partner
     * @param clean the rules that were looked at and that nobody broke
     */
    public record Report(List<Finding> findings, List<String> clean) {}

    /** Three queries. */
    public Report of(Question question) {
        var findings = new ArrayList<Finding>();
        var notified = deliveries.registered();
        CallSequence.byPartner(journal.outlines(question.partner(), question.since(), MOST_ENTRIES))
                .forEach((partner, entries) -> {
                    deviations(partner, entries, findings);
                    findings.addAll(
                            new CallSequence(partner, entries).findings(partner != null && notified.contains(partner)));
                });
        deliveries.manners(question.partner(), question.since()).forEach(receiver -> received(receiver, findings));
        findings.removeIf(finding -> finding.severity().compareTo(question.least()) < 0);
        findings.sort(comparing(Finding::severity)
                .reversed()
                .thenComparing(Finding::rule)
                .thenComparing(finding -> String.valueOf(finding.partner())));
        return new Report(
                findings,
                rules(question.least())
                        .filter(rule -> findings.stream()
                                .noneMatch(finding -> finding.rule().equals(rule)))
                        .toList());
    }

    private static Stream<String> rules(Severity least) {
        return Stream.concat(
                        Stream.of(CallPattern.values())
                                .filter(pattern -> pattern.severity.compareTo(least) >= 0)
                                .map(pattern -> pattern.id),
                        Stream.of(DeviationRule.values())
                                .filter(rule -> rule.severity.compareTo(least) >= 0)
                                .map(rule -> rule.id))
                .sorted();
    }

    /** One for each rule, with the newest request that breaks it as the example. */
    private static void deviations(UUID partner, List<JournalEntry> newestFirst, List<Finding> findings) {
        Map<DeviationRule, List<String>> requests = new EnumMap<>(DeviationRule.class);
        Map<DeviationRule, String> examples = new EnumMap<>(DeviationRule.class);
        for (var entry : newestFirst) {
            for (Deviation deviation : entry.deviations()) {
                requests.computeIfAbsent(deviation.rule(), first -> new ArrayList<>())
                        .add(entry.correlationId());
                examples.putIfAbsent(
                        deviation.rule(),
                        deviation.message()
                                + (entry.operation() == null ? "" : " Last seen in " + entry.operation() + "."));
            }
        }
        requests.forEach((rule, in) -> findings.add(new Finding(
                rule.id,
                rule.severity,
                partner,
                "%d %s. %s".formatted(in.size(), in.size() == 1 ? "request" : "requests", examples.get(rule)),
                rule.advice,
                in)));
    }

    private static void received(Manners receiver, List<Finding> findings) {
        if (receiver.refused() > 0) {
            findings.add(finding(
                    CallPattern.RECEIVER_REFUSES,
                    receiver.partnerId(),
                    "%d of %d attempts to notify were not answered with 2xx, the last, of %s, with %s."
                            .formatted(
                                    receiver.refused(),
                                    receiver.attempts(),
                                    receiver.lastRefused(),
                                    receiver.lastStatus() == null ? "no answer" : receiver.lastStatus())));
        }
        if (receiver.late() > 0) {
            findings.add(finding(
                    CallPattern.RECEIVER_LATE,
                    receiver.partnerId(),
                    "%d of %d attempts to notify took longer than half of the time for an answer, up to %d ms."
                            .formatted(receiver.late(), receiver.attempts(), receiver.slowestMillis())));
        }
    }

    private static Finding finding(CallPattern pattern, UUID partner, String message) {
        return new Finding(pattern.id, pattern.severity, partner, message, pattern.advice, List.of());
    }
}
