package csp.sandbox.journal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the published contract has in requests, operation by operation: shapes.json, next to this class, which is written from
 * openapi.yaml. Read with the first request that is looked at, not at the start.
 */
final class PublishedShapes {

    private static final String FILE = "shapes.json";

    private final Map<String, Request> requests = new HashMap<>();

    /** Reads the file. */
    PublishedShapes() {
        try (var file = PublishedShapes.class.getResourceAsStream(FILE)) {
            new JsonMapper()
                    .readTree(file)
                    .properties()
                    .forEach(operation -> requests.put(
                            operation.getKey(),
                            new Request(
                                    Shape.members(operation.getValue().path("query")),
                                    Shape.of(operation.getValue().path("body")))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the requests of an operation have.
     *
     * @param query its parameters
     * @param body null when it has none
     */
    record Request(Map<String, Shape> query, Shape body) {

        boolean isPaged() {
            return query.containsKey("seekOperation");
        }
    }

    /**
     * What a value is like.
     *
     * @param type as in a schema; empty when it is not said
     * @param members of an object, by name; empty for one of any
     * @param items of an array; null when it is not said
     * @param words the texts that it may be; empty for any
     */
    record Shape(String type, boolean isTime, Map<String, Shape> members, Shape items, List<String> words) {

        private static Shape of(JsonNode node) {
            if (node.isMissingNode()) {
                return null;
            }
            var words = new ArrayList<String>();
            node.path("words").forEach(word -> words.add(word.asText()));
            return new Shape(
                    node.path("type").asText(),
                    node.path("time").asBoolean(),
                    members(node.path("members")),
                    of(node.path("items")),
                    words);
        }

        private static Map<String, Shape> members(JsonNode node) {
            var members = new HashMap<String, Shape>();
            node.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
            return members;
        }

        /** How a member is spelled that was sent in another letter case; empty when there is none. */
        static Optional<String> spelling(Map<String, Shape> members, String sent) {
            return members.keySet().stream()
                    .filter(name -> name.toLowerCase(Locale.ROOT).equals(sent.toLowerCase(Locale.ROOT)))
                    .findFirst();
        }
    }

    /** Empty for an operation that is not published. */
    Optional<Request> of(String operation) {
        return Optional.ofNullable(operation).map(requests::get);
    }
}
