package csp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import csp.example.PartialTransferExample;
import csp.testsupport.PackagedService;
import csp.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
    private static final String SEPARATOR = "=====";

    @TempDir
    static Path directory;

    private static PackagedService service;

    @BeforeAll
    static void startAsTheReadmeSays() {
        TestDatabase.layEmptyCluster(directory.resolve("data"));
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
        TestDatabase.layEmptyCluster(directory.resolve("road/data"));
        try (var plain = PackagedService.start(
                directory.resolve("road"),
                Map.of(
                        "csp.scenario",
                        Path.of("docs/road/world.json").toAbsolutePath().toString()))) {
            walk("road", plain);
        }
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
        var answers = run(script.toString().replace("http://localhost:8080", service.baseUrl()));
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
        System.setProperty("partner-center.url", service.baseUrl());
        new PartialTransferExample().a_line_that_is_not_provisioned_fails_and_its_sibling_moves();
    }

    private static String section(String name) throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        return readme.substring(
                readme.indexOf("<!-- " + name + ":begin -->"), readme.indexOf("<!-- " + name + ":end -->"));
    }

    private static List<String> run(String script) throws IOException, InterruptedException {
        var bash = new ProcessBuilder("/bin/bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        var output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(bash.waitFor(60, TimeUnit.SECONDS));
        return List.of(output.substring(SEPARATOR.length()).split(SEPARATOR)).stream()
                .map(String::strip)
                .toList();
    }

    /** Without what is new each time: ids that are not the demo's, times, and etags, which hold an id. */
    private static String masked(String answer) {
        return answer.replaceAll(
                        "(?![a-e5]0000000-0000-4000-8000)[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "<id>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+", "<time>")
                .replaceAll("\"etag\":\"[^\"]+\"", "\"etag\":\"<etag>\"");
    }
}
