package csp.sandbox.journal.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes secrets out of what is kept of a request: passwords, secrets of clients, tokens, assertions, authorization codes and what a header
 * proves somebody with, by their names; and whatever looks like a token, wherever it stands. What holds no secret stays as it is, to the
 * letter.
 */
final class Redaction {

    private static final String MASK = "***";
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> SECRET_HEADERS =
            Set.of("proxyauthorization", "cookie", "setcookie", "ocpapimsubscriptionkey");
    private static final String AUTHORIZATION = "authorization";
    /** Of a form alone: elsewhere it is the number of an error. */
    private static final String AUTHORIZATION_CODE = "code";

    private static final Set<String> NO_SECRETS = Set.of("continuationtoken", "mscontinuationtoken");

    /** In JSON that is cut off or malformed: the end of a name, and its value. */
    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:password|secret|assertion|(?<!continuation)token)(?:hash)?\"\\s*+:\\s*+)(?:\"(?:[^\"\\\\]|\\\\.)*+(?:\"|\\\\?$)|[^\\s,}\\]]++)");

    private static final Pattern TOKEN = Pattern.compile(
            "\\beyJ[\\w-]{8,}+\\.[\\w-]{8,}+\\.[\\w-]*+|(?i)(?<=\\bBearer(?: |%20|\\+))[\\w.~+/=-]{8,}+");

    private Redaction() {}

    static String header(String name, String value) {
        var letters = letters(name);
        if (letters.equals(AUTHORIZATION)) {
            var scheme = value.split(" ", 2);
            return scheme.length == 2 && scheme[0].matches("[A-Za-z]+") ? scheme[0] + " " + MASK : MASK;
        }
        return SECRET_HEADERS.contains(letters) || isSecret(letters) ? MASK : withoutTokens(value);
    }

    /** The path and query of a request. */
    static String address(String uri) {
        var query = uri.indexOf('?') + 1;
        return withoutTokens(query == 0 ? uri : uri.substring(0, query) + form(uri.substring(query)));
    }

    /** A body, or its beginning, of whatever type. */
    static String body(String body) {
        var begin = (body.isEmpty() || body.charAt(0) != BYTE_ORDER_MARK ? body : body.substring(1)).stripLeading();
        if (!begin.startsWith("{") && !begin.startsWith("[")) {
            return withoutTokens(NAMED.matcher(form(body)).replaceAll("$1\"" + MASK + "\""));
        }
        try {
            var tree = JSON.readTree(begin);
            return withoutTokens(mask(tree) ? tree.toString() : body);
        } catch (JsonProcessingException malformed) {
            return withoutTokens(NAMED.matcher(body).replaceAll("$1\"" + MASK + "\""));
        }
    }

    private static String withoutTokens(String text) {
        return TOKEN.matcher(text).replaceAll(MASK);
    }

    private static String form(String text) {
        return text.indexOf('=') < 0
                ? text
                : Arrays.stream(text.split("&", -1))
                        .map(pair -> {
                            var name = pair.split("=", 2)[0];
                            var letters = letters(decoded(name));
                            return isSecret(letters) || letters.equals(AUTHORIZATION_CODE) ? name + "=" + MASK : pair;
                        })
                        .collect(Collectors.joining("&"));
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, UTF_8);
        } catch (IllegalArgumentException wrongEscape) {
            return name;
        }
    }

    private static boolean mask(JsonNode node) {
        var isMasked = false;
        if (node instanceof ObjectNode object) {
            for (var property : object.properties()) {
                if (isSecret(letters(property.getKey())) && !property.getValue().isNull()) {
                    property.setValue(TextNode.valueOf(MASK));
                    isMasked = true;
                } else {
                    isMasked |= mask(property.getValue());
                }
            }
        } else if (node.isArray()) {
            for (var item : node) {
                isMasked |= mask(item);
            }
        }
        return isMasked;
    }

    /** In any spelling: {@code client_secret}, {@code ClientSecret}, {@code passwordHash}. */
    private static boolean isSecret(String letters) {
        return !NO_SECRETS.contains(letters)
                && (letters.contains("password")
                        || letters.contains("secret")
                        || letters.endsWith("assertion")
                        || letters.endsWith("token"));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
