package csp.platform.database;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PackagedService;
import csp.testsupport.Simultaneously;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What callers get while the embedded database hangs or has no connection left, and that all is well afterwards. One that is killed,
 * frozen for long, cannot be started or is somebody else's: the attacks of docs/reliability.md.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DatabaseInTroubleIT {

    private static final String CUSTOMERS = "/v1/customers";
    private static final String TOKENS = "/contoso.example/oauth2/v2.0/token";
    /** What a client waits at most in these tests, and far less than clients do. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static PackagedService service;
    private static String token;

    @BeforeAll
    static void start() {
        service = PackagedService.start(
                directory,
                Map.of(
                        "quarkus.datasource.jdbc.max-size", "5",
                        "quarkus.datasource.jdbc.acquisition-timeout", "2s",
                        "quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout", "5"));
        token = CONTOSO.appToken(service.baseUrl());
        assertEquals(200, get(CUSTOMERS).statusCode());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void with_every_connection_taken_the_others_are_told_to_come_again_and_the_log_says_why() throws Exception {
        try (var obstacle = connect();
                var statement = obstacle.createStatement()) {
            obstacle.setAutoCommit(false);
            statement.execute("lock table customer in access exclusive mode");
            var readers = IntStream.range(0, 8)
                    .mapToObj(i -> Simultaneously.inBackground(() -> get(CUSTOMERS)))
                    .toList();
            service.await(
                    "refusing requests",
                    () -> readers.stream()
                                    .filter(reader ->
                                            reader.isDone() && reader.join().statusCode() == 503)
                                    .count()
                            >= 3);
            var refused = readers.stream()
                    .filter(reader -> reader.isDone())
                    .findFirst()
                    .orElseThrow()
                    .join();
            assertUnavailable(refused);
            assertFalse(refused.body().contains("stack"), refused.body());
            var told = service.log()
                    .lines()
                    .filter(line -> line.contains(refused.headers()
                                    .firstValue("MS-CorrelationId")
                                    .orElseThrow())
                            && line.contains("was not answered"))
                    .toList();
            assertEquals(1, told.size(), service.log());
            assertTrue(told.get(0).contains("timeout"), told.get(0));
            assertOAuthUnavailable(requestToken());
            obstacle.rollback();
            readers.forEach(reader ->
                    assertTrue(List.of(200, 503, 409).contains(reader.join().statusCode())));
        }
        service.await("itself again", () -> get(CUSTOMERS).statusCode() == 200);
    }

    @Test
    void while_the_database_hangs_requests_and_readiness_are_answered_within_the_patience_of_clients()
            throws Exception {
        var processes = databaseProcesses();
        assertTrue(processes.size() > 1);
        signal("STOP", processes);
        try {
            var begin = System.nanoTime();
            var readers = IntStream.range(0, 8)
                    .mapToObj(i -> Simultaneously.inBackground(() -> get(CUSTOMERS)))
                    .toList();
            var signIn = Simultaneously.inBackground(DatabaseInTroubleIT::requestToken);
            assertEquals(503, service.statusOf("/q/health/ready"));
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(10).toNanos());
            assertEquals(200, service.statusOf("/q/health/live"));
            readers.forEach(reader -> assertUnavailable(reader.join()));
            assertOAuthUnavailable(signIn.join());
            assertTrue(System.nanoTime() - begin < PATIENCE.toNanos());
        } finally {
            signal("CONT", processes);
        }
        service.await("ready again", () -> service.statusOf("/q/health/ready") == 200);
        service.await("itself again", () -> get(CUSTOMERS).statusCode() == 200);
    }

    @Test
    void connections_to_a_server_that_became_a_standby_are_left_and_whoever_wrote_is_told_to_come_again()
            throws Exception {
        try (var operator = connect();
                var statement = operator.createStatement()) {
            // As a standby is: it answers, but takes no writes. Sessions that begin now are such.
            statement.execute("alter role postgres set default_transaction_read_only = on");
            try {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where backend_type = 'client backend' and pid <> pg_backend_pid()");
                service.await("reading again", () -> get(CUSTOMERS).statusCode() == 200);
                assertUnavailable(askForTransfer());
            } finally {
                statement.execute("alter role postgres reset default_transaction_read_only");
            }
        }
        service.await("writing again", () -> askForTransfer().statusCode() == 201);
    }

    private static HttpResponse<String> askForTransfer() {
        return send(HttpRequest.newBuilder(
                        URI.create(service.baseUrl() + "/v1/customers/c0000000-0000-4000-8000-000000000001/transfers"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"sourcePartnerTenantId": "%s", "targetPartnerTenantId": "%s",
                         "lineItems": [{"subscriptionId": "50000000-0000-4000-8000-000000000001"}]}""".formatted(CONTOSO.tenantId, FABRIKAM.tenantId))));
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertEquals(503, answer.statusCode(), () -> answer.body() + "\n" + service.log());
        assertTrue(answer.body().startsWith("{\"code\":800003,\"description\":\""), answer.body());
        assertEquals(List.of("5"), answer.headers().allValues("Retry-After"));
        assertTrue(answer.headers().firstValue("MS-CorrelationId").isPresent());
    }

    private static void assertOAuthUnavailable(HttpResponse<String> answer) {
        assertEquals(503, answer.statusCode(), () -> answer.body() + "\n" + service.log());
        assertTrue(answer.body().startsWith("{\"error\":\"temporarily_unavailable\""), answer.body());
        assertEquals(List.of("5"), answer.headers().allValues("Retry-After"));
    }

    private static HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(service.baseUrl() + path))
                .header("Authorization", "Bearer " + token));
    }

    private static HttpResponse<String> requestToken() {
        return send(HttpRequest.newBuilder(URI.create(service.baseUrl() + TOKENS))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=%s&client_secret=contoso-secret&scope=https://api.partnercenter.microsoft.com/.default"
                                .formatted(CONTOSO.clientId))));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("No answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect() throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + pidFile().get(3) + "/postgres",
                "postgres",
                Files.readString(directory.resolve("data/postgres/csp-password"))
                        .strip());
    }

    private static ProcessHandle postmaster() throws IOException {
        return ProcessHandle.of(Long.parseLong(pidFile().get(0))).orElseThrow();
    }

    private static List<ProcessHandle> databaseProcesses() throws IOException {
        var postmaster = postmaster();
        var all = new java.util.ArrayList<>(List.of(postmaster)); // the first one first, so that it starts no others
        postmaster.descendants().forEach(all::add);
        return all;
    }

    private static List<String> pidFile() throws IOException {
        return Files.readAllLines(directory.resolve("data/postgres/postmaster.pid"));
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (var process : processes) {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }
}
