package csp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PackagedService;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger can learn and reach of a service without the demo world. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WithoutDemoIT {

    /** Another address of this machine, which stands for the others. */
    private static final String NOT_QUITE_LOCALHOST = "127.0.0.2";

    private static final Pattern ANNOUNCED = Pattern.compile("Until the next start it is (\\S+); set one");

    @TempDir
    Path directory;

    @Test
    void it_listens_on_the_loopback_with_the_well_known_operator_unless_it_is_opened() throws Exception {
        try (var service = PackagedService.start(directory, Map.of("csp.scenario", "none"))) {
            assertThrows(ConnectException.class, () -> connect(service.port()));
            assertEquals(200, operatorSignIn(service, "sandbox"));
        }
        try (var service =
                PackagedService.start(directory, Map.of("csp.scenario", "none", "quarkus.http.host", "0.0.0.0"))) {
            connect(service.port());
            assertEquals(401, operatorSignIn(service, "sandbox"));
            var announced = ANNOUNCED.matcher(service.log());
            assertTrue(announced.find(), service.log());
            assertEquals(200, operatorSignIn(service, announced.group(1)));
            showsNothingOfTheDemo(service);
        }
    }

    private static void showsNothingOfTheDemo(PackagedService service) {
        for (var path : new String[] {
            "/q/openapi",
            "/q/openapi?format=json",
            "/q/openapi.json",
            "/q/openapi.yaml",
            "/q/swagger-ui/",
            "/q/swagger-ui/index.html",
            "/q/swagger-ui"
        }) {
            var page = service.get(path);
            if (path.endsWith("/swagger-ui")) {
                assertEquals(302, page.statusCode());
                continue;
            }
            assertEquals(200, page.statusCode(), path);
            for (var shown : new String[] {
                "contoso-secret",
                "fabrikam-secret",
                "a0000000-0000",
                "c0000000-0000",
                "e0000000-0000-4000-8000-000000000001",
                "480000"
            }) {
                assertFalse(page.body().contains(shown), () -> path + " shows " + shown);
            }
            assertTrue(
                    page.body().contains(path.contains("openapi") ? "getTransferEligibility" : "SwaggerUIBundle"),
                    path);
        }
    }

    private static void connect(int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(NOT_QUITE_LOCALHOST), port), 5_000);
        }
    }

    private static int operatorSignIn(PackagedService service, String secret) throws Exception {
        var form =
                "grant_type=client_credentials&client_id=e0000000-0000-4000-8000-0000000000ff&client_secret=" + secret;
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.baseUrl() + "/sandbox/oauth2/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
