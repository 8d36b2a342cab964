package csp.junit;

import static csp.junit.DemoPartner.CONTOSO;
import static csp.junit.DemoPartner.FABRIKAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import csp.junit.PartnerCenterSandbox.FailOn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What {@link PartnerCenterSandbox} promises, with the packaged service. The classes below are run by the tests, not by the build. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SandboxExtensionIT {

    private static final String ALPINE = "/v1/customers/c0000000-0000-4000-8000-000000000001";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<URI> ADDRESSES = new ArrayList<>();

    private static EngineExecutionResults results;
    private static String printed;

    @BeforeAll
    static void runWhatUsesIt() {
        var console = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
        try {
            results = EngineTestKit.engine("junit-jupiter")
                    .configurationParameter("partner-center.service", "target/quarkus-app")
                    .selectors(
                            selectClass(EachStartsAnew.class),
                            selectClass(OneFails.class),
                            selectClass(RetriesAtOnce.class))
                    .execute();
        } finally {
            System.setErr(before);
        }
        printed = console.toString(StandardCharsets.UTF_8);
    }

    @AfterAll
    static void forget() {
        ADDRESSES.clear();
    }

    @Test
    void each_test_finds_the_world_of_the_scenario() {
        assertEquals(2, succeeded(EachStartsAnew.class));
    }

    @Test
    void classes_that_want_the_same_share_one_sandbox_which_ends_with_them() {
        assertEquals(1, ADDRESSES.stream().distinct().count(), ADDRESSES::toString);
        assertThrows(ConnectException.class, () -> get(ADDRESSES.get(0), "/q/health/live", ""));
    }

    @Test
    void when_a_test_fails_its_requests_and_what_is_wrong_with_them_are_printed() {
        assertTrue(printed.contains("OneFails.it_fails(URI, String) failed."), printed);
        assertTrue(printed.contains(ALPINE + "/subscriptions"), printed);
        assertFalse(printed.contains("/v1/invoices"), "that was another test's: " + printed);
    }

    @Test
    void a_retry_before_its_time_fails_the_test_and_the_failure_says_so() {
        var failures = results.testEvents().failed().stream()
                .filter(event ->
                        event.getTestDescriptor().getUniqueId().toString().contains("RetriesAtOnce"))
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .toList();
        assertEquals(1, failures.size());
        assertTrue(failures.get(0).contains("Retry-After"), failures.get(0));
    }

    @Test
    void without_a_service_it_says_what_to_set() {
        var message = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(EachStartsAnew.class))
                .execute()
                .containerEvents()
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .findFirst()
                .orElseThrow();
        assertTrue(message.contains("partner-center.service"), message);
    }

    private static long succeeded(Class<?> tests) {
        return results.testEvents().succeeded().stream()
                .filter(event ->
                        event.getTestDescriptor().getUniqueId().toString().contains(tests.getSimpleName()))
                .count();
    }

    private static HttpResponse<String> get(URI base, String path, String token)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }

    @PartnerCenterSandbox
    static class EachStartsAnew {

        @Test
        void asks_for_a_transfer(URI service, @Token(CONTOSO) String token) throws Exception {
            askOnce(service, token);
        }

        @Test
        void asks_for_it_as_well(URI service, @Token(CONTOSO) String token) throws Exception {
            askOnce(service, token);
        }

        /** A second time it would be in an open transfer. */
        private void askOnce(URI service, String token) throws Exception {
            ADDRESSES.add(service);
            var body = """
                    {"sourcePartnerTenantId":"%s","targetPartnerTenantId":"%s",
                     "lineItems":[{"subscriptionId":"50000000-0000-4000-8000-000000000001"}]}""".formatted(CONTOSO.tenantId(), FABRIKAM.tenantId());
            var asked = HTTP.send(
                    HttpRequest.newBuilder(URI.create(service + ALPINE + "/transfers"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            assertEquals(201, asked.statusCode(), asked::body);
        }
    }

    @PartnerCenterSandbox
    static class OneFails {

        @Test
        void it_fails(URI service, @Token(CONTOSO) String token) throws Exception {
            ADDRESSES.add(service);
            get(service, ALPINE + "/subscriptions", token);
            fail();
        }

        @Test
        void it_is_right(URI service, @Token(CONTOSO) String token) throws Exception {
            ADDRESSES.add(service);
            get(service, "/v1/invoices", token);
        }
    }

    @PartnerCenterSandbox(failOn = FailOn.ERROR)
    static class RetriesAtOnce {

        @Test
        void it_does_not_wait(Sandbox sandbox, @Token(FABRIKAM) String token) throws Exception {
            ADDRESSES.add(sandbox.baseUrl());
            sandbox.fault("""
                    {"operation":"listTransfers","times":1,"effect":{"type":"throttle","retryAfter":30}}""");
            assertEquals(
                    429, get(sandbox.baseUrl(), ALPINE + "/transfers", token).statusCode());
            assertEquals(
                    200, get(sandbox.baseUrl(), ALPINE + "/transfers", token).statusCode());
        }
    }
}
