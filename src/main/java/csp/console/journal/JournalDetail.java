package csp.console.journal;

import java.util.List;

/**
 * A request on record, whole.
 *
 * @param curl the same request for a shell
 * @param isRepeatable whether it can be sent once more from here
 */
public record JournalDetail(
        JournalRow row, String correlationId, Message request, Message response, String curl, boolean isRepeatable) {

    /** @param body empty when there was none, or none was kept */
    public record Message(List<String> headers, String body, String bytes) {}
}
