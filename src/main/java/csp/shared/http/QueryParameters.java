package csp.shared.http;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import com.fasterxml.jackson.core.JsonProcessingException;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The query of a request, read from the text as sent: real clients send unencoded JSON in it, spell names as they like, and the
 * published page joins two parameters with a second question mark (storefront.md §0). Empty counts as absent (ST9).
 */
public final class QueryParameters {

    private static final Pattern SECOND_QUESTION_MARK =
            Pattern.compile("^(size=[^&?]*)\\?(?=filter=)", Pattern.CASE_INSENSITIVE);

    private final String asSent;
    private final Map<String, String> values = new HashMap<>();

    private QueryParameters(QueryParameters sent, Map<String, String> otherwise) {
        asSent = sent.asSent;
        otherwise.forEach((name, value) -> values.put(name.toLowerCase(ROOT), value));
        values.putAll(sent.values);
    }

    /**
     * Error 800002 for a wrong percent-encoding.
     *
     * @param query null when there is none
     */
    public QueryParameters(String query) {
        asSent = query == null ? "" : query;
        for (var parameter :
                SECOND_QUESTION_MARK.matcher(asSent).replaceFirst("$1&").split("&")) {
            var nameAndValue = parameter.split("=", 2);
            if (nameAndValue.length == 2 && !decoded(nameAndValue[1]).isBlank()) {
                values.putIfAbsent(decoded(nameAndValue[0]).toLowerCase(ROOT), decoded(nameAndValue[1]));
            }
        }
    }

    /** These, and {@code otherwise} where they say nothing. */
    QueryParameters orElse(Map<String, String> otherwise) {
        return new QueryParameters(this, otherwise);
    }

    /** The first parameter with this name that says something, its name in any letter case. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(ROOT)));
    }

    /** The object that a parameter holds as JSON text. Error 800002, naming the parameter, for anything else. */
    public Optional<JsonFields> object(String name) {
        return get(name).map(text -> {
            try {
                return JsonFields.ofParameter(name, RequestBody.STRICT.readTree(text));
            } catch (JsonProcessingException e) {
                throw new DomainException(
                        INVALID_INPUT, "%s is not well-formed JSON: %s.".formatted(name, Quoted.text(text)));
            }
        });
    }

    /** The path with the query as it was sent. */
    public String appendedTo(String path) {
        return asSent.isEmpty() ? path : path + "?" + asSent;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new DomainException(
                    INVALID_INPUT, "the query has a wrong percent-encoding: " + Quoted.text(text) + ".");
        }
    }
}
