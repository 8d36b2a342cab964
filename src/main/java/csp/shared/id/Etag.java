package csp.shared.id;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** The etag of orders and licence-based subscriptions: Base64 of their id and version (errors-and-headers.md §8). */
public final class Etag {

    private Etag() {}

    /** @param id a GUID in lower case */
    public static String of(String id, int version) {
        return Base64.getEncoder()
                .encodeToString(
                        "{\"id\":\"%s\",\"version\":%d}".formatted(id, version).getBytes(UTF_8));
    }
}
