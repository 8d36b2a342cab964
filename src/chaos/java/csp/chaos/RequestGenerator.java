package csp.chaos;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes requests up from the published document: some as it wants them, most with something that is not. Number {@code n} of a seed is
 * the same request each time, but for what the service made up itself: ids and tokens.
 */
final class RequestGenerator {

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "BREW");

    private static final List<String> SEGMENTS = List.of(
            "not-a-guid",
            "%00",
            "%2e%2e",
            "..",
            ".",
            "%2F",
            "a%2Fb",
            "%",
            "%zz",
            "%ff%fe",
            "%F0%9F%99%82",
            "a;b=c",
            "%20",
            "+",
            "*",
            "all",
            "x".repeat(3_000),
            "00000000-0000-0000-0000-000000000000",
            "%7B00000000-0000-0000-0000-000000000001%7D",
            "1-1-1-1-1",
            "-1",
            "99999999999999999999",
            "\u00e9",
            "{id}",
            "a|b^c`d");

    private static final List<String> ACCEPTS = List.of(
            "*/*",
            "text/html",
            "application/xml",
            "application/json;q=0",
            "a",
            "a/b/c",
            "*/*;q=2",
            ",,,",
            "",
            "application/json; charset=utf-16");

    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=utf-16",
            "application/json; charset=none",
            "application/json;;;",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "a",
            "");

    private final long seed;
    private final List<Operation> operations;
    private final List<Operation> weighted;
    private final KnownIds ids;
    private final StrangeJson json;
    private final Identities identities;

    RequestGenerator(long seed, List<Operation> operations, KnownIds ids, Identities identities) {
        this.seed = seed;
        this.operations = operations;
        this.ids = ids;
        this.identities = identities;
        json = new StrangeJson(ids);
        weighted = new ArrayList<>();
        operations.forEach(operation -> {
            // Loading a world takes a second, signing in a tenth; what this service is about comes first.
            var weight = operation.isOfSandbox() && !operation.isSafe() || operation.signsIn()
                    ? 1
                    : operation.isAboutTransfers() ? 24 : 8;
            for (var i = 0; i < weight; i++) {
                weighted.add(operation);
            }
        });
    }

    /** @param number of the request, from 0 */
    Request request(long number) {
        var random = new Random(seed * 1_000_003 + number);
        random.nextInt(); // the first of like seeds are alike
        var operation = weighted.get(random.nextInt(weighted.size()));
        var parts = new Parts(operation, random);
        var faults = List.of(0, 0, 0, 0, 1, 1, 1, 2, 3).get(random.nextInt(9));
        for (var i = 0; i < faults; i++) {
            parts.spoil();
        }
        return parts.request();
    }

    /** A request while it is put together. */
    private final class Parts {

        private final Operation operation;
        private final Random random;
        private final Map<String, String> headers = new java.util.LinkedHashMap<>();
        private final List<String> query = new ArrayList<>();
        private String method;
        private List<String> path;
        private byte[] body;

        Parts(Operation operation, Random random) {
            this.operation = operation;
            this.random = random;
            method = operation.method();
            path = new ArrayList<>(List.of(operation.template().substring(1).split("/")));
            fillPath();
            for (var parameter : operation.parameters("query")) {
                if (Boolean.TRUE.equals(parameter.getRequired()) || random.nextInt(3) == 0) {
                    query.add(encoded(parameter.getName()) + "=" + encoded(valueOf(parameter)));
                }
            }
            headers.put("Authorization", "Bearer " + identities.choose(operation, random));
            headers.put("Accept", "application/json");
            for (var parameter : operation.parameters("header")) {
                if (!parameter.getName().startsWith("MS-") && random.nextInt(6) == 0) {
                    headers.put(parameter.getName(), header(valueOf(parameter)));
                }
            }
            // Few in number, so that some are said again.
            headers.put("MS-RequestId", new UUID(seed, random.nextInt(200_000)).toString());
            headers.put("MS-CorrelationId", new UUID(random.nextLong(), random.nextLong()).toString());
            if (operation.contentType() != null) {
                headers.put("Content-Type", operation.contentType());
                body = operation.contentType().contains("form")
                        ? form()
                        : StrangeJson.bytes(json.body(operation, random));
            }
        }

        private void fillPath() {
            // As the document shows it, in whose bodies it goes together with the path; or as the service has it.
            var shown = random.nextInt(3) == 0;
            var together = !shown && random.nextInt(4) > 0 ? ids.together(operation.template(), random) : null;
            var next = 0;
            for (var i = 0; i < path.size(); i++) {
                var segment = path.get(i);
                if (segment.contains("{")) {
                    var name = segment.substring(segment.indexOf('{') + 1, segment.indexOf('}'));
                    var value =
                            together != null && next < together.size() ? together.get(next++) : idNamed(name, i, shown);
                    path.set(i, segment.replace("{" + name + "}", encoded(value)));
                }
            }
        }

        private String idNamed(String name, int place, boolean shown) {
            var example = operation.parameters("path").stream()
                    .filter(each -> each.getName().equals(name) && each.getExample() != null)
                    .map(each -> each.getExample().toString())
                    .findFirst();
            if (shown && example.isPresent()) {
                return example.get();
            }
            var known = ids.one(name.toLowerCase(), random);
            if (place > 0 && (known == null || random.nextBoolean())) {
                var ofCollection = ids.one(path.get(place - 1), random);
                known = ofCollection == null ? known : ofCollection;
            }
            return known != null && random.nextInt(8) > 0
                    ? known
                    : example.filter(ignored -> random.nextBoolean())
                            .orElseGet(() -> new UUID(random.nextLong(), random.nextLong()).toString());
        }

        private String valueOf(io.swagger.v3.oas.models.parameters.Parameter parameter) {
            var schema = parameter.getSchema() == null ? null : operation.resolved(parameter.getSchema());
            var known = ids.one(parameter.getName().toLowerCase(), random);
            if (known != null && random.nextInt(3) > 0) {
                return known;
            }
            if (schema != null && schema.getEnum() != null && random.nextInt(6) > 0) {
                return schema.getEnum()
                        .get(random.nextInt(schema.getEnum().size()))
                        .toString();
            }
            var example = parameter.getExample() != null
                    ? parameter.getExample()
                    : schema == null ? null : schema.getExample();
            return example != null && random.nextInt(5) > 0 ? example.toString() : text();
        }

        private byte[] form() {
            var example = operation.examples().isEmpty()
                    ? Map.of("grant_type", "client_credentials")
                    : operation
                            .examples()
                            .get(random.nextInt(operation.examples().size()));
            var node = new com.fasterxml.jackson.databind.json.JsonMapper().valueToTree(example);
            var pairs = new ArrayList<String>();
            ((com.fasterxml.jackson.databind.JsonNode) node)
                    .fields()
                    .forEachRemaining(pair -> pairs.add(encoded(pair.getKey()) + "="
                            + encoded(pair.getValue().asText())));
            return String.join("&", pairs).getBytes(StandardCharsets.UTF_8);
        }

        private String text() {
            return StrangeJson.TEXTS.get(random.nextInt(StrangeJson.TEXTS.size()));
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        /** One thing that is not as the document wants it. */
        void spoil() {
            switch (random.nextInt(body == null ? 8 : 14)) {
                case 0 -> headers.put("Authorization", identities.broken(random));
                case 1 -> method = any(METHODS);
                case 2, 3 -> spoilPath();
                case 4, 5 -> spoilQuery();
                case 6, 7 -> spoilHeader();
                case 8 -> body = StrangeJson.broken(body, random);
                default -> spoilBody();
            }
        }

        private void spoilPath() {
            var place = random.nextInt(path.size());
            switch (random.nextInt(6)) {
                case 0 -> path.add(any(SEGMENTS));
                case 1 -> path.set(place, path.get(place).toUpperCase());
                case 2 -> path.add("");
                case 3 -> path.add(place, "");
                case 4 -> path.remove(place);
                default -> path.set(place, any(SEGMENTS));
            }
            if (path.isEmpty()) {
                path.add("");
            }
        }

        private void spoilQuery() {
            var names = operation.parameters("query");
            var name = names.isEmpty() || random.nextInt(4) == 0
                    ? any(List.of("unknown", "", "page[0]", "%zz", "a.b", "size", "filter"))
                    : encoded(any(names).getName());
            switch (random.nextInt(5)) {
                case 0 -> query.clear();
                case 1 -> query.add(name);
                case 2 -> query.add(name + "=" + any(SEGMENTS));
                case 3 -> query.addAll(List.copyOf(query));
                default -> query.add(name + "=" + encoded(text()));
            }
        }

        private void spoilHeader() {
            switch (random.nextInt(9)) {
                case 0 -> headers.put("Accept", any(ACCEPTS));
                case 1 -> headers.put("MS-RequestId", header(text()));
                case 2 -> headers.put("MS-CorrelationId", header(text()));
                case 3 -> headers.put("X-Locale", header(text()));
                case 4 -> headers.put("If-Match", any(List.of("*", "\"x\"", "W/\"1\"", header(text()))));
                case 5 -> headers.put("MS-ContinuationToken", header(text()));
                case 6 -> headers.put("Content-Encoding", "gzip");
                case 7 -> headers.put("X-HTTP-Method-Override", "DELETE");
                default -> headers.put("Content-Type", any(TYPES));
            }
        }

        private void spoilBody() {
            if (operation.contentType().contains("form")) {
                body = (new String(body, StandardCharsets.UTF_8) + "&"
                                + any(List.of(
                                        "grant_type", "client_id", "client_secret", "username", "scope", "resource"))
                                + "=" + encoded(text()))
                        .getBytes(StandardCharsets.UTF_8);
            } else {
                body = StrangeJson.bytes(json.changed(json.body(operation, random), random));
            }
        }

        Request request() {
            var target = "/" + String.join("/", path) + (query.isEmpty() ? "" : "?" + String.join("&", query));
            return new Request(method, target.replace(' ', '+'), headers, body == null ? new byte[0] : body);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What of a text can stand in a header. */
    private static String header(String text) {
        return text.chars()
                .filter(character -> character >= ' ' && character < 0x100 && character != 0x7f)
                .mapToObj(character -> Character.toString((char) character))
                .collect(Collectors.joining())
                .strip();
    }
}
