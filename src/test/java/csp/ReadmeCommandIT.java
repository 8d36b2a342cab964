package csp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import csp.testsupport.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The one command of the README, letter by letter. What it builds has been built already, by the build that runs this test, so
 * a stand-in for Maven takes note of its arguments and does nothing.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadmeCommandIT {

    private static final Pattern FIRST_BLOCK = Pattern.compile("```sh\\n(.+)\\n```");

    @TempDir
    Path directory;

    private String command;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/bin/sh")), "There is no shell: the command of the README was not tried");
        var block = FIRST_BLOCK.matcher(Files.readString(Path.of("README.md")));
        assertTrue(block.find());
        command = block.group(1);
        var maven = Files.createDirectories(directory.resolve("bin")).resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho \"$@\" > built\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(directory.resolve("target"));
        Files.createSymbolicLink(
                directory.resolve("target/quarkus-app"),
                Path.of("target", "quarkus-app").toAbsolutePath());
    }

    /** Before the directory is emptied: what the build has packaged stays. */
    @AfterEach
    void leaveThePackage() throws IOException {
        Files.delete(directory.resolve("target/quarkus-app"));
    }

    @Test
    void it_leaves_one_process_that_SIGTERM_ends_with_its_database() throws Exception {
        var process = shell("exec " + command);
        assertEquals(143, stopped(process, process.toHandle(), "TERM"));
        assertEquals("-q package -DskipTests\n", Files.readString(directory.resolve("built")));
    }

    @Test
    void it_leaves_one_process_that_Ctrl_C_ends_with_its_database() throws Exception {
        var process = shell("exec " + command); // a terminal's shell starts it so
        assertEquals(130, stopped(process, process.toHandle(), "INT"));
    }

    @Test
    void in_the_background_of_a_script_its_id_is_that_of_the_service() throws Exception {
        // The script ends with what the service ended with.
        var script = shell(command + " &\necho $! > id\nwait $!");
        var id = directory.resolve("id");
        await("telling its id", script, () -> Files.exists(id) && Files.size(id) > 0);
        var service =
                ProcessHandle.of(Long.parseLong(Files.readString(id).strip())).orElseThrow();
        assertEquals(143, stopped(script, service, "TERM"));
    }

    /** Exit code of {@code started} after {@code service}, the only JVM that it left, was sent a signal while it was ready. */
    private int stopped(Process started, ProcessHandle service, String signal) throws Exception {
        try {
            await("ready", started, () -> log().contains("/q/swagger-ui"));
            assertTrue(isJava(service));
            assertFalse(service.descendants().anyMatch(ReadmeCommandIT::isJava));
            var database = ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(directory.resolve("data/postgres/postmaster.pid"))
                                    .get(0)))
                    .orElseThrow();
            assertTrue(database.isAlive());

            new ProcessBuilder("/bin/kill", "-" + signal, Long.toString(service.pid()))
                    .start()
                    .waitFor();
            assertTrue(started.waitFor(20, TimeUnit.SECONDS), log());
            assertFalse(service.isAlive());
            assertFalse(database.isAlive());
            return started.exitValue();
        } finally {
            started.descendants().forEach(ProcessHandle::destroyForcibly);
            started.destroyForcibly();
        }
    }

    private Process shell(String line) throws IOException {
        var shell = new ProcessBuilder("/bin/sh", "-c", line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        var java = Path.of(System.getProperty("java.home"), "bin");
        shell.environment().merge("PATH", directory.resolve("bin") + ":" + java, (path, ours) -> ours + ":" + path);
        shell.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_PORT", "0", "JDK_JAVA_OPTIONS", String.join(" ", PackagedService.STARTS_SOONER)));
        return shell.start();
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().filter(path -> path.endsWith("/java")).isPresent();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, Process process, Condition condition) throws Exception {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.holds()) {
            assertTrue(process.isAlive(), log());
            assertTrue(System.nanoTime() < deadline, () -> "It was not " + what + " in time");
            TimeUnit.MILLISECONDS.sleep(50); // between two polls
        }
    }
}
