package csp.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/**
 * Plain HTTP calls to one copy of the service, for tests that call it from many threads, call several copies of it,
 * or want to see whatever it answers.
 */
public final class PartnerClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    private final String baseUrl;
    private final String token;

    private PartnerClient(String baseUrl, String token) {
        this.baseUrl = baseUrl;
        this.token = token;
    }

    /** The partner's application, at the copy at {@code baseUrl}. */
    public static PartnerClient of(DemoPartner partner, String baseUrl) {
        return new PartnerClient(baseUrl, partner.appToken(baseUrl));
    }

    /** One of the partner's users: {@code admin}, {@code sales} or {@code help}. */
    public static PartnerClient of(DemoPartner partner, String user, String baseUrl) {
        return new PartnerClient(baseUrl, partner.userToken(baseUrl, user));
    }

    /** The operator of the sandbox. */
    public static PartnerClient operator(String baseUrl) {
        return new PartnerClient(baseUrl, DemoPartner.operatorToken(baseUrl));
    }

    /** What came back. */
    public record Answer(int status, String body) {

        /** {@code 409 900104} for an error, {@code 200} for anything else. */
        public String outcome() {
            return status < 300
                    ? Integer.toString(status)
                    : status + " " + json().path("code").asInt();
        }

        public boolean succeeded() {
            return status < 300;
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("Not JSON: " + body, e);
            }
        }
    }

    public Answer get(String path) {
        return send("GET", path, UUID.randomUUID(), null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, UUID.randomUUID(), body);
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, UUID.randomUUID(), body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, UUID.randomUUID(), null);
    }

    /** @param body written as JSON; null for none */
    public Answer send(String method, String path, UUID requestId, Object body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + token)
                    .header("MS-RequestId", requestId.toString())
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            var answer = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
