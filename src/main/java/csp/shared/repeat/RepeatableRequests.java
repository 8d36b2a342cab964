package csp.shared.repeat;

import static csp.shared.error.ErrorCode.REQUEST_BUSY;
import static csp.shared.error.ErrorCode.REQUEST_ID_REUSED;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import csp.shared.http.Exchange;
import csp.shared.http.JsonFields;
import csp.shared.http.RequestBody;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs the effect of a POST or PATCH at most once per MS-RequestId (D8, ST5): a repeat gets the stored answer. The effect, its
 * answer and the mark that it ran are one transaction, and the database alone decides who was first. A few repeats wait for a first
 * one that still runs, more are refused at once.
 */
@ApplicationScoped
public class RepeatableRequests {

    private final StoredAnswerRepository answers;
    private final RequestsUnderWay underWay;
    private final CurrentCaller caller;
    private final RoutingContext context;
    private final ObjectMapper json;

    RepeatableRequests(
            StoredAnswerRepository answers,
            RequestsUnderWay underWay,
            CurrentCaller caller,
            RoutingContext context,
            ObjectMapper json) {
        this.answers = answers;
        this.underWay = underWay;
        this.caller = caller;
        this.context = context;
        this.json = json;
    }

    /** As {@link #answer(InputStream, int, Function)} for an operation without a body. */
    public Response answer(int status, Supplier<Object> effect) {
        return answer(InputStream.nullInputStream(), status, ignored -> effect.get());
    }

    /**
     * The answer of {@code effect}, or the one stored for an earlier request with the same id.
     *
     * @param status of a new answer
     * @param effect runs in a transaction; gets the body, parsed only when asked for, and returns the body of the answer
     */
    public Response answer(InputStream body, int status, Function<Supplier<JsonFields>, Object> effect) {
        return reply(body, content -> new Reply(status, effect.apply(content::object)));
    }

    /**
     * As {@link #answer(InputStream, int, Function)} for an operation that itself says with which status it ends, or that reads
     * its body otherwise.
     */
    public Response reply(InputStream body, Function<RequestBody, Reply> effect) {
        var request = context.request();
        var content = RequestBody.read(body, request.getHeader("Content-Type"));
        if (request.getHeader(Exchange.REQUEST_ID) == null) {
            return QuarkusTransaction.requiringNew().call(() -> {
                var reply = effect.apply(content);
                return response(reply.status(), text(reply.body()));
            });
        }
        var key = new StoredAnswer.Key(
                caller.get().tenantId(),
                caller.get().id(),
                Exchange.of(context).requestId,
                request.method().name(),
                request.path().toLowerCase(Locale.ROOT));
        var digest = digest(content.bytes());
        var seal = AnswerSeal.of(key.requestId(), content.bytes());
        return underWay.oneOfFew(
                key,
                () -> QuarkusTransaction.requiringNew().call(() -> {
                    if (!answers.begin(key, digest)) {
                        return replay(key, digest, seal);
                    }
                    var reply = effect.apply(content);
                    var answer = text(reply.body());
                    answers.complete(key, reply.status(), seal.close(answer));
                    return response(reply.status(), answer);
                }));
    }

    private Response replay(StoredAnswer.Key key, byte[] digest, AnswerSeal seal) {
        var stored = answers.stored(key)
                .filter(StoredAnswer::isComplete)
                .orElseThrow(() -> new DomainException(REQUEST_BUSY, key.requestId()));
        if (!Arrays.equals(digest, stored.bodyDigest())) {
            throw new DomainException(REQUEST_ID_REUSED, key.requestId());
        }
        return response(stored.status(), seal.open(stored.body()));
    }

    private String text(Object answer) {
        try {
            return json.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response response(int status, String body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }

    private static byte[] digest(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
