package csp.sandbox.journal.api;

import static csp.sandbox.journal.DeviationRule.DATE_WITHOUT_ZONE;
import static csp.sandbox.journal.DeviationRule.DOUBLED_SLASH;
import static csp.sandbox.journal.DeviationRule.EMPTY_TEXT;
import static csp.sandbox.journal.DeviationRule.GRANT_CASE;
import static csp.sandbox.journal.DeviationRule.HAND_MADE_PAGE;
import static csp.sandbox.journal.DeviationRule.ID_NO_GUID;
import static csp.sandbox.journal.DeviationRule.LEGACY_AUDIENCE;
import static csp.sandbox.journal.DeviationRule.NO_ACCEPT;
import static csp.sandbox.journal.DeviationRule.NO_CONTENT_TYPE;
import static csp.sandbox.journal.DeviationRule.NO_CORRELATION_ID;
import static csp.sandbox.journal.DeviationRule.NO_MFA;
import static csp.sandbox.journal.DeviationRule.NO_OPERATION;
import static csp.sandbox.journal.DeviationRule.NO_READ_REQUEST_ID;
import static csp.sandbox.journal.DeviationRule.NO_REQUEST_ID;
import static csp.sandbox.journal.DeviationRule.NUMBER_AS_STRING;
import static csp.sandbox.journal.DeviationRule.OLD_AGREEMENT;
import static csp.sandbox.journal.DeviationRule.OTHER_ACCEPT;
import static csp.sandbox.journal.DeviationRule.PARAMETER_CASE;
import static csp.sandbox.journal.DeviationRule.PROPERTY_CASE;
import static csp.sandbox.journal.DeviationRule.UNKNOWN_PARAMETER;
import static csp.sandbox.journal.DeviationRule.UNKNOWN_PROPERTY;
import static csp.sandbox.journal.DeviationRule.WORD_CASE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import csp.sandbox.journal.Deviation;
import csp.sandbox.journal.DeviationRule;
import csp.sandbox.journal.api.PublishedShapes.Shape;
import csp.shared.http.Exchange;
import csp.shared.http.WireTime;
import csp.shared.id.Guid;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What in a request the published contract does not have, although it was accepted. Not for the thread of the request. */
@ApplicationScoped
class DeviationCheck {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_PLACES = 5;

    private static final Pattern MIRRORED = Pattern.compile("/+(v1|webhooks/+v1|auditactivity/+v1)/.*");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d+");
    private static final Pattern TIME_OF_A_ZONE = Pattern.compile(".*T.*(Z|[+-]\\d{2}:\\d{2})");
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> OFFSETS =
            Set.of("offset", "skip", "$skip", "top", "$top", "start", "pageindex", "pagenumber", "continuationtoken");
    private static final Set<String> LISTS_OF_AGREEMENTS = Set.of("listAgreements", "listCustomerAgreements");
    private static final String CLOUD_AGREEMENT = "MicrosoftCloudAgreement";
    private static final String FORMER_AUDIENCE = "graph.windows.net";

    private PublishedShapes shapes;

    /** Those of one request, each rule once. */
    List<Deviation> of(RecordedExchange exchange) {
        var found = new Found();
        if (exchange.status == null) {
            return List.of();
        }
        if (exchange.operation == null) {
            if (exchange.caller != null && (exchange.status == 404 || exchange.status == 405)) {
                found.add(NO_OPERATION, exchange.method + " " + path(exchange.uri));
            }
        } else if (exchange.status < 400) {
            var mirrored = MIRRORED.matcher(path(exchange.uri)).matches();
            if (mirrored) {
                headers(exchange, found);
                token(exchange, found);
            }
            if (path(exchange.uri).contains("//")) {
                found.add(DOUBLED_SLASH, path(exchange.uri));
            }
            shapes().of(exchange.operation).ifPresent(request -> {
                query(exchange, request, found);
                body(exchange, request, found);
            });
        }
        return found.deviations();
    }

    /** By the one thread that writes. */
    private PublishedShapes shapes() {
        if (shapes == null) {
            shapes = new PublishedShapes();
        }
        return shapes;
    }

