package csp.platform.webhook;

import java.util.List;

/**
 * Where a partner wants to be notified, and of what.
 *
 * @param url as sent
 * @param events each once, in the order in which they were sent
 * @param signatureInMsHeader whether the signature comes in {@code x-ms-signature} and not in {@code Authorization}
 */
public record WebhookRegistration(String url, List<WebhookEvent> events, boolean signatureInMsHeader) {}
