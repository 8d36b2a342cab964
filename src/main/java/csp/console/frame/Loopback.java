package csp.console.frame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests of the service to itself, over HTTP like everybody's: to the very socket on which the page was asked for, so that a copy
 * asks itself, whatever stands before it.
 */
@ApplicationScoped
class Loopback {

    private static final JsonMapper JSON = new JsonMapper();
    /** Loading a large world takes its time. */
    private static final long SECONDS = 60;

    private final Vertx vertx;
    private HttpClient http;

    Loopback(Vertx vertx) {
        this.vertx = vertx;
    }

    /** An answer. {@code json} is missing when the text is none. */
    record Answer(int status, byte[] bytes, JsonNode json, String correlationId) {

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** @param contentType null together with the body */
    Answer exchange(
            SocketAddress self,
            boolean encrypted,
            String method,
            String target,
            Map<String, String> headers,
            String contentType,
            String body) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(method))
                .setHost(self.hostAddress())
                .setPort(self.port())
                .setSsl(encrypted)
                .setURI(target);
        headers.forEach(options::putHeader);
        if (body != null) {
            options.putHeader("Content-Type", contentType);
        }
        return await(client().request(options)
                // Where the answer arrives: a thread that asks for the body later may find it gone by.
                .compose(request ->
                        (body == null ? request.send() : request.send(Buffer.buffer(body))).compose(Loopback::whole)));
    }

    private static Future<Answer> whole(HttpClientResponse response) {
        return response.body()
                .map(bytes -> new Answer(
                        response.statusCode(),
                        bytes.getBytes(),
                        json(bytes.toString()),
                        response.getHeader("MS-CorrelationId")));
    }

    private static Answer await(Future<Answer> coming) {
        try {
            return coming.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // As a dropped connection looks to any client, which a fault may have wanted.
            return new Answer(
                    0,
                    "The connection ended without an answer.".getBytes(StandardCharsets.UTF_8),
                    MissingNode.getInstance(),
                    null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            var read = JSON.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private synchronized HttpClient client() {
        if (http == null) { // not at the start, which it would slow
            // Its own certificate names the host that others use, not the socket. A connection for each request: one
            // that is kept may
            // be closed by the other end just when it is used again.
            http = vertx.createHttpClient(new HttpClientOptions()
                    .setTrustAll(true)
                    .setVerifyHost(false)
                    .setKeepAlive(false));
        }
        return http;
    }

    @PreDestroy
    synchronized void stop() {
        if (http != null) {
            http.close();
        }
    }
}
