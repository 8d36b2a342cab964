package csp.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A request as a line for a shell, to be sent again by hand. */
final class CurlLine {

    private static final int READABLE = 4_000;

    private CurlLine() {}

    static String of(int port, Request request) {
        var text = new String(request.body(), StandardCharsets.UTF_8);
        var isPlain = text.length() < READABLE
                && text.chars().allMatch(character -> character >= ' ' && character < 0xd800)
                && java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), request.body());
        var line = new StringBuilder();
        if (!isPlain) {
            line.append("base64 -d <<< ")
                    .append(Base64.getEncoder().encodeToString(request.body()))
                    .append(" | ");
        }
        line.append("curl -sig --path-as-is -X ").append(quoted(request.method()));
        line.append(' ').append(quoted("http://localhost:" + port + request.path()));
        request.headers()
                .forEach((name, value) ->
                        line.append(" -H ").append(quoted(name + (value.isEmpty() ? ";" : ": " + value))));
        if (request.body().length > 0) {
            line.append(" --data-binary ").append(isPlain ? quoted(text) : "@-");
        }
        return line.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
