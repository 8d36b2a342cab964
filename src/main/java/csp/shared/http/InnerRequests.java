package csp.shared.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;

/**
 * Tells what the service asks itself, only to show something, from what its callers ask: by a header that nobody outside of this process
 * can know.
 */
@Singleton
public class InnerRequests {

    private static final String HEADER = "Csp-Inner-Request";

    private final String secret = UUID.randomUUID().toString();

    /** The header, to be sent along. */
    public Map<String, String> mark() {
        return Map.of(HEADER, secret);
    }

    /** Whether the request is one of our own, which is on no record and meets no staged failure. */
    public boolean isMarked(HttpServerRequest request) {
        return secret.equals(request.getHeader(HEADER));
    }
}
