package csp.platform.webhook.api;

import csp.platform.webhook.DeliveryAttempt;
import csp.platform.webhook.ValidationEvents.ValidationState;
import csp.shared.http.WireTime;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What became of a test event, in the recorded key order (webhooks.md §3). */
record ValidationStateView(
        String correlationId, UUID partnerId, String status, String callbackUrl, List<Result> results) {

    /**
     * One attempt.
     *
     * @param responseCode name of the status in one word, as recorded; empty when there was no answer
     * @param responseMessage what the receiver said to a refusal, or why there was no answer; empty after a success, as recorded
     * @param systemError whether there was no answer
     * @param dateTimeUtc without zone
     */
    record Result(String responseCode, String responseMessage, boolean systemError, String dateTimeUtc) {

        private static Result of(DeliveryAttempt attempt) {
            var status = attempt.status();
            var delivered = status != null && status >= 200 && status < 300;
            return new Result(
                    status == null ? "" : word(status),
                    delivered ? "" : Objects.toString(attempt.answer(), ""),
                    status == null,
                    WireTime.zonelessTrimmed(attempt.at()));
        }

        private static String word(int status) {
            var known = Response.Status.fromStatusCode(status);
            return known == null
                    ? Integer.toString(status)
                    : known.getReasonPhrase().replaceAll("[^A-Za-z]", "");
        }
    }

    static ValidationStateView of(ValidationState state) {
        return new ValidationStateView(
                state.correlationId(),
                state.partnerId(),
                state.isOver() ? "completed" : "pending",
                state.url(),
                state.results().stream().map(Result::of).toList());
    }
}