    private static void headers(RecordedExchange exchange, Found found) {
        var headers = exchange.requestHeaders;
        var isWrite = WRITES.contains(exchange.method);
        id(headers, Exchange.REQUEST_ID, isWrite ? NO_REQUEST_ID : NO_READ_REQUEST_ID, found);
        id(headers, Exchange.CORRELATION_ID, NO_CORRELATION_ID, found);
        var accept = exchange.accept;
        if (accept == null) {
            found.add(NO_ACCEPT, "Accept");
        } else if (accept.toLowerCase(Locale.ROOT).contains("text/json")) {
            found.add(OTHER_ACCEPT, accept);
        }
        if (exchange.requestBytes > 0 && headers.get(HttpHeaders.CONTENT_TYPE) == null) {
            found.add(NO_CONTENT_TYPE, "Content-Type");
        }
    }

    private static void id(MultiMap headers, String name, DeviationRule missing, Found found) {
        var sent = headers.get(name);
        if (sent == null || sent.isBlank()) {
            found.add(missing, name);
        } else if (Guid.read(sent).isEmpty()) {
            found.add(ID_NO_GUID, name + ": " + sent);
        }
    }

    private static void token(RecordedExchange exchange, Found found) {
        var authorization = exchange.requestHeaders.get(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            var claims = TokenClaims.of(authorization.substring(authorization.indexOf(' ') + 1));
            if (claims.isFor(FORMER_AUDIENCE)) {
                found.add(LEGACY_AUDIENCE, "aud: https://" + FORMER_AUDIENCE);
            }
            if (claims.lacksMfa()) {
                found.add(NO_MFA, "amr");
            }
        }
    }

    private static void query(RecordedExchange exchange, PublishedShapes.Request request, Found found) {
        var agreementType = "";
        for (var pair :
                pairs(exchange.uri.substring(path(exchange.uri).length()).replaceFirst("^\\?", ""))) {
            var name = pair.getKey();
            var known = request.query().get(name);
            if (known == null) {
                var spelling = Shape.spelling(request.query(), name);
                if (spelling.isPresent()) {
                    found.add(PARAMETER_CASE, name + " is " + spelling.get());
                    known = request.query().get(spelling.get());
                } else if (OFFSETS.contains(name.toLowerCase(Locale.ROOT))) {
                    found.add(HAND_MADE_PAGE, name + "=" + pair.getValue());
                } else if (!pair.getValue().isEmpty()) {
                    found.add(UNKNOWN_PARAMETER, name);
                }
            }
            if (known != null) {
                word(known, name, pair.getValue(), found);
                if (name.equalsIgnoreCase("agreementType")) {
                    agreementType = pair.getValue();
                }
                if (request.isPaged()
                        && (name.equalsIgnoreCase("page") || pair.getValue().equalsIgnoreCase("PageIndex"))) {
                    found.add(HAND_MADE_PAGE, name + "=" + pair.getValue());
                }
            }
        }
        if (LISTS_OF_AGREEMENTS.contains(exchange.operation)
                && (agreementType.isEmpty() || agreementType.equalsIgnoreCase(CLOUD_AGREEMENT))) {
            found.add(OLD_AGREEMENT, agreementType.isEmpty() ? "no agreementType" : "agreementType=" + agreementType);
        }
    }

    private static void body(RecordedExchange exchange, PublishedShapes.Request request, Found found) {
        if (request.body() == null || exchange.body == null || exchange.body.length() < exchange.requestBytes) {
            return;
        }
        var sent = exchange.body.toString(UTF_8);
        var type = exchange.requestHeaders.get(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.toLowerCase(Locale.ROOT).contains("form-urlencoded")) {
            for (var pair : pairs(sent)) {
                if (pair.getKey().equals("grant_type")
                        && !pair.getValue().equals(pair.getValue().toLowerCase(Locale.ROOT))) {
                    found.add(GRANT_CASE, "grant_type=" + pair.getValue());
                }
            }
            return;
        }
        try {
            var tree = JSON.readTree(sent.startsWith("\ufeff") ? sent.substring(1) : sent);
            if (tree.isArray() && !request.body().type().equals("array")) {
                tree.forEach(item -> value(request.body(), "", item, found));
            } else {
                value(request.body(), "", tree, found);
            }
        } catch (IOException noJson) {
            // accepted nevertheless: not read
        }
    }

