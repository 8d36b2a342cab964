package csp.platform.webhook;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;

import csp.testsupport.DemoPartner;
import csp.testsupport.PackagedService;
import csp.testsupport.PartnerClient;
import csp.testsupport.WebhookReceiver;
import csp.testsupport.WebhookReceiver.Manner;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * How many notifications a second a healthy receiver gets, and what 10,000 waiting ones of a dead receiver cost a neighbour and the
 * API. A program, not a test: it says what it measured on the machine that it runs on.
 *
 * <pre>mvn -q package -DskipTests &amp;&amp; mvn -q test-compile exec:java -Dexec.classpathScope=test
 *   -Dexec.mainClass=csp.platform.webhook.NotificationBenchmark</pre>
 */
final class NotificationBenchmark {

    private static final int MANY = 10_000;
    private static final int READS = 2_000;

    private NotificationBenchmark() {}

    public static void main(String... arguments) throws Exception {
        var directory = Files.createTempDirectory("notification-benchmark");
        try (var service = PackagedService.start(
                        directory,
                        Map.of("csp.data-dir", directory.resolve("data").toString()));
                var healthy = WebhookReceiver.start();
                var dead = WebhookReceiver.start().behaves(Manner.HANGS)) {
            register(service, FABRIKAM, healthy);
            register(service, CONTOSO, dead);
            reads(service); // warms up
            System.out.printf("p99 of a read, nothing to deliver: %.1f ms%n", reads(service));

            var began = System.nanoTime();
            waiting(service, FABRIKAM, MANY);
            var p99 = reads(service);
            await(healthy, MANY);
            var seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
            System.out.printf(
                    "%d to a healthy receiver: %.0f a second, p99 of a read meanwhile %.1f ms%n",
                    MANY, MANY / seconds, p99);

            waiting(service, CONTOSO, MANY);
            System.out.printf("p99 of a read, %d waiting for a dead receiver: %.1f ms%n", MANY, reads(service));
            began = System.nanoTime();
            waiting(service, FABRIKAM, MANY / 10);
            await(healthy, MANY + MANY / 10);
            seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
            System.out.printf("%d to its neighbour: %.0f a second%n", MANY / 10, MANY / 10 / seconds);
        }
    }

    private static void register(PackagedService service, DemoPartner partner, WebhookReceiver receiver) {
        PartnerClient.of(partner, service.baseUrl())
                .post(
                        "/webhooks/v1/registration",
                        Map.of("WebhookUrl", receiver.url(), "WebhookEvents", List.of("create-transfer")));
    }

    /** Each of a transfer of its own, all due at once. */
    private static void waiting(PackagedService service, DemoPartner partner, int count) {
        var notifications = IntStream.range(0, count)
                .mapToObj(number -> Map.of(
                        "id",
                        UUID.randomUUID(),
                        "eventName",
                        "create-transfer",
                        "transferId",
                        UUID.randomUUID(),
                        "body",
                        "{\"EventName\":\"create-transfer\",\"Number\":" + number + "}"))
                .toList();
        var document = new LinkedHashMap<String, Object>();
        document.put("tenantId", partner.tenantId);
        document.put("name", partner.displayName);
        document.put("notifications", notifications);
        var loaded = PartnerClient.operator(service.baseUrl())
                .post("/sandbox/scenarios", Map.of("partners", List.of(document)));
        if (!loaded.succeeded()) {
            throw new IllegalStateException(loaded.body());
        }
    }

    /** The 99th percentile of one read after the other, in milliseconds. */
    private static double reads(PackagedService service) {
        var caller = PartnerClient.of(CONTOSO, service.baseUrl());
        var took = new ArrayList<Long>();
        for (var i = 0; i < READS; i++) {
            var began = System.nanoTime();
            caller.get("/v1/customers/c0000000-0000-4000-8000-000000000004/transfers");
            took.add(System.nanoTime() - began);
        }
        var sorted = took.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[READS * 99 / 100] / 1_000_000.0;
    }

    private static void await(WebhookReceiver receiver, int count) throws InterruptedException {
        while (receiver.received().size() < count) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
