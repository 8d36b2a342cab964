package csp.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the service has made known of itself: ids by the name they have, and those that stand together in a path. */
final class KnownIds {

    private static final int MOST = 40;
    private static final Pattern NAMED = Pattern.compile("\"(\\w+)\":\"([0-9A-Za-z_.:-]{3,80})\"");
    private static final Pattern PATH = Pattern.compile("\"uri\":\"(/[^\"?]+)\"");
    private static final Pattern ID = Pattern.compile("[0-9A-Fa-f]{8}-.*");

    private final Map<String, List<String>> byName = new HashMap<>();
    private final Map<String, List<List<String>>> byPath = new HashMap<>();

    void learn(String path, String body) {
        var collection = path.replaceFirst("\\?.*", "").replaceFirst(".*/([A-Za-z]+)$", "$1");
        var named = NAMED.matcher(body);
        while (named.find()) {
            var name = named.group(1).toLowerCase();
            if (name.endsWith("id") || name.endsWith("token") && named.group(2).length() < 60) {
                add(
                        byName.computeIfAbsent(name.equals("id") ? collection : name, key -> new ArrayList<>()),
                        named.group(2));
            }
        }
        var uris = PATH.matcher(body);
        while (uris.find()) {
            remember(uris.group(1));
        }
    }

    /** A path with ids that belong together, without what stands before {@code /customers}. */
    void remember(String path) {
        var segments = segments(path);
        add(
                byPath.computeIfAbsent(shape(segments, segments.size()), key -> new ArrayList<>()),
                segments.stream()
                        .filter(segment -> ID.matcher(segment).matches())
                        .toList());
    }

    void add(String name, String... ids) {
        Stream.of(ids).forEach(id -> add(byName.computeIfAbsent(name, key -> new ArrayList<>()), id));
    }

    private static <T> void add(List<T> list, T one) {
        if (!list.contains(one)) {
            if (list.size() >= MOST) {
                list.remove(0);
            }
            list.add(one);
        }
    }

    /** Ids for the names in braces of a path, or null when nothing is known of such. */
    List<String> together(String template, Random random) {
        var segments = segments(template);
        var last = 0;
        for (var i = 0; i < segments.size(); i++) {
            if (segments.get(i).startsWith("{")) {
                last = i + 1;
            }
        }
        var known = byPath.get(shape(segments, last));
        return known == null ? null : known.get(random.nextInt(known.size()));
    }

    /** One that has this name; null when none is known. */
    String one(String name, Random random) {
        var known = byName.get(name);
        return known == null ? null : known.get(random.nextInt(known.size()));
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.replaceFirst("^/(portal/|webhooks/|auditactivity/)?v1", "")
                        .split("/"))
                .filter(segment -> !segment.isEmpty())
                .collect(Collectors.toList());
    }

    private static String shape(List<String> segments, int count) {
        return segments.subList(0, count).stream()
                .map(segment -> segment.startsWith("{") || ID.matcher(segment).matches() ? "*" : segment)
                .collect(Collectors.joining("/"));
    }
}
