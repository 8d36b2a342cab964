package csp.platform.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import csp.shared.http.WireTime;

/** What is posted, in the recorded key order; null is written out (webhooks.md §3). Its text is what is signed, sent and kept. */
@JsonPropertyOrder({"EventName", "ResourceUri", "ResourceName", "AuditUri", "ResourceChangeUtcDate"})
record NotificationBody(
        @JsonProperty("EventName") String eventName,
        @JsonProperty("ResourceUri") String resourceUri,
        @JsonProperty("ResourceName") String resourceName,
        @JsonProperty("AuditUri") String auditUri,
        @JsonProperty("ResourceChangeUtcDate") String resourceChangeUtcDate) {

    private static final String AUDIT_RECORDS = "/auditactivity/v1/auditrecords/";
    private static final JsonMapper JSON = new JsonMapper();

    /** @param base of all addresses, without a slash at its end */
    static String textOf(Notification notification, String base) {
        var body = new NotificationBody(
                notification.event().wireName(),
                notification.resource() == null ? null : base + notification.resource(),
                notification.resourceName(),
                notification.auditRecord() == null ? null : base + AUDIT_RECORDS + notification.auditRecord(),
                WireTime.offsetTrimmed(notification.changed()));
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
