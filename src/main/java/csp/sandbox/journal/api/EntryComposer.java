package csp.sandbox.journal.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import csp.sandbox.journal.JournalConfig;
import csp.sandbox.journal.JournalEntry;
import csp.sandbox.journal.JournalEntry.Message;
import csp.sandbox.journal.RuleBook;
import csp.shared.http.Exchange;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes an entry of the journal of what was taken down of a request. */
@ApplicationScoped
class EntryComposer {

    private static final int LONGEST_PATH = 2_048;
    private static final int LONGEST_HEADER = 1_024;
    private static final int MOST_HEADERS = 50;
    private static final int LONGEST_ID = 128;

    private static final int THROTTLED = 429;
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;
    private static final String OF_THROTTLING = "ST6";
    private static final String OF_SECOND_FACTOR = "W41";
    private static final String OF_SIGN_IN = "W44";
    /** Numbers of the directory that have a rule of their own. */
    private static final Map<Integer, String> OF_SIGN_INS = Map.of(50059, "W43", 7000112, "R16", 50053, "limit");

    private final ObjectMapper json;
    private final JournalConfig config;
    private final DeviationCheck deviations;
    private final RuleBook rules = new RuleBook();

    EntryComposer(ObjectMapper json, DeviationCheck deviations, JournalConfig config) {
        this.json = json;
        this.deviations = deviations;
        this.config = config;
    }

    JournalEntry compose(RecordedExchange exchange) {
        var answer = answerOf(exchange);
        var tree = answer == null ? json.missingNode() : parsed(answer);
        var code = codeOf(exchange, tree);
        var claims = claims(exchange, tree);
        var requestId = exchange.requestHeaders.get(Exchange.REQUEST_ID);
        return new JournalEntry(
                0,
                exchange.received,
                exchange.at,
                exchange.caller == null ? claims.tenant() : exchange.caller.tenantId(),
                exchange.caller == null ? claims.caller() : exchange.caller.id(),
                exchange.method,
                Redaction.address(cut(exchange.uri, LONGEST_PATH)),
                exchange.operation,
                exchange.status,
                code,
                ruleOf(exchange, tree, code),
                requestId == null ? null : cut(requestId, LONGEST_ID),
                cut(exchange.correlationId, LONGEST_ID),
                exchange.milliseconds,
                secondsToWait(exchange),
                exchange.fault,
                deviations.of(exchange),
                new Message(
                        headers(exchange.requestHeaders.entries()),
                        exchange.body == null || exchange.body.length() == 0
                                ? null
                                : Redaction.body(exchange.body.toString(UTF_8)),
                        exchange.requestBytes),
                new Message(
                        headers(exchange.responseHeaders),
                        answer == null ? null : Redaction.body(cut(answer, config.bodyBytes())),
                        exchange.responseBytes));
    }

    /** As it was written; null for none. */
    private String answerOf(RecordedExchange exchange) {
        try {
            return exchange.answer == null
                    ? null
                    : exchange.answer instanceof String text
                            ? text
                            : exchange.answer instanceof byte[] bytes
                                    ? new String(bytes, UTF_8)
                                    : json.writeValueAsString(exchange.answer);
        } catch (JsonProcessingException stream) {
            return null; // not kept: it has been read
        }
    }

    private JsonNode parsed(String answer) {
        try {
            var tree = json.readTree(answer.startsWith("\ufeff") ? answer.substring(1) : answer);
            return tree == null ? json.missingNode() : tree;
        } catch (JsonProcessingException noJson) {
            return json.missingNode();
        }
    }

    private static Integer codeOf(RecordedExchange exchange, JsonNode answer) {
        if (exchange.status == null || exchange.status < 400) {
            return null;
        }
        if (exchange.error != null) {
            return exchange.error.code;
        }
        var code = answer.has("code")
                ? answer.path("code")
                : answer.path("error_codes").path(0);
        return code.canConvertToInt() ? (Integer) code.intValue() : null;
    }

    private String ruleOf(RecordedExchange exchange, JsonNode answer, Integer code) {
        if (exchange.status == null || exchange.status < 400) {
            return null;
        }
        if (exchange.status == THROTTLED) {
            return OF_THROTTLING;
        }
        if (answer.has("error_codes")) {
            return OF_SIGN_INS.getOrDefault(code, OF_SIGN_IN);
        }
        if (exchange.error != null) {
            return rules.ruleOf(exchange.error, exchange.operation).orElse(null);
        }
        return code == null
                ? exchange.status == UNAUTHORIZED ? OF_SECOND_FACTOR : null
                : rules.ruleOf(exchange.status, code, exchange.operation).orElse(null);
    }

    private static Integer secondsToWait(RecordedExchange exchange) {
        return exchange.responseHeaders.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(HttpHeaders.RETRY_AFTER.toString()))
                .map(Map.Entry::getValue)
                .filter(value -> value.matches("\\d{1,9}"))
                .findFirst()
                .map(Integer::valueOf)
                .orElse(null);
    }

    private static String headers(List<Map.Entry<String, String>> headers) {
        return headers.stream()
                .limit(MOST_HEADERS)
                .map(header -> header.getKey() + ": "
                        + Redaction.header(header.getKey(), cut(header.getValue(), LONGEST_HEADER)))
                .collect(Collectors.joining("\n"));
    }

    /**
     * Who is calling where no resource could tell: whom a token endpoint gave a token, and what the token says itself when the request
     * ended before anybody looked at it, or without an answer. Who repeats such a request is to be found.
     */
    private static TokenClaims claims(RecordedExchange exchange, JsonNode answer) {
        var authorization = exchange.requestHeaders.get(HttpHeaders.AUTHORIZATION);
        return authorization != null && (exchange.status == null || exchange.status == UNAVAILABLE)
                ? TokenClaims.of(authorization.substring(authorization.indexOf(' ') + 1))
                : TokenClaims.of(answer.path("access_token").asText());
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
