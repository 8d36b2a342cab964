package csp.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Compares the shape of a JSON body with that of a recorded one, value texts aside: the whole sequence of keys at
 * every depth (so added, missing, reordered and differently cased keys all fail), the JSON types, the length of
 * every array, the letter case of every GUID, also inside longer texts such as link uris, and the zone spelling of
 * every date-time.
 *
 * <p>
 * The recorded bodies are files in {@code src/test/resources/recorded}. A GUID without letters has no case and fits either.
 */
public final class RecordedShape {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern GUID = Pattern.compile(
            "(?<![0-9A-Za-z])[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])");
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,7})?(Z|[+-]\\d{2}:\\d{2}|)");

    private final JsonNode recorded;
    private final Set<String> added;
    private final Set<String> dropped;

    private RecordedShape(JsonNode recorded, Set<String> added, Set<String> dropped) {
        this.recorded = recorded;
        this.added = added;
        this.dropped = dropped;
    }

    /** The same with further keys, which the recorded body has not where ours has them: a rule of wire-sessions.md says so. */
    public RecordedShape with(String... keys) {
        return new RecordedShape(recorded, Set.of(keys), dropped);
    }

    /** The same without keys of the recorded body: a rule of wire-sessions.md says so. */
    public RecordedShape without(String... keys) {
        return new RecordedShape(recorded, added, Set.of(keys));
    }

    /** @param name file name in {@code src/test/resources/recorded} */
    public static RecordedShape file(String name) {
        try (InputStream file = RecordedShape.class.getResourceAsStream("/recorded/" + name)) {
            if (file == null) {
                throw new AssertionError("There is no recorded body " + name);
            }
            return text(new String(file.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A shape given in the test itself. */
    public static RecordedShape text(String json) {
        return new RecordedShape(parse(json), Set.of(), Set.of());
    }

    /** Fails naming every place where the body has another shape than the recorded one. */
    public void assertFits(String body) {
        var differences = new ArrayList<String>();
        compare("$", recorded, parse(body), differences);
        if (!differences.isEmpty()) {
            throw new AssertionError(String.join("\n", differences) + "\nin the body " + body);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("This is not one JSON value: " + json, e);
        }
    }

    private void compare(String path, JsonNode expected, JsonNode actual, List<String> differences) {
        if (expected.getNodeType() != actual.getNodeType()) {
            differences.add("%s: expected %s, was %s".formatted(path, expected.getNodeType(), actual.getNodeType()));
        } else if (expected.isObject()) {
            compareKeys(path, expected, actual, differences);
        } else if (expected.isArray()) {
            if (expected.size() != actual.size()) {
                differences.add("%s: expected %d elements, was %d".formatted(path, expected.size(), actual.size()));
            }
            for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
                compare(path + "[" + i + "]", expected.get(i), actual.get(i), differences);
            }
        } else if (expected.isTextual()) {
            compareTexts(path, expected.textValue(), actual.textValue(), differences);
        } else if (expected.isNumber() && expected.isIntegralNumber() != actual.isIntegralNumber()) {
            differences.add("%s: expected a number like %s, was %s".formatted(path, expected, actual));
        }
    }

    private void compareKeys(String path, JsonNode expected, JsonNode actual, List<String> differences) {
        var expectedKeys =
                keysOf(expected).stream().filter(key -> !dropped.contains(key)).toList();
        var actualKeys = keysOf(actual).stream()
                .filter(key -> !added.contains(key) || expected.has(key))
                .toList();
        if (!expectedKeys.equals(actualKeys)) {
            differences.add("%s: expected the keys %s, was %s".formatted(path, expectedKeys, actualKeys));
        }
        for (var key : expectedKeys) {
            if (actual.has(key)) {
                compare(path + "." + key, expected.get(key), actual.get(key), differences);
            }
        }
    }

    private static List<String> keysOf(JsonNode object) {
        var keys = new ArrayList<String>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static void compareTexts(String path, String expected, String actual, List<String> differences) {
        if (!fits(cases(expected), cases(actual))) {
            differences.add("%s: expected GUIDs spelled like in '%s', was '%s'".formatted(path, expected, actual));
        }
        if (!zone(expected).equals(zone(actual))) {
            differences.add("%s: expected a date-time spelled like '%s', was '%s'".formatted(path, expected, actual));
        }
    }

    /** {@code U}, {@code l}, {@code m}ixed or {@code -} without letters, for every GUID of the text. */
    private static List<Character> cases(String text) {
        return GUID.matcher(text)
                .results()
                .map(found -> {
                    var guid = found.group();
                    boolean upper = guid.equals(guid.toUpperCase(ROOT));
                    boolean lower = guid.equals(guid.toLowerCase(ROOT));
                    return upper && lower ? '-' : upper ? 'U' : lower ? 'l' : 'm';
                })
                .toList();
    }

    private static boolean fits(List<Character> expected, List<Character> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (expected.get(i) != '-'
                    && actual.get(i) != '-'
                    && !expected.get(i).equals(actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** How the text spells its zone, {@code Z} or an offset; empty when it is no date-time. */
    private static String zone(String text) {
        var dateTime = DATE_TIME.matcher(text);
        if (!dateTime.matches()) {
            return "";
        }
        return dateTime.group(1).isEmpty() ? "none" : dateTime.group(1);
    }
}
