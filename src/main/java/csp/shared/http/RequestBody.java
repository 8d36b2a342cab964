package csp.shared.http;

import java.util.List;
import java.util.Optional;

/** The JSON body of one request, read in the form that the operation asks for. */
public final class RequestBody {

    private final RequestBodies bodies;
    private final byte[] bytes;
    private final String contentType;

    RequestBody(RequestBodies bodies, byte[] bytes, String contentType) {
        this.bodies = bodies;
        this.bytes = bytes;
        this.contentType = contentType;
    }

    /** The object in the body. Errors: 800002, 415. */
    public JsonFields object() {
        return bodies.object(bytes, contentType);
    }

    /** The object in the body; empty when there is no body. Errors: 800002, 415. */
    public Optional<JsonFields> objectIfAny() {
        return bytes.length == 0 ? Optional.empty() : Optional.of(object());
    }

    /** The object, or the objects of the array, in the body. Errors: 800002, 415. */
    public OneOrMany oneOrMany(int maximum) {
        return bodies.oneOrMany(bytes, contentType, maximum);
    }

    /** @param isArray whether an array was sent, with any number of objects in it */
    public record OneOrMany(boolean isArray, List<JsonFields> objects) {}
}
