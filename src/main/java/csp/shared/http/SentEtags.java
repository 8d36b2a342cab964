package csp.shared.http;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The etags of a request: from {@code If-Match}, with or without quotes, and from the body (errors-and-headers.md §8). */
public final class SentEtags {

    /** What a client sends that does not care which version it changes. */
    public static final String ANY_VERSION = "*";

    private static final int LONGEST = 1024;

    private SentEtags() {}

    /**
     * None, one or two. Error 800002 for an etag in the body that is no text.
     *
     * @param ifMatch null when the header is absent
     */
    public static List<String> of(String ifMatch, JsonFields body) {
        var inBody = body.object("attributes")
                .flatMap(attributes -> attributes.textUnlessBlank("etag", LONGEST))
                .orElse(null);
        return Stream.of(withoutQuotes(ifMatch), inBody)
                .filter(Objects::nonNull)
                .toList();
    }

    private static String withoutQuotes(String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        var etag = header.trim();
        return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }
}
