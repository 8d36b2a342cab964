package csp.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A run of the packaged service at whose end its JVM writes down what it has loaded: from a start as it is documented, and from what
 * somebody who tries the service out sends it. From Java 25 on the archive holds classes that are linked already and profiles of their
 * methods; the option that names it to a later start is the same.
 */
final class Training {

    private static final String DEMO_SCOPE = "https://api.partnercenter.microsoft.com/.default";
    private static final String ALPINE = "/v1/customers/c0000000-0000-4000-8000-000000000001";
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("^\\{\"id\":\"([^\"]+)\"");
    private static final long PATIENCE_SECONDS = 120;
    private static final int ROUNDS_OF_READS = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    private Training(int port) {
        base = "http://127.0.0.1:" + port;
    }

    /**
     * @param java the command line up to the JVM that is to use the archive
     * @param archive what that JVM calls the file
     * @param directory where it works, with its log
     */
    static void run(List<String> java, String archive, String jar, Path directory)
            throws IOException, InterruptedException {
        var port = freePort();
        var command = new ArrayList<>(java);
        command.add(
                (Runtime.version().feature() >= 25 ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
        command.addAll(List.of("-Xlog:disable", "-Dquarkus.http.port=" + port, "-jar", jar));
        var log = Files.createDirectories(directory).resolve("service.log");
        var service = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var training = new Training(port);
        try {
            training.awaitReady(service, log);
            training.exercise();
        } finally {
            service.destroy();
            if (!service.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                service.destroyForcibly();
            }
        }
    }

    private void awaitReady(Process service, Path log) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isReady()) {
            if (!service.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The service does not start:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(base + "/q/health/ready"));
            return http.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void exercise() throws IOException, InterruptedException {
        var contoso = token("contoso", 1);
        var fabrikam = token("fabrikam", 2);
        for (var partner : List.of(contoso, fabrikam)) {
            reads(partner).forEach(path -> get(path, partner));
        }
        var created = post(
                ALPINE + "/transfers",
                contoso,
                "application/json",
                "{\"sourcePartnerTenantId\":\"a0000000-0000-4000-8000-000000000001\","
                        + "\"targetPartnerTenantId\":\"a0000000-0000-4000-8000-000000000002\","
                        + "\"lineItems\":[{\"subscriptionId\":\"50000000-0000-4000-8000-000000000001\","
                        + "\"partnerIdOnRecord\":\"4800001\"}]}");
        var transfer = ALPINE + "/transfers/" + found(ID, created);
        for (var round = 0; round < ROUNDS_OF_READS; round++) {
            get(transfer, contoso);
        }
        post(transfer + "/accept", fabrikam, "application/json", "");
        for (var partner : List.of(contoso, fabrikam)) {
            reads(partner).forEach(path -> get(path, partner));
        }
        get(ALPINE + "/transfers/none", contoso);
        post(ALPINE + "/transfers", contoso, "application/json", "{}");
        post(ALPINE + "/transfers", contoso, "application/json", "{");
        get(transfer, "none");
        get("/q/openapi", "");
    }

    private static List<String> reads(String partner) {
        var paths = new ArrayList<String>();
        paths.add("/v1/customers?size=50");
        for (var list : List.of(
                "", "/transfers", "/transferseligibility?transferType=directtoindirect", "/subscriptions", "/orders")) {
            paths.add(ALPINE + list);
        }
        return paths;
    }

    private String token(String partner, int number) throws IOException, InterruptedException {
        var answer = post(
                "/" + partner + ".example/oauth2/v2.0/token",
                "",
                "application/x-www-form-urlencoded",
                "grant_type=client_credentials&client_id=e0000000-0000-4000-8000-00000000000" + number
                        + "&client_secret=" + partner + "-secret&scope="
                        + URLEncoder.encode(DEMO_SCOPE, StandardCharsets.UTF_8));
        return "Bearer " + found(TOKEN, answer);
    }

    private static String found(Pattern pattern, String answer) {
        var found = pattern.matcher(answer);
        if (!found.find()) {
            throw new IllegalStateException(answer);
        }
        return found.group(1);
    }

    private void get(String path, String token) {
        try {
            http.send(request(path, token).GET().build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String post(String path, String token, String type, String body) throws IOException, InterruptedException {
        var request = request(path, token).header("Content-Type", type).POST(BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder request(String path, String token) {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        return token.isEmpty() ? request : request.header("Authorization", token);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
