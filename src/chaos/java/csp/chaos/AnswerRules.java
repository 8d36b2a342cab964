package csp.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import csp.testsupport.ContractFilter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold of every answer, whatever was asked. */
final class AnswerRules {

    /** In all texts of partners that nobody who asks has anything to do with. */
    static final String CANARY = "Zanzibar";

    /** Tells everybody the name of whoever has a PartnerID, as the real one does. */
    private static final Set<String> OPEN_TO_ALL = Set.of("/v1/profiles/mpn");

    private static final int NOT_IMPLEMENTED = 501;
    private static final int LONGEST_DESCRIPTION = 1_024;

    private static final Pattern LEAK = Pattern.compile("(?m)^\\s*at [\\w.$]+\\("
            + "|\\b(javax?|jakarta|sun|io\\.(quarkus|vertx|netty|agroal|smallrye)|com\\.fasterxml|csp"
            + "|org\\.(hibernate|postgresql|jboss|flywaydb|eclipse))\\.[a-z]\\w+"
            + "|\\b[A-Z]\\w+(Exception|Error)\\b(?!Body)"
            + "|(?i:\\bselect .{1,200} from\\b|\\binsert into\\b|\\bviolates .{1,40} constraint\\b|\\bSQLSTATE\\b|\\brelation \")"
            + "|\\bpg_\\w+|\\bPSQL");

    private static final Pattern DOTS = Pattern.compile("(?i)/(\\.|%2e){1,2}(/|$)");
    private static final Pattern WRONG_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private static final JsonMapper JSON = new JsonMapper();

    private final List<Operation> operations;
    private final ContractFilter contract = ContractFilter.ofAnswers();

    AnswerRules(List<Operation> operations) {
        this.operations = operations;
    }

    /** The operation that a request is for, if it is for one: dots lead elsewhere. */
    Optional<Operation> operation(Request request) {
        return DOTS.matcher(pathOf(request)).find()
                ? Optional.empty()
                : Operation.at(operations, request.method(), pathOf(request));
    }

    static String pathOf(Request request) {
        return request.path().replaceFirst("\\?.*", "");
    }

    boolean isServerError(Request request, Answer answer) {
        var isUnknownMethod =
                answer.status() == NOT_IMPLEMENTED && operation(request).isEmpty();
        return answer.status() >= 500 && !isUnknownMethod;
    }

    /** A piece of the inside, or of somebody else's data. */
    Optional<String> leak(Request request, Answer answer, boolean byOperator) {
        var all = answer.headers() + "\n" + answer.body();
        var found = LEAK.matcher(all);
        if (found.find() && !isSaidBy(request, found.group())) {
            return Optional.of(found.group());
        }
        return !byOperator && all.contains(CANARY) && !OPEN_TO_ALL.contains(pathOf(request))
                ? Optional.of("data of " + CANARY)
                : Optional.empty();
    }

    /** What was sent may come back in a refusal. */
    private static boolean isSaidBy(Request request, String text) {
        return request.path().contains(text)
                || request.headers().toString().contains(text)
                || new String(request.body(), java.nio.charset.StandardCharsets.UTF_8).contains(text);
    }

    /** What is not as the document says. */
    Optional<String> complaint(Request request, Answer answer) {
        var operation = operation(request);
        if (request.method().equals("HEAD") && !answer.body().isEmpty()) {
            return Optional.of("a body for HEAD");
        }
        if (operation.isPresent() && !isNoAddress(request, answer)) {
            try {
                return contract.complaint(
                        request.method(), pathOf(request), answer.status(), answer.headers(), answer.body());
            } catch (AssertionError | RuntimeException e) {
                return Optional.of(e.toString());
            }
        }
        return answer.status() < 400 || request.method().equals("HEAD") ? Optional.empty() : complaintOfRefusal(answer);
    }

    /** What has no address that can be read is for no operation. */
    private static boolean isNoAddress(Request request, Answer answer) {
        return answer.status() == 414
                || answer.status() == 400
                        && WRONG_ESCAPE.matcher(request.path()).find();
    }

    /** Of a path or a method that the document does not have, below that of a token endpoint perhaps. */
    private static Optional<String> complaintOfRefusal(Answer answer) {
        if (!answer.headers().containsKey("ms-correlationid")) {
            return Optional.of("no MS-CorrelationId");
        }
        try {
            var body = JSON.readTree(answer.body());
            var isOurs = body.has("error") && body.has("error_description")
                    || body.size() == 4
                            && body.path("code").isInt()
                            && isDescription(body.path("description"))
                            && body.path("data").isArray()
                            && body.path("source").isTextual();
            return isOurs ? Optional.empty() : Optional.of("not our error body");
        } catch (JsonProcessingException e) {
            return Optional.of("a refusal that is no JSON");
        }
    }

    private static boolean isDescription(JsonNode text) {
        return text.isTextual() && !text.asText().isBlank() && text.asText().length() <= LONGEST_DESCRIPTION;
    }
}
