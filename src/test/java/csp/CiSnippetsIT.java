package csp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import csp.testsupport.PackagedService;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs of docs/ci, step by step as their runners do it, with a suite of a few lines and a stand-in for the build, which has been done. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CiSnippetsIT {

    private static final String WAITS_NOT = """
            #!/bin/bash
            set -eu
            URL=http://localhost:$SANDBOX_PORT
            token() { curl -sf $URL/$1/oauth2/token -d grant_type=client_credentials -d client_id=e0000000-0000-4000-8000-0000000000$2 -d client_secret=$3 -d resource=https://api.partnercenter.microsoft.com | sed -E 's/.*"access_token":"([^"]+)".*/\\1/'; }
            CONTOSO=$(token contoso.example 01 contoso-secret) OPERATOR=$(token sandbox ff sandbox)
            curl -sf $URL/sandbox/faults -H "Authorization: Bearer $OPERATOR" -H "Content-Type: application/json" \
              -d '{"operation":"getCustomer","times":1,"effect":{"type":"throttle","retryAfter":30}}' > /dev/null
            for i in 1 2; do curl -s -o /dev/null -w '%{http_code}\\n' $URL/v1/customers/c0000000-0000-4000-8000-000000000001 -H "Authorization: Bearer $CONTOSO"; done
            """;

    @TempDir
    Path checkout;

    private final int port = PackagedService.freePort();

    @BeforeEach
    void checkOut() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/bin/bash")) && Files.isExecutable(Path.of("/usr/bin/curl")),
                "bash and curl are not installed: the jobs of docs/ci were not tried");
        Files.createDirectories(checkout.resolve("sandbox/docs"));
        Files.createDirectories(checkout.resolve("sandbox/target"));
        link("sandbox/docs/ci", "docs/ci");
        link("sandbox/target/quarkus-app", "target/quarkus-app");
        Files.writeString(checkout.resolve("world.json"), "{}");
        executable("contract-tests", WAITS_NOT);
        executable("bin/mvn", "#!/bin/sh\necho \"$@\" > built\n");
    }

    /** Whatever the test came to: nothing goes on, and what the build has packaged stays when the directory is emptied. */
    @AfterEach
    void leaveNothingBehind() throws IOException {
        var id = checkout.resolve("sandbox.pid");
        if (Files.exists(id)) {
            ProcessHandle.of(Long.parseLong(Files.readString(id).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
        Files.deleteIfExists(checkout.resolve("sandbox/docs/ci"));
        Files.deleteIfExists(checkout.resolve("sandbox/target/quarkus-app"));
    }

    @Test
    void the_job_for_GitHub_Actions_fails_on_a_client_that_does_not_wait_and_says_so() throws Exception {
        var steps = new YAMLMapper()
                .readTree(Path.of("docs/ci/github-actions.yml").toFile())
                .at("/jobs/contract/steps");
        requireThatTheReportFails(steps, "run", "if");
    }

    @Test
    void the_job_for_Azure_Pipelines_fails_on_a_client_that_does_not_wait_and_says_so() throws Exception {
        var steps = new YAMLMapper()
                .readTree(Path.of("docs/ci/azure-pipelines.yml").toFile())
                .at("/jobs/0/steps");
        requireThatTheReportFails(steps, "script", "condition");
    }

    private void requireThatTheReportFails(JsonNode steps, String script, String condition) throws Exception {
        var failed = new ArrayList<String>();
        var output = new StringBuilder();
        for (var step : steps) {
            var always = step.path(condition).asText().equals("always()");
            if (step.has(script) && (failed.isEmpty() || always)) {
                var line = step.get(script).asText();
                if (run(line, output) != 0) {
                    failed.add(line);
                }
            }
        }
        assertEquals(List.of("sandbox/docs/ci/sandbox.sh report sandbox-report.xml"), failed, output::toString);
        assertTrue(output.toString().contains("Retry-After"), output::toString);
        assertEquals("-q -f sandbox package -DskipTests\n", Files.readString(checkout.resolve("built")));
        requireAFailedTest(checkout.resolve("sandbox-report.xml"));
        requireThatNobodyListens();
    }

    private static void requireAFailedTest(Path report) throws Exception {
        var suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        assertTrue(suite.getElementsByTagName("failure").getLength() > 0, Files.readString(report));
    }

    private void requireThatNobodyListens() throws IOException {
        try (var ignored = new Socket("localhost", port)) {
            throw new AssertionError("The sandbox was not stopped");
        } catch (ConnectException e) {
            // As it should be.
        }
    }

    /** What a step leaves running goes on; its output goes to files. */
    private int run(String line, StringBuilder output) throws IOException, InterruptedException {
        var log = Files.createTempFile(checkout, "step", ".log");
        var shell = new ProcessBuilder("/bin/bash", "-e", "-c", line)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        shell.environment().put("SANDBOX_PORT", Integer.toString(port));
        shell.environment()
                .merge(
                        "PATH",
                        checkout.resolve("bin") + ":" + Path.of(System.getProperty("java.home"), "bin"),
                        (path, ours) -> ours + ":" + path);
        var step = shell.start();
        CompletableFuture.delayedExecutor(120, TimeUnit.SECONDS).execute(step::destroyForcibly);
        var code = step.waitFor();
        output.append("> ").append(line).append('\n').append(Files.readString(log, StandardCharsets.UTF_8));
        return code;
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(checkout.resolve(name), Path.of(target).toAbsolutePath());
    }

    private void executable(String name, String content) throws IOException {
        var file = checkout.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
