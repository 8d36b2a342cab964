package csp.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import csp.clients.Wire.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What several libraries want from an answer (storefront.md §0). */
final class Replies {

    /** The subscription statuses that the Java SDK and the Kotlin client know; any other value makes them fail. */
    private static final Set<String> OLD_STATUSES = Set.of("none", "active", "suspended", "deleted");

    private Replies() {}

    /** The items of a collection, which must come with its count. */
    static List<JsonNode> items(Answer answer) {
        var collection = answer.expect(200).json();
        assertTrue(collection.path("totalCount").isIntegralNumber(), "totalCount is missing: " + collection);
        assertTrue(collection.path("items").isArray(), "items is missing: " + collection);
        return StreamSupport.stream(collection.path("items").spliterator(), false)
                .toList();
    }

    static List<String> names(Answer customers) {
        return items(customers).stream()
                .map(customer ->
                        customer.path("companyProfile").path("companyName").asText())
                .toList();
    }

    /** The subscriptions as a library reads them that knows four statuses. */
    static List<JsonNode> subscriptionsOfOldStatus(Answer answer) {
        var subscriptions = items(answer);
        subscriptions.forEach(Replies::requireOldStatus);
        return subscriptions;
    }

    static JsonNode requireOldStatus(JsonNode subscription) {
        if (!OLD_STATUSES.contains(subscription.path("status").asText())) {
            throw new IllegalArgumentException("No enum constant " + subscription.path("status"));
        }
        return subscription;
    }

    /** The body of an error as the SDKs read it: a numeric code, a description, a list. */
    static JsonNode error(Answer answer, int status, int code) {
        var error = answer.expect(status).json();
        assertEquals(code, error.path("code").asInt(), error::toString);
        assertTrue(error.path("code").isIntegralNumber(), error::toString);
        assertTrue(
                error.path("description").isTextual()
                        && !error.path("description").asText().isBlank(),
                error::toString);
        assertTrue(error.path("data").isArray(), error::toString);
        return error;
    }

    /** The claims of a token, which clients decode without verifying it. */
    static JsonNode claims(String token) {
        var parts = token.split("\\.");
        assertEquals(3, parts.length, token);
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return Wire.json(claims);
    }
}
