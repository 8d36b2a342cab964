package csp.chaos;

import java.util.Map;

/**
 * An answer as it came over the wire.
 *
 * @param headers by their names in small letters
 * @param millis from the first byte sent to the last byte read
 */
record Answer(int status, Map<String, String> headers, String body, double millis) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean closes() {
        return "close".equalsIgnoreCase(headers.get("connection"));
    }

    /** The text of a property of the JSON body, the first of this name. */
    String text(String property) {
        var start = body.indexOf("\"" + property + "\":\"");
        if (start < 0) {
            throw new IllegalStateException("No " + property + " in " + status + " " + body);
        }
        start += property.length() + 4;
        return body.substring(start, body.indexOf('"', start));
    }
}
