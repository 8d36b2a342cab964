package csp.shared.http;

import static csp.shared.error.ErrorCode.BODY_TOO_LARGE;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.UNSUPPORTED_MEDIA_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Reads JSON bodies the way the real clients send them (ST1, ST2). */
@ApplicationScoped
public class RequestBodies {

    /** The largest body of the mirrored API, in bytes: 1 MiB. */
    public static final int LIMIT = 1 << 20;

    private final JsonMapper json = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * All bytes of a body. A body that is too large is read to its end and dropped, so that the client is there to see
     * the answer. Error: 413 when it has more than {@code limit} bytes.
     */
    public byte[] read(InputStream body, int limit) {
        try {
            var bytes = new ByteArrayOutputStream();
            var chunk = new byte[8192];
            var total = 0L;
            for (int n; (n = body.read(chunk)) >= 0; ) {
                total += n;
                if (total <= limit) {
                    bytes.write(chunk, 0, n);
                }
            }
            if (total > limit) {
                throw new DomainException(BODY_TOO_LARGE, limit);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The object in a body. Errors: 415 for a content type that is present and not JSON (absent is fine, as recorded
     * for PATCH); 800002 for what is not a JSON object.
     */
    public JsonFields object(byte[] body, String contentType) {
        return JsonFields.ofBody(tree(body, contentType));
    }

    /** The same bytes, to be read in the form that an operation asks for. */
    public RequestBody of(byte[] body, String contentType) {
        return new RequestBody(this, body, contentType);
    }

    /** Errors: 415; 800002 for what is neither an object nor an array of 1 to {@code maximum} objects. */
    RequestBody.OneOrMany oneOrMany(byte[] body, String contentType, int maximum) {
        var tree = tree(body, contentType);
        if (!tree.isArray()) {
            return new RequestBody.OneOrMany(false, List.of(JsonFields.ofBody(tree)));
        }
        if (tree.isEmpty() || tree.size() > maximum) {
            throw new DomainException(
                    INVALID_INPUT,
                    "the array in the body must have 1 to %d items but has %d.".formatted(maximum, tree.size()));
        }
        return new RequestBody.OneOrMany(
                true,
                IntStream.range(0, tree.size())
                        .mapToObj(i -> JsonFields.ofItem(i, tree.get(i)))
                        .toList());
    }

    private JsonNode tree(byte[] body, String contentType) {
        requireJson(contentType);
        try {
            var tree = json.readTree(body);
            if (tree.isMissingNode()) {
                throw new DomainException(INVALID_INPUT, "a JSON body is required but the request has none.");
            }
            return tree;
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new DomainException(
                    INVALID_INPUT,
                    "the body is not well-formed JSON (line %d, column %d)."
                            .formatted(where == null ? 1 : where.getLineNr(), where == null ? 1 : where.getColumnNr()));
        } catch (IOException e) {
            throw new DomainException(INVALID_INPUT, "the body is not JSON in UTF-8.");
        }
    }

    /** The object that a query parameter holds as JSON text. Error 800002, naming the parameter, for anything else. */
    public JsonFields objectInParameter(String name, String value) {
        try {
            var tree = json.readTree(value);
            return JsonFields.ofParameter(name, tree);
        } catch (JsonProcessingException e) {
            throw new DomainException(
                    INVALID_INPUT, "%s is not well-formed JSON: %s.".formatted(name, JsonFields.shown(value)));
        }
    }

    /** Error 415 for a content type that is present and not JSON. */
    public static void requireJson(String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return;
        }
        var type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.equals("text/json") && !type.endsWith("+json")) {
            throw new DomainException(UNSUPPORTED_MEDIA_TYPE, contentType);
        }
    }
}
