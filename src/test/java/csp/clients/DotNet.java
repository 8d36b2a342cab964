package csp.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import csp.clients.Wire.Answer;
import java.util.UUID;

/**
 * How the vendor's .NET SDK talks (client N), also inside the PowerShell module (P): bodies in PascalCase with
 * every null, enums in snake_case, {@code application/json} without charset, no MS-Contract-Version, and {@code
 * Expect: 100-continue}.
 */
final class DotNet {

    private final Wire wire;
    private final String product;
    String token;

    /** @param product what MS-PartnerCenter-Client says */
    DotNet(Wire wire, String product) {
        this.wire = wire;
        this.product = product;
    }

    Answer get(String target) {
        return wire.send("GET %s HTTP/1.1\n%s\n\n".formatted(target, headers(UUID.randomUUID())));
    }

    Answer head(String target) {
        return wire.send("HEAD %s HTTP/1.1\n%s\n\n".formatted(target, headers(UUID.randomUUID())));
    }

    /** The next page: the link's headers, and {@code seekOperation} once more though the link has it. */
    Answer follow(JsonNode link) {
        assertEquals("GET", link.path("method").asText());
        var header = link.path("headers").path(0);
        return wire.send("GET /v1/%s&seekOperation=Next HTTP/1.1\n%s\n%s: %s\n\n"
                .formatted(
                        link.path("uri").asText().replaceFirst("^/v1", ""),
                        headers(UUID.randomUUID()),
                        header.path("key").asText(),
                        header.path("value").asText()));
    }

    /** Another page, of which it says nothing but where it lies from the one that it has. */
    Answer seek(String target, String operation, Answer page) {
        return wire.send("GET %s?seekOperation=%s HTTP/1.1\n%s\nMS-ContinuationToken: %s\n\n"
                .formatted(
                        target,
                        operation,
                        headers(UUID.randomUUID()),
                        page.json().path("continuationToken").asText()));
    }

    /** A repeat after a broken connection or a 5xx has the same id, so the caller says which. */
    Answer write(String method, String target, UUID requestId, String body) {
        return wire.send("""
                %s %s HTTP/1.1
                %s
                Content-Type: application/json
                Expect: 100-continue
                Content-Length: {length}

                %s""".formatted(method, target, headers(requestId), body));
    }

    Answer patch(String target, String body) {
        return write("PATCH", target, UUID.randomUUID(), body);
    }

    /**
     * The whole subscription as the SDK writes back what it has read: what was absent is null, or the first value of its enum.
     */
    static String subscription(JsonNode read, int quantity, String status) {
        return """
                {"Id":"%s","EntitlementId":null,"OfferId":"%s","OfferName":"%s","FriendlyName":"%s","ProductType":null,\
                "Quantity":%d,"UnitType":"%s","HasPurchasableAddons":false,"ParentSubscriptionId":%s,"CreationDate":"%s",\
                "EffectiveStartDate":"%s","CommitmentEndDate":"%s","CancellationAllowedUntilDate":null,\
                "BillingCycleEndDate":null,"Status":"%s","AutoRenewEnabled":%s,"IsTrial":false,"BillingType":"%s",\
                "BillingCycle":"unknown","TermDuration":null,"RenewalTermDuration":null,"RefundOptions":null,\
                "IsMicrosoftProduct":false,"AttentionNeeded":false,"ActionTaken":false,"PartnerId":null,\
                "SuspensionReasons":null,"ContractType":"subscription","PublisherName":null,"PromotionId":null,"Actions":null,\
                "OrderId":"%s","Links":{"Offer":{"Uri":"/offers/%s","Method":"GET","Headers":[]},"ParentSubscription":null,\
                "Product":null,"Sku":null,"Availability":null,"Self":{"Uri":"/customers","Method":"GET","Headers":[]},\
                "Next":null,"Previous":null},"Attributes":{"Etag":"%s","ObjectType":"Subscription"}}""".formatted(
                        text(read, "id"),
                        text(read, "offerId"),
                        text(read, "offerName"),
                        text(read, "friendlyName"),
                        quantity,
                        text(read, "unitType").toLowerCase(),
                        read.has("parentSubscriptionId") ? "\"" + text(read, "parentSubscriptionId") + "\"" : "null",
                        text(read, "creationDate"),
                        text(read, "effectiveStartDate"),
                        text(read, "commitmentEndDate"),
                        status,
                        read.path("autoRenewEnabled").asText(),
                        text(read, "billingType"),
                        text(read, "orderId"),
                        text(read, "offerId"),
                        read.path("attributes").path("etag").asText());
    }

    private static String text(JsonNode read, String name) {
        return read.path(name).asText();
    }

    private String headers(UUID requestId) {
        return """
                Authorization: Bearer %s
                Accept: application/json
                MS-RequestId: %s
                MS-CorrelationId: %s
                X-Locale: en-US
                MS-PartnerCenter-Client: %s
                MS-SdkVersion: 3.1.0.0
                Host: api.partnercenter.microsoft.com
                Connection: Keep-Alive""".formatted(token, requestId, UUID.randomUUID(), product);
    }
}
