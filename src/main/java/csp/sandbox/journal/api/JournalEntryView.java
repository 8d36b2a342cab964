package csp.sandbox.journal.api;

import csp.sandbox.journal.Deviation;
import csp.sandbox.journal.JournalEntry;
import csp.shared.http.WireTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One request on the wire (design §5). What there was none of is left out.
 *
 * @param request its headers and body; absent in a list
 * @param response the same of the answer
 */
public record JournalEntryView(
        long id,
        String at,
        UUID partner,
        String method,
        String path,
        String operation,
        Integer status,
        Integer code,
        String rule,
        String correlationId,
        String requestId,
        int milliseconds,
        String fault,
        List<DeviationView> deviations,
        MessageView request,
        MessageView response) {

    /** What deviates, and what to do about it. */
    public record DeviationView(String rule, String severity, String message, String advice) {

        private static DeviationView of(Deviation deviation) {
            return new DeviationView(
                    deviation.rule().id,
                    deviation.rule().severity.wireName(),
                    deviation.message(),
                    deviation.rule().advice);
        }
    }

    /**
     * One side of it, with every secret masked.
     *
     * @param body absent when there was none, or when it was too long to be kept
     * @param bytes of the whole body
     */
    public record MessageView(Map<String, String> headers, String body, int bytes) {

        private static MessageView of(JournalEntry.Message message) {
            var headers = new LinkedHashMap<String, String>();
            message.headers()
                    .lines()
                    .map(line -> line.split(": ", 2))
                    .filter(header -> header.length == 2)
                    .forEach(header -> headers.merge(header[0], header[1], (one, other) -> one + ", " + other));
            return new MessageView(headers, message.body(), message.bytes());
        }
    }

    static JournalEntryView listed(JournalEntry entry) {
        return of(entry, null, null);
    }

    static JournalEntryView whole(JournalEntry entry) {
        return of(entry, MessageView.of(entry.request()), MessageView.of(entry.response()));
    }

    private static JournalEntryView of(JournalEntry entry, MessageView request, MessageView response) {
        return new JournalEntryView(
                entry.id(),
                WireTime.trimmed(entry.at()),
                entry.partner(),
                entry.method(),
                entry.path(),
                entry.operation(),
                entry.status(),
                entry.code(),
                entry.rule(),
                entry.correlationId(),
                entry.requestId(),
                entry.milliseconds(),
                entry.fault(),
                entry.deviations().stream().map(DeviationView::of).toList(),
                request,
                response);
    }
}
