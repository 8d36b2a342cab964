package csp.benchmark;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * One request.
 *
 * @param token of the caller; null for the token endpoint
 * @param body null for none
 * @param contentType of the body
 * @param expected the status of success; any other is an error
 */
record Call(HttpMethod method, String path, String token, Buffer body, String contentType, int expected) {

    static Call get(String path, String token) {
        return new Call(HttpMethod.GET, path, token, null, null, 200);
    }

    static Call post(String path, String token, String body, int expected) {
        return new Call(HttpMethod.POST, path, token, Buffer.buffer(body), "application/json", expected);
    }

    static Call form(String path, String body) {
        return new Call(HttpMethod.POST, path, null, Buffer.buffer(body), "application/x-www-form-urlencoded", 200);
    }
}
