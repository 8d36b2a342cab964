package csp.sandbox.scenario;

import static csp.sandbox.scenario.ScenarioJson.refusal;

import java.util.HashMap;
import java.util.Map;

/** What one document may say once only. */
final class Unique {

    private record Key(String kind, Object value) {}

    private final Map<Key, String> paths = new HashMap<>();

    /** Error 800002 when the document said it before, at another path. */
    void claim(String path, String kind, Object value) {
        var before = paths.putIfAbsent(new Key(kind, value), path);
        if (before != null) {
            throw refusal("%s: the %s %s is at %s already.".formatted(path, kind, value, before));
        }
    }
}
