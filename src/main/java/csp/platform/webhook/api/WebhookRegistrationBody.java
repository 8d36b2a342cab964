package csp.platform.webhook.api;

import static csp.shared.error.ErrorCode.INVALID_INPUT;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import csp.platform.webhook.CallbackUrl;
import csp.platform.webhook.WebhookEvent;
import csp.platform.webhook.WebhookRegistration;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.http.JsonFields;
import java.util.List;
import java.util.UUID;

/**
 * A registration on the wire (webhooks.md §1): PascalCase out, any case in.
 *
 * @param subscriberId tenant id of the partner (D26); absent where it is read, as recorded
 * @param signatureTokenToMsSignatureHeader absent unless it is true, as recorded
 */
@JsonPropertyOrder({"SubscriberId", "WebhookUrl", "WebhookEvents", "SignatureTokenToMsSignatureHeader"})
record WebhookRegistrationBody(
        @JsonProperty("SubscriberId") UUID subscriberId,
        @JsonProperty("WebhookUrl") String webhookUrl,
        @JsonProperty("WebhookEvents") List<String> webhookEvents,
        @JsonProperty("SignatureTokenToMsSignatureHeader") Boolean signatureTokenToMsSignatureHeader) {

    private static final int MOST_EVENTS = 100;
    private static final int LONGEST_NAME = 100;

    /** @param subscriberId null where it is not shown */
    static WebhookRegistrationBody of(UUID subscriberId, WebhookRegistration registration) {
        return new WebhookRegistrationBody(
                subscriberId,
                registration.url(),
                registration.events().stream().map(WebhookEvent::wireName).toList(),
                registration.signatureInMsHeader() ? true : null);
    }

    /** Errors: 800002, naming the property, and an unknown event by its name. */
    static WebhookRegistration read(JsonFields body) {
        var url = body.requiredText("WebhookUrl", 2 * CallbackUrl.LONGEST).strip();
        var events = body
                .texts("WebhookEvents", MOST_EVENTS, LONGEST_NAME)
                .orElseThrow(() -> body.missing("WebhookEvents"))
                .stream()
                .map(WebhookRegistrationBody::event)
                .distinct()
                .toList();
        if (events.isEmpty()) {
            throw body.refusal("WebhookEvents", "must name at least one event but is empty");
        }
        return new WebhookRegistration(
                url, events, body.bool("SignatureTokenToMsSignatureHeader").orElse(false));
    }

    private static WebhookEvent event(String name) {
        return WebhookEvent.of(name)
                .orElseThrow(() -> new DomainException(
                        INVALID_INPUT,
                        "WebhookEvents: there is no event %s, the events are %s."
                                .formatted(Quoted.text(name), String.join(", ", WebhookEvent.wireNames()))));
    }
}
