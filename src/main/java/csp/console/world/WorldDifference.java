package csp.console.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What differs between two exports, property by property.
 *
 * @param place where in the world: names and ids of what holds it
 * @param before null where it is new
 * @param after null where it is gone
 */
public record WorldDifference(String place, String before, String after) {

    private static final List<String> NAMES = List.of(
            "tenantId",
            "id",
            "objectId",
            "clientId",
            "token",
            "subscriptionId",
            "offerId",
            "type",
            "partner",
            "provider");
    /** More than a reader takes in. */
    private static final int MOST = 500;

    static List<WorldDifference> between(JsonNode before, JsonNode after) {
        var left = flat(before);
        var right = flat(after);
        var places = new TreeSet<>(left.keySet());
        places.addAll(right.keySet());
        var differences = new ArrayList<WorldDifference>();
        for (var place : places) {
            if (!Objects.equals(left.get(place), right.get(place)) && differences.size() < MOST) {
                differences.add(new WorldDifference(place, left.get(place), right.get(place)));
            }
        }
        return differences;
    }

    private static Map<String, String> flat(JsonNode world) {
        var values = new LinkedHashMap<String, String>();
        flatten("", world, values);
        return values;
    }

    private static void flatten(String place, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> flatten(place + "/" + field.getKey(), field.getValue(), values));
        } else if (node.isArray()) {
            for (var i = 0; i < node.size(); i++) {
                flatten(place + "[" + name(node.get(i), i) + "]", node.get(i), values);
            }
        } else {
            values.put(place, node.asText());
        }
    }

    /** What an entry is known by, so that one more before it makes no difference of it. */
    private static String name(JsonNode entry, int position) {
        return NAMES.stream()
                .filter(entry::has)
                .findFirst()
                .map(name -> entry.path(name).asText())
                .orElse(Integer.toString(position));
    }
}
