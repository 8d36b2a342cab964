package csp.shared.http;

import static csp.shared.error.ErrorCode.BODY_TOO_LARGE;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.UNSUPPORTED_MEDIA_TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The JSON body of one request, the way the real clients send it (ST1, ST2). Its bytes are there at once; they are parsed in the
 * form that the operation asks for, and only when it asks: then error 800002 for what is not of that form, and 415 for a content
 * type that is present and not JSON (absent is fine, as recorded for PATCH).
 */
public final class RequestBody {

    /** The largest body of the mirrored API, in bytes: 1 MiB. */
    public static final int LIMIT = 1 << 20;

    private static final int DEEPEST = 100;
    /** Far more than the longest list of the mirrored API has, and in memory not much more than the text of them. */
    private static final long MOST_TOKENS = 50_000;

    private static final int SHOWN_BYTES = 200;

    /** For whatever JSON a request holds, be it in its query. */
    static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final byte[] bytes;
    private final String contentType;

    private RequestBody(byte[] bytes, String contentType) {
        this.bytes = bytes;
        this.contentType = contentType;
    }

    /** @param isArray whether an array was sent, with any number of objects in it */
    public record OneOrMany(boolean isArray, List<JsonFields> objects) {}

    /** Error 413 for a body of more than 1 MiB. */
    public static RequestBody read(InputStream body, String contentType) {
        return read(body, contentType, LIMIT);
    }

    /**
     * A body that is too large is read to its end and dropped, so that the client is there to see the answer. Error: 413 when it
     * has more than {@code limit} bytes.
     */
    public static RequestBody read(InputStream body, String contentType, int limit) {
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
            return new RequestBody(bytes.toByteArray(), contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As sent. */
    public byte[] bytes() {
        return bytes;
    }

    /** The object in the body. */
    public JsonFields object() {
        requireJson(contentType);
        refuseOtherThanObject();
        return JsonFields.ofBody(tree());
    }

    /** The object in the body; empty when there is no body. */
    public Optional<JsonFields> objectIfAny() {
        return bytes.length == 0 ? Optional.empty() : Optional.of(object());
    }

    /** The object, or the 1 to {@code maximum} objects of the array, in the body. */
    public OneOrMany oneOrMany(int maximum) {
        var tree = tree();
        if (!tree.isArray()) {
            return new OneOrMany(false, List.of(JsonFields.ofBody(tree)));
        }
        if (tree.isEmpty() || tree.size() > maximum) {
            throw new DomainException(
                    INVALID_INPUT,
                    "the array in the body must have 1 to %d items but has %d.".formatted(maximum, tree.size()));
        }
        return new OneOrMany(
                true,
                IntStream.range(0, tree.size())
                        .mapToObj(i -> JsonFields.ofItem(i, tree.get(i)))
                        .toList());
    }

    /** By the first token, so that nothing is built of what cannot be. */
    private void refuseOtherThanObject() {
        try (var parser = STRICT.createParser(bytes)) {
            var first = parser.nextToken();
            if (first != null && first != JsonToken.START_OBJECT) {
                var from = (int) parser.currentTokenLocation().getByteOffset();
                var shown = new String(bytes, from, Math.min(bytes.length - from, SHOWN_BYTES), UTF_8).strip();
                throw new DomainException(
                        INVALID_INPUT,
                        "the body must be a JSON object but is "
                                + Quoted.text(first == JsonToken.VALUE_STRING ? parser.getText() : shown) + ".");
            }
        } catch (IOException e) {
            // what is no JSON is refused below, with its place
        }
    }

    private JsonNode tree() {
        requireJson(contentType);
        try {
            var tree = STRICT.readTree(bytes);
            if (tree.isMissingNode()) {
                throw new DomainException(INVALID_INPUT, "a JSON body is required but the request has none.");
            }
            return tree;
        } catch (StreamConstraintsException e) {
            throw new DomainException(
                    INVALID_INPUT,
                    "the body must not be nested more than %d deep and not have more than %d names, values and brackets."
                            .formatted(DEEPEST, MOST_TOKENS));
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

    /** For who wants to know before the body is read. Error: 415 as above. */
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
