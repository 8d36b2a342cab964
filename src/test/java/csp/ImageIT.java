package csp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import csp.testsupport.PackagedService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image, where the build has made it: {@code mvn -Pimage verify}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ImageIT {

    private static final Path IMAGE = Path.of("target", "csp-transfer-service.tar");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EXECUTABLE = 0100;

    @TempDir
    Path directory;

    @Test
    void unpacked_it_starts_with_its_database_as_a_user_without_rights_on_a_root_that_cannot_be_written_to()
            throws Exception {
        assumeTrue(Files.exists(IMAGE), "There is no image: it was not built with -Pimage");
        var root = directory.resolve("root");
        var data = Files.createDirectory(directory.resolve("data"));
        var config = unpack(root);
        assertEquals("10001:10001", config.path("User").asText());
        var runner = Path.of("docker", "run-unpacked").toAbsolutePath().toString();
        var tries = run(runner, root.toString(), data.toString(), "/bin/sh", "-c", "echo x > /service/data/written");
        assumeTrue(tries == 0, "This machine has no name spaces for a user without rights: the image was not tried");
        assertFalse(run(runner, root.toString(), data.toString(), "/bin/sh", "-c", "echo x > /service/written") == 0);
        Files.delete(data.resolve("written"));

        var port = PackagedService.freePort();
        var command = new ArrayList<>(List.of(runner, root.toString(), data.toString()));
        config.path("Entrypoint").forEach(word -> command.add(word.asText()));
        command.add(command.indexOf("-jar"), "-Dquarkus.http.port=" + port);
        var service = PackagedService.start(directory.resolve("run"), command, port);
        try {
            assertTrue(Files.readString(Path.of("/proc/" + service.process().pid() + "/uid_map"))
                    .strip()
                    .startsWith("10001"));
            assertTrue(
                    Files.readString(Path.of("/proc/" + service.process().pid() + "/maps"))
                            .contains("/service/app-cds.jsa"),
                    "it starts from its archive of classes");
        } finally {
            assertEquals(143, service.stop(), service.log());
        }
        assertTrue(Files.exists(data.resolve("postgres/PG_VERSION")));
    }

    /** Its configuration. */
    private JsonNode unpack(Path root) throws IOException {
        var layout = directory.resolve("layout");
        try (var image = Files.newInputStream(IMAGE)) {
            untar(image, layout);
        }
        var index = JSON.readTree(layout.resolve("index.json").toFile());
        var manifest = JSON.readTree(blob(layout, index.at("/manifests/0")).toFile());
        for (var layer : manifest.path("layers")) {
            try (var content = new GZIPInputStream(Files.newInputStream(blob(layout, layer)))) {
                untar(content, root);
            }
        }
        return JSON.readTree(blob(layout, manifest.path("config")).toFile()).path("config");
    }

    private static Path blob(Path layout, JsonNode descriptor) {
        return layout.resolve("blobs")
                .resolve(descriptor.path("digest").asText().replace(':', '/'));
    }

    private static void untar(InputStream archive, Path target) throws IOException {
        var tar = new TarArchiveInputStream(archive);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            var file = target.resolve(entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(file);
            } else {
                Files.createDirectories(file.getParent());
                Files.copy(tar, file);
                file.toFile().setExecutable((entry.getMode() & EXECUTABLE) != 0);
                Files.setLastModifiedTime(
                        file, FileTime.from(entry.getLastModifiedTime().toInstant()));
            }
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
