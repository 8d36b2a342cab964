package csp.commerce.subscription.api;

import static java.util.Locale.ROOT;

import csp.commerce.subscription.SubscriptionChange;
import csp.commerce.subscription.SubscriptionStatus;
import csp.shared.error.Choice;
import csp.shared.http.JsonFields;
import csp.shared.http.SentEtags;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Reads the body of a subscription PATCH: the whole resource, of which only the changeable properties count (storefront.md §3).
 */
final class UpdateSubscriptionRequest {

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_WORD = 64;
    // The .NET SDK writes back the first value of an enum for a property that was absent or that it could not read.
    private static final Set<String> UNREAD = Set.of("none", "unknown");

    private UpdateSubscriptionRequest() {}

    /**
     * Errors: 800002 for a value of the wrong type or another id than that of the path, 2002 for the quantity, 900126 for the
     * status.
     *
     * @param ifMatch the header, with or without quotes; null when it is absent
     */
    static SubscriptionChange read(JsonFields body, UUID id, String ifMatch) {
        body.guid("id").filter(sent -> !sent.equals(id)).ifPresent(sent -> {
            throw body.refusal("id", "must be the subscription of the path, '" + id + "', but is '" + sent + "'");
        });
        return new SubscriptionChange(
                QuantityField.readOrZero(body).orElse(null),
                word(body, "status").map(UpdateSubscriptionRequest::status).orElse(null),
                body.text("friendlyName", LONGEST_NAME).orElse(null),
                body.bool("autoRenewEnabled").orElse(null),
                word(body, "billingCycle").orElse(null),
                body.textUnlessBlank("partnerId", LONGEST_WORD).orElse(null),
                SentEtags.of(ifMatch, body).stream()
                        .filter(etag -> !etag.equals(SentEtags.ANY_VERSION))
                        .toList());
    }

    private static Optional<String> word(JsonFields body, String name) {
        return body.textUnlessBlank(name, LONGEST_WORD).filter(word -> !UNREAD.contains(word.toLowerCase(ROOT)));
    }

    private static SubscriptionStatus status(String name) {
        return Arrays.stream(SubscriptionStatus.values())
                .filter(known -> known.wireName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Choice.refusal(
                        "status",
                        name,
                        Arrays.stream(SubscriptionStatus.values()).map(SubscriptionStatus::wireName)));
    }
}
