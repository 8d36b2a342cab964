package csp.shared.transport;

import static csp.testsupport.DemoPartner.CONTOSO;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.DemoPartner;
import csp.testsupport.PackagedService;
import csp.testsupport.RawConnection;
import csp.testsupport.Simultaneously;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged service under what a stranger can do to it. {@link StrictDecoder} is at work here alone: csp.Main asks for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HardToFreezeIT {

    private static final int MIB = 1 << 20;

    @TempDir
    static Path directory;

    private static PackagedService service;
    private static String token;

    @BeforeAll
    static void start() {
        service = PackagedService.start(
                directory, Map.of("csp.http.body-deadline", "5s", "csp.http.requests-under-way", "8"), "-Xmx512m");
        token = CONTOSO.appToken(service.baseUrl());
    }

    @AfterAll
    static void stop() {
        assertEquals(143, service.stop());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | 800002 | NONSENSE\\n\\n
            400 | 800002 | GET /v1/customers HTTP/1.1\\n\\n
            400 | 800002 | GET /v1/customers HTTP/1.1\\nHost: a\\nHost: b\\n\\n
            400 | 800002 | GET /v1/customers HTTP/9.9\\nHost: a\\n\\n
            400 | 800002 | GET /v1/customers HTTP/1.1\\nHost: a\\nX-A: b\\n  folded\\n\\n
            400 | 800002 | GET /v1/customers HTTP/1.1\\nHost : a\\n\\n
            400 | 800002 | POST /v1/customers HTTP/1.1\\nHost: a\\nTransfer-Encoding: xchunked\\n\\n0\\n\\n
            400 | 800002 | POST /v1/customers HTTP/1.1\\nHost: a\\nTransfer-Encoding: gzip, chunked\\n\\n0\\n\\n
            400 | 800002 | POST /v1/customers HTTP/1.1\\nHost: a\\nTransfer-Encoding: chunked\\nContent-Length: 3\\n\\n0\\n\\n
            400 | 800002 | POST /v1/customers HTTP/1.1\\nHost: a\\nTransfer-Encoding: chunked\\n\\nzz\\nabc\\n0\\n\\n
            400 | 800002 | POST /v1/customers HTTP/1.1\\nHost: a\\nContent-Length: x\\n\\n
            400 | 800002 | POST /v1/customers HTTP/1.1\\nHost: a\\nContent-Length: 3\\nContent-Length: 4\\n\\nabcd
            400 | 800002 | OPTIONS * HTTP/1.1\\nHost: a\\n\\n
            405 | 900141 | INVENTED /v1/customers HTTP/1.1\\nHost: a\\n\\n
            405 | 900141 | CONNECT example.com:443 HTTP/1.1\\nHost: a\\n\\n
            414 | 800002 | GET /{long} HTTP/1.1\\nHost: a\\n\\n
            431 | 800002 | GET / HTTP/1.1\\nHost: a\\nX: {long}\\n\\n""")
    void a_malformed_request_gets_our_four_fields_and_ids_and_a_closed_connection(
            int status, int code, String request) {
        try (var connection = new RawConnection(service.port())) {
            var answer = connection
                    .send(request.replace("\\n", "\r\n").replace("{long}", "x".repeat(30_000)))
                    .untilClosed();
            var head = answer.toLowerCase(Locale.ROOT);
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertTrue(head.contains("\r\nconnection: close\r\n"), answer);
            assertTrue(head.contains("\r\nms-requestid: "), answer);
            assertTrue(head.contains("\r\nms-correlationid: "), answer);
            assertTrue(answer.contains("{\"code\":" + code + ",\"description\":\""), answer);
            assertTrue(answer.endsWith(",\"data\":[],\"source\":\"PartnerFD\"}"), answer);
            assertEquals(1, answer.split("HTTP/1.1 ", -1).length - 1, answer);
        }
    }

    @Test
    void wrong_chunks_are_told_to_a_token_endpoints_client_as_an_OAuth_error() {
        try (var connection = new RawConnection(service.port())) {
            var answer = connection
                    .send(
                            "POST /contoso.example/oauth2/token HTTP/1.1\r\nHost: a\r\n"
                                    + "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
                    .untilClosed();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(
                    answer.contains("{\"error\":\"invalid_request\",\"error_description\":\"AADSTS9002313: "), answer);
        }
    }

    @Test
    void invented_methods_and_addresses_leave_no_series_of_measurements() {
        for (var i = 0; i < 20; i++) {
            for (var request : List.of("INVENTED" + i + " /v1/customers", "GET /v1/invented" + i)) {
                try (var connection = new RawConnection(service.port())) {
                    var answer = connection
                            .send(request + " HTTP/1.1\r\nHost: a\r\n\r\n")
                            .answer();
                    assertTrue(
                            answer.startsWith(request.startsWith("GET") ? "HTTP/1.1 401 " : "HTTP/1.1 405 "), answer);
                }
            }
        }
        var metrics = service.get("/q/metrics").body();
        assertFalse(metrics.contains("INVENTED"), metrics);
        assertFalse(metrics.contains("/v1/invented"), metrics);
        assertFalse(service.log().contains("Uncaught exception"), service.log());
    }

    @Test
    void what_comes_after_a_malformed_request_is_not_read() {
        try (var connection = new RawConnection(service.port())) {
            var answers = connection
                    .send("GET /q/health/live HTTP/1.1\r\nHost: a\r\n\r\n"
                            + "GET /q/health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"
                            + "GET /q/health/live HTTP/1.1\r\nHost: a\r\n\r\n")
                    .untilClosed();
            assertTrue(answers.startsWith("HTTP/1.1 200 "), answers);
            assertEquals(2, answers.split("HTTP/1.1 ", -1).length - 1, answers);
            assertFalse(answers.substring(10).contains("HTTP/1.1 200"), answers);
        }
    }

    @Test
    void senders_of_slow_bodies_take_no_worker_and_get_408_and_a_closed_connection() {
        var senders = new ArrayList<RawConnection>();
        try {
            for (var i = 0; i < 250; i++) {
                senders.add(new RawConnection(service.port())
                        .send("POST /contoso.example/oauth2/token HTTP/1.1\r\nHost: a\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ng"));
            }
            var path = new RawConnection(service.port());
            senders.add(path.send(head("POST", "/v1/customers") + "Content-Length: 100\r\n\r\n{"));
            assertEquals(200, service.statusOf("/q/health/ready"));
            assertTrue(get("/v1/customers").startsWith("HTTP/1.1 200 "));
            CONTOSO.appToken(service.baseUrl());

            var late = senders.get(0).untilClosed();
            assertTrue(late.startsWith("HTTP/1.1 408 "), late);
            assertTrue(late.contains("\"error\":\"invalid_request\""), late);
            var lateAtApi = path.untilClosed();
            assertTrue(lateAtApi.startsWith("HTTP/1.1 408 "), lateAtApi);
            assertTrue(lateAtApi.contains("{\"code\":800002,"), lateAtApi);
        } finally {
            senders.forEach(RawConnection::close);
        }
    }

    @Test
    void bodies_that_would_fill_the_memory_are_refused() {
        var bodies = List.of(
                "[" + "{},".repeat(MIB / 3 - 2) + "{}]",
                "{\"a\":[" + "{},".repeat(MIB / 3 - 4) + "{}]}",
                "{\"a\":".repeat(MIB / 5),
                "{\"a\":[" + "1,".repeat(MIB / 2 - 10) + "1]}");
        for (var body : bodies) {
            var statuses = atOnce(20, () -> status(post("/v1/customers", token, body)));
            assertTrue(Set.of("400", "503").containsAll(statuses), statuses.toString());
        }
        assertEquals(200, service.statusOf("/q/health/ready"));
        assertFalse(service.log().contains("OutOfMemoryError"));
    }

    @Test
    void a_scenario_of_31_MiB_of_nonsense_is_refused_however_many_are_sent() {
        var operator = DemoPartner.operatorToken(service.baseUrl());
        for (var document : List.of(
                "[" + "{},".repeat(31 * MIB / 3) + "{}]",
                "{\"partners\":[{\"name\":\"" + "x".repeat(31 * MIB) + "\"}]}",
                "{\"partners\":["
                        + "{\"tenantId\":\"a3000000-0000-4000-8000-000000000000\",\"name\":\"a\",\"users\":[]},"
                                .repeat(31 * MIB / 73)
                        + "{}]}")) {
            var statuses = atOnce(3, () -> status(post("/sandbox/scenarios", operator, document)));
            assertTrue(Set.of("400", "503").containsAll(statuses), statuses.toString());
            assertTrue(statuses.contains("400"), statuses.toString());
        }
        assertEquals(200, service.statusOf("/q/health/ready"));
        assertFalse(service.log().contains("OutOfMemoryError"));
    }

    @Test
    void whoever_comes_when_enough_are_under_way_gets_503_at_once_and_health_is_answered() {
        var refused = new ConcurrentLinkedQueue<String>();
        var answered = new AtomicInteger();
        for (var round = 0; round < 20 && (refused.isEmpty() || answered.get() == 0); round++) {
            atOnce(100, () -> {
                var answer = get("/v1/customers");
                if (answer.startsWith("HTTP/1.1 200 ")) {
                    answered.incrementAndGet();
                } else {
                    refused.add(answer);
                }
                return answer;
            });
        }
        assertTrue(answered.get() > 0, "nobody was answered");
        assertFalse(refused.isEmpty(), "nobody was refused");
        for (var refusal : refused) {
            assertTrue(refusal.startsWith("HTTP/1.1 503 "), refusal);
            assertTrue(refusal.toLowerCase().contains("\r\nretry-after: "), refusal);
            assertTrue(refusal.contains("{\"code\":800003,"), refusal);
        }
        assertEquals(200, service.statusOf("/q/health/ready"));
        service.await("idle again", () -> service.get("/q/metrics").body().contains("csp_requests_under_way 0.0"));
    }

    private static String get(String path) {
        try (var connection = new RawConnection(service.port())) {
            return connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                    .answer();
        }
    }

    private static String post(String path, String token, String body) {
        try (var connection = new RawConnection(service.port())) {
            return connection
                    .send("POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n")
                    .send(body)
                    .answer();
        }
    }

    private static String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\n";
    }

    private static String status(String answer) {
        return answer.isEmpty() ? "closed" : answer.substring(9, 12);
    }

    @SuppressWarnings("unchecked")
    private static Set<String> atOnce(int callers, Supplier<String> call) {
        Supplier<String>[] calls =
                IntStream.range(0, callers).mapToObj(i -> call).toArray(Supplier[]::new);
        return Simultaneously.run(calls).stream().collect(toSet());
    }
}
