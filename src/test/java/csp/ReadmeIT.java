package csp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import csp.testsupport.PackagedService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
    private static final String SEPARATOR = "=====";
    private static final int RECEIVER_PORT = PackagedService.freePort();

    @TempDir
    static Path directory;

    private static PackagedService service;

    @BeforeAll
    static void startAsTheReadmeSays() {
        service = PackagedService.start(directory, Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void the_printed_lines_of_a_transfer_give_the_printed_answers() throws IOException, InterruptedException {
        walk("transfer", service);
    }

    @Test
    void the_printed_lines_of_the_whole_road_give_the_printed_answers() throws IOException, InterruptedException {
        try (var plain = PackagedService.start(
                directory.resolve("road"),
                Map.of(
                        "csp.scenario",
                        Path.of("docs/road/world.json").toAbsolutePath().toString()))) {
            walk("road", plain);
        }
    }

    @Test
    void the_printed_lines_of_a_new_commerce_transfer_give_the_printed_answers_and_its_events_are_verified()
            throws IOException, InterruptedException {
        walk("new-commerce", service);
    }

    @Test
    void the_printed_lines_of_faults_and_snapshots_give_the_printed_answers() throws IOException, InterruptedException {
        walk("sandbox", service);
    }

    @Test
    void the_printed_part_of_the_receiver_is_that_of_the_one_that_is_run() throws IOException {
        var block = BLOCK.matcher(section("receiver"));
        assertTrue(block.find());
        var receiver = Files.readString(Path.of("docs/road/Receiver.java"));
        assertTrue(receiver.contains(block.group(2).strip().indent(4).strip()));
    }

    private static void walk(String section, PackagedService service) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(Path.of("/bin/bash")) && Files.isExecutable(Path.of("/usr/bin/curl")),
                "bash and curl are not installed: the lines of the README were not tried");
        var script = new StringBuilder();
        var expected = new ArrayList<String>();
        var blocks = BLOCK.matcher(section(section));
        while (blocks.find()) {
            if (blocks.group(1).equals("sh")) {
                script.append("echo ").append(SEPARATOR).append('\n').append(blocks.group(2));
                expected.add("");
            } else {
                expected.set(expected.size() - 1, blocks.group(2).strip());
            }
        }
        var answers = run(script.toString()
                .replace("http://localhost:8080", service.baseUrl())
                .replace("java docs/", "java -Dport=" + RECEIVER_PORT + " docs/")
                .replace("localhost:8090", "localhost:" + RECEIVER_PORT));
        for (var i = 0; i < expected.size(); i++) {
            assertEquals(masked(expected.get(i)), masked(answers.get(i)), "answer " + (i + 1));
        }
        assertTrue(expected.stream().filter(answer -> !answer.isEmpty()).count() >= 4, "The README shows answers");
    }

    @Test
    void the_example_of_a_contract_test_is_the_one_that_is_run_here() throws Exception {
        var block = BLOCK.matcher(section("example"));
        assertTrue(block.find());
        var example = Files.readString(Path.of("src/test/java/csp/example/PartialTransferExample.java"));
        assertEquals(
                example.substring(example.indexOf("import")).strip(),
                block.group(2).strip());
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("partner-center.url", service.baseUrl())
                .selectors(selectClass(Class.forName("csp.example.PartialTransferExample")))
                .execute()
                .testEvents()
                .assertStatistics(events -> events.succeeded(1).failed(0));
    }

    private static String section(String name) throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        return readme.substring(
                readme.indexOf("<!-- " + name + ":begin -->"), readme.indexOf("<!-- " + name + ":end -->"));
    }

    /** What the lines leave running ends with them: it would keep the pipe open. */
    private static List<String> run(String lines) throws IOException, InterruptedException {
        var shell = new ProcessBuilder("/bin/bash", "-c", "trap 'kill $(jobs -p) 2>/dev/null' EXIT\n" + lines)
                .redirectErrorStream(true);
        shell.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (path, java) -> java + ":" + path);
        var bash = shell.start();
        CompletableFuture.delayedExecutor(120, TimeUnit.SECONDS).execute(() -> {
            bash.descendants().forEach(ProcessHandle::destroyForcibly);
            bash.destroyForcibly();
        });
        var output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(bash.waitFor(60, TimeUnit.SECONDS));
        return List.of(output.substring(SEPARATOR.length()).split(SEPARATOR)).stream()
                .map(String::strip)
                .toList();
    }

    /** Without what is new each time: ids that are not the demo's, times, dates, days, and etags, which hold an id. */
    private static String masked(String answer) {
        return answer.replaceAll(
                        "(?![a-e5]0000000-0000-4000-8000)[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "<id>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+", "<time>")
                .replaceAll("\"\\d{4}-\\d\\d-\\d\\d\"", "\"<date>\"")
                .replaceAll("\"days\":\\d+", "\"days\":<days>")
                .replaceAll("\"etag\":\"[^\"]+\"", "\"etag\":\"<etag>\"");
    }
}
