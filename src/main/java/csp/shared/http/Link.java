package csp.shared.http;

import java.util.List;

/** A link of the mirrored API: its uri starts behind {@code /v1} and names no host (ST4). */
public record Link(String uri, String method, List<Header> headers) {

    /** A header that a client adds when it follows the link. */
    public record Header(String key, String value) {}

    public static Link get(String uri) {
        return new Link(uri, "GET", List.of());
    }

    public static Link get(String uri, Header header) {
        return new Link(uri, "GET", List.of(header));
    }

    public static Link patch(String uri) {
        return new Link(uri, "PATCH", List.of());
    }
}
