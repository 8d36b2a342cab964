package csp.chaos;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request to send, once or often. */
record Request(String method, String path, Map<String, String> headers, byte[] body) {

    static Request of(String method, String path) {
        return new Request(method, path, Map.of(), new byte[0]);
    }

    static Request get(String path) {
        return of("GET", path);
    }

    Request with(String header, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Request(method, path, all, body);
    }

    Request as(String token) {
        return with("Authorization", "Bearer " + token);
    }

    Request json(String text) {
        return new Request(method, path, headers, text.getBytes(StandardCharsets.UTF_8))
                .with("Content-Type", "application/json");
    }

    Request form(String text) {
        return new Request(method, path, headers, text.getBytes(StandardCharsets.UTF_8))
                .with("Content-Type", "application/x-www-form-urlencoded");
    }

    /** What goes over the wire before the body. */
    byte[] head() {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0 || !method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
