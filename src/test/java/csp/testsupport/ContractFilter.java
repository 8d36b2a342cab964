package csp.testsupport;

import static com.atlassian.oai.validator.report.ValidationReport.Level.ERROR;
import static com.atlassian.oai.validator.report.ValidationReport.Level.IGNORE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.SimpleValidationReportFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fails a test whose HTTP exchange is not as the published document describes it: path, method, parameters, body,
 * status, headers, and of an answer every key, type, spelling and pattern; and the code of an error is one that the
 * operation lists for its status. Paths under {@code /q} are not of the document and pass.
 */
public final class ContractFilter implements Filter {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FORM = "application/x-www-form-urlencoded";
    /** Takes a single object for an array of one, which the document says in words: no generator can read two forms. */
    private static final String ONE_OR_MANY = "/portal/v1/relationshipExtensions";

    private final OpenApiInteractionValidator validator;
    private final ListedCodes listedCodes = ListedCodes.read();

    private ContractFilter(LevelResolver.Builder levels) {
        validator = OpenApiInteractionValidator.createForSpecificationUrl(PublishedContract.LOCATION)
                // Its merging of allOf takes a string for an object; left alone, allOf is checked as written.
                .withResolveCombinators(false)
                .withLevelResolver(levels
                        // Whether a token is wanted is decided by the service; a test without one waits for its 401.
                        .withLevel("validation.request.security", IGNORE)
                        // It would close every object of which the document does not say that it is open.
                        .withLevel("validation.schema.additionalProperties", IGNORE)
                        .build())
                .build();
    }

    /** Checks requests and answers: for tests that send what the document allows. */
    public static ContractFilter ofRequestsAndAnswers() {
        return RequestsAndAnswers.FILTER;
    }

    /** Checks answers only: for tests that send what the document does not allow, to see it refused. */
    public static ContractFilter ofAnswers() {
        return Answers.FILTER;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        var answer = context.next(request, expected);
        var uri = URI.create(request.getURI());
        if (!uri.getPath().startsWith("/q/")) {
            var report = validator.validate(sent(request, uri), received(request, uri, answer));
            if (report.hasErrors()) {
                throw new AssertionError("%s %s answered with %d: not as in openapi.yaml%n%s%n%s"
                        .formatted(
                                request.getMethod(),
                                uri,
                                answer.statusCode(),
                                SimpleValidationReportFormat.getInstance().apply(report),
                                answer.asString()));
            }
            unlistedCode(request, uri, answer)
                    .or(() -> wrongFlavour(uri, answer))
                    .ifPresent(complaint -> {
                        throw new AssertionError("%s %s answered with %d: %s%n%s"
                                .formatted(
                                        request.getMethod(), uri, answer.statusCode(), complaint, answer.asString()));
                    });
        }
        return answer;
    }

    /**
     * What an answer has that the document does not allow, for clients that are not REST Assured; empty when it is as described. A path
     * that is none of the document's allows everything.
     *
     * @param method one of the document's, in capitals
     * @param path as it was sent, without the query
     */
    public Optional<String> complaint(
            String method, String path, int status, Map<String, String> headers, String body) {
        var received = new SimpleResponse.Builder(status);
        headers.forEach(received::withHeader);
        if (!body.isEmpty()) {
            var isOne = status == 200 && path.equals(ONE_OR_MANY) && body.startsWith("{");
            received.withBody(isOne ? "[{\"status\":200,\"relationship\":" + body + "}]" : body);
        }
        var report = validator.validateResponse(path, Request.Method.valueOf(method), received.build());
        if (report.hasErrors()) {
            return Optional.of(SimpleValidationReportFormat.getInstance().apply(report));
        }
        return status < 400 || body.isEmpty()
                ? Optional.empty()
                : codeIn(body).flatMap(code -> listedCodes.meet(method, path, status, code));
    }

    private Optional<String> unlistedCode(FilterableRequestSpecification request, URI uri, Response answer) {
        // The codes of OAuth errors are words, and 429 has none.
        return answer.statusCode() < 400 || answer.asByteArray().length == 0
                ? Optional.empty()
                : codeIn(answer.asString())
                        .flatMap(code ->
                                listedCodes.meet(request.getMethod(), uri.getRawPath(), answer.statusCode(), code));
    }

    private static Optional<String> wrongFlavour(URI uri, Response answer) {
        return answer.asByteArray().length == 0
                        || !String.valueOf(answer.contentType()).contains("json")
                ? Optional.empty()
                : LegacyTransferForm.complaint(uri.getPath(), answer.statusCode(), read(answer.asString()));
    }

