package csp.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link GeneratedClientIT}, in TypeScript: {@code src/test/typescript/road.mts}. Skipped where there is no Node. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TypeScriptClientIT {

    private static final List<String> PACKAGES =
            List.of("openapi-typescript@7.13.0", "openapi-fetch@0.17.0", "typescript@5.9.3");
    private static final Path PLACE = Path.of("target", "typescript-client").toAbsolutePath();
    private static final long MOST_SECONDS = 300;

    @TempDir
    static Path directory;

    private record Ended(int exitCode, String output) {}

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        assumeTrue(
                Stream.of("node", "npm").allMatch(TypeScriptClientIT::isInstalled),
                "node and npm are not installed: the TypeScript client was not tried");
        Files.createDirectories(PLACE);
        // Of this directory alone, whatever lies above it.
        Files.writeString(PLACE.resolve("package.json"), "{\"private\": true}");
        var command =
                new ArrayList<>(List.of("npm", "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund"));
        command.addAll(PACKAGES);
        var installed = run(command);
        assumeTrue(
                installed.exitCode() == 0,
                () -> "npm cannot install the generator: the TypeScript client was not tried\n" + installed.output());
    }

    @Test
    void walks_the_whole_road_and_a_transfer_through_its_types_alone() throws IOException, InterruptedException {
        Files.copy(
                Path.of("src/test/typescript/road.mts"),
                PLACE.resolve("road.mts"),
                StandardCopyOption.REPLACE_EXISTING);
        succeed(
                "npx",
                "openapi-typescript",
                Path.of("openapi.yaml").toAbsolutePath().toString(),
                "-o",
                "contract.d.ts");
        succeed(
                "npx",
                "tsc",
                "--strict",
                "--target",
                "es2022",
                "--module",
                "nodenext",
                "--lib",
                "es2022,dom",
                "road.mts");
        try (var service = RoadService.start(directory)) {
            succeed("node", "road.mjs", service.baseUrl());
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void succeed(String... command) throws IOException, InterruptedException {
        var ended = run(List.of(command));
        assertEquals(0, ended.exitCode(), ended::output);
    }

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        var output = Files.createTempFile(directory, "output", ".txt");
        var process = new ProcessBuilder(command)
                .directory(PLACE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Not done after " + MOST_SECONDS + " seconds: " + command);
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