    private static void value(Shape shape, String place, JsonNode sent, Found found) {
        if (sent.isNull()) {
            return; // as good as absent
        }
        if (sent.isObject() && !shape.members().isEmpty()) {
            sent.properties().forEach(property -> member(shape, place, property.getKey(), property.getValue(), found));
        } else if (sent.isArray() && shape.items() != null) {
            for (var i = 0; i < sent.size(); i++) {
                value(shape.items(), place + "[" + i + "]", sent.get(i), found);
            }
        } else if (sent.isTextual()) {
            text(shape, place, sent.asText(), found);
        }
    }

    private static void member(Shape shape, String place, String name, JsonNode sent, Found found) {
        var at = place.isEmpty() ? name : place + "." + name;
        var known = shape.members().get(name);
        if (known == null) {
            var spelling = Shape.spelling(shape.members(), name);
            if (spelling.isEmpty()) {
                if (!sent.isNull()) {
                    found.add(UNKNOWN_PROPERTY, at);
                }
                return;
            }
            found.add(PROPERTY_CASE, at + " is " + spelling.get());
            known = shape.members().get(spelling.get());
        }
        value(known, at, sent, found);
    }

    private static void text(Shape shape, String place, String sent, Found found) {
        switch (shape.type()) {
            case "integer", "number" -> {
                if (WHOLE_NUMBER.matcher(sent).matches()) {
                    found.add(NUMBER_AS_STRING, place + ": \"" + sent + "\"");
                } else if (sent.isEmpty()) {
                    found.add(EMPTY_TEXT, place);
                }
            }
            case "boolean", "object", "array" -> {
                if (sent.isEmpty()) {
                    found.add(EMPTY_TEXT, place);
                }
            }
            default -> {
                word(shape, place, sent, found);
                if (shape.isTime()
                        && sent.contains("T")
                        && !TIME_OF_A_ZONE.matcher(sent).matches()
                        && WireTime.read(sent).isPresent()) {
                    found.add(DATE_WITHOUT_ZONE, place + ": " + sent);
                }
            }
        }
    }

    private static void word(Shape shape, String place, String sent, Found found) {
        if (!shape.words().contains(sent)) {
            shape.words().stream()
                    .filter(word -> word.equalsIgnoreCase(sent))
                    .findFirst()
                    .ifPresent(word -> found.add(WORD_CASE, "%s: %s is %s".formatted(place, sent, word)));
        }
    }

    private static List<Map.Entry<String, String>> pairs(String form) {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        for (var pair : form.split("&")) {
            if (!pair.isEmpty()) {
                var nameAndValue = pair.split("=", 2);
                pairs.add(
                        Map.entry(decoded(nameAndValue[0]), nameAndValue.length == 1 ? "" : decoded(nameAndValue[1])));
            }
        }
        return pairs;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException wrongEscape) {
            return text;
        }
    }

    private static String path(String uri) {
        var query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** Where each rule was found to be broken. */
    private static final class Found {

        private final Map<DeviationRule, List<String>> places = new EnumMap<>(DeviationRule.class);

        void add(DeviationRule rule, String place) {
            places.computeIfAbsent(rule, first -> new ArrayList<>()).add(place);
        }

        List<Deviation> deviations() {
            return places.entrySet().stream()
                    .map(found ->
                            new Deviation(found.getKey(), found.getKey().says + ": " + listed(found.getValue()) + "."))
                    .toList();
        }

        private static String listed(List<String> places) {
            var shown = Redaction.body(String.join(", ", places.subList(0, Math.min(places.size(), MOST_PLACES))));
            var cut = shown.length() <= 500 ? shown : shown.substring(0, 497) + "...";
            return places.size() <= MOST_PLACES ? cut : cut + " and %d more".formatted(places.size() - MOST_PLACES);
        }
    }
}
