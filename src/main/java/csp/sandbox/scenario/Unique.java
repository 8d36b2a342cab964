package csp.sandbox.scenario;

import static csp.sandbox.scenario.ScenarioJson.refusal;

import java.util.HashMap;
import java.util.Map;

/** What one document may say once only. */
final class Unique {

    private record Key(String kind, Object value) {}

    private final Map<Key, At> places = new HashMap<>();

    /** Error 800002 when the document said it before, at another place. */
    void claim(At at, String kind, Object value) {
        var before = places.putIfAbsent(new Key(kind, value), at);
        if (before != null) {
            throw refusal("%s: the %s %s is at %s already.", at, kind, value, before);
        }
    }
}