    private static Optional<Integer> codeIn(String body) {
        return Optional.of(read(body).path("code")).filter(JsonNode::isInt).map(JsonNode::asInt);
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("An answer that is no JSON: " + body, e);
        }
    }

    private static Request sent(FilterableRequestSpecification request, URI uri) {
        var sent = new SimpleRequest.Builder(request.getMethod(), uri.getRawPath());
        queryOf(uri).forEach(sent::withQueryParam);
        request.getHeaders().asList().stream()
                // REST Assured makes up a type for a body that is sent without one.
                .filter(header -> !header.getName().equalsIgnoreCase("Content-Type") || hasBody(request))
                .forEach(header -> sent.withHeader(header.getName(), header.getValue()));
        if (!request.getFormParams().isEmpty()) {
            sent.withContentType(FORM)
                    .withBody(request.getFormParams().entrySet().stream()
                            .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                            .collect(joining("&")));
        } else if (request.getBody() != null) {
            sent.withBody(
                    isOneOfMany(request, uri) ? "[" + bodyOf(request) + "]" : asRead(bodyOf(request), uri.getPath()));
        }
        return sent.build();
    }

    private static boolean hasBody(FilterableRequestSpecification request) {
        return request.getBody() != null || !request.getFormParams().isEmpty();
    }

    private static String bodyOf(FilterableRequestSpecification request) {
        Object body = request.getBody();
        return body instanceof byte[] bytes
                ? new String(bytes, UTF_8)
                : body instanceof String text ? text : JSON.valueToTree(body).toString();
    }

    /** Under {@code /v1} names may be in PascalCase and null is as good as absent (ST1), which a schema cannot say. */
    private static String asRead(String body, String path) {
        if (!path.startsWith("/v1/")) {
            return body;
        }
        try {
            return asRead(JSON.readTree(body)).toString();
        } catch (JsonProcessingException e) {
            return body; // for the validator to refuse
        }
    }

    private static JsonNode asRead(JsonNode sent) {
        if (sent.isArray()) {
            var read = JSON.createArrayNode();
            sent.forEach(item -> read.add(asRead(item)));
            return read;
        }
        if (!sent.isObject()) {
            return sent;
        }
        var read = JSON.createObjectNode();
        sent.properties().stream()
                .filter(property -> !property.getValue().isNull())
                .forEach(property -> read.set(
                        property.getKey().substring(0, 1).toLowerCase()
                                + property.getKey().substring(1),
                        asRead(property.getValue())));
        return read;
    }

    private static Map<String, List<String>> queryOf(URI uri) {
        var parameters = new LinkedHashMap<String, List<String>>();
        if (uri.getRawQuery() != null) {
            for (var parameter : uri.getRawQuery().split("&")) {
                var pair = parameter.split("=", 2);
                parameters
                        .computeIfAbsent(URLDecoder.decode(pair[0], UTF_8), name -> new ArrayList<>())
                        .add(pair.length == 1 ? "" : URLDecoder.decode(pair[1], UTF_8));
            }
        }
        return parameters;
    }

    private static String encoded(Object part) {
        return URLEncoder.encode(part.toString(), UTF_8);
    }

    private static boolean isOneOfMany(FilterableRequestSpecification request, URI uri) {
        return uri.getPath().equals(ONE_OR_MANY)
                && request.getBody() != null
                && bodyOf(request).startsWith("{");
    }

    private static com.atlassian.oai.validator.model.Response received(
            FilterableRequestSpecification request, URI uri, Response answer) {
        var received = new SimpleResponse.Builder(answer.statusCode());
        answer.headers().forEach(header -> received.withHeader(header.getName(), header.getValue()));
        var body = answer.asByteArray();
        if (answer.statusCode() == 200 && isOneOfMany(request, uri)) {
            body = ("[{\"status\":200,\"relationship\":" + answer.asString() + "}]").getBytes(UTF_8);
        }
        return (body.length == 0 ? received : received.withBody(body)).build();
    }

    // Each made when first asked for: reading the document takes a second.
    private static class RequestsAndAnswers {
        static final ContractFilter FILTER = new ContractFilter(
                LevelResolver.create().withLevel("validation.request.parameter.query.unexpected", ERROR));
    }

    private static class Answers {
        static final ContractFilter FILTER =
                new ContractFilter(LevelResolver.create().withLevel("validation.request", IGNORE));
    }
}
