package csp.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import csp.shared.config.CspConfig;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What of the container files can be checked without a container engine. Runs after packaging. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContainerFilesIT {

    private static final Set<String> FRAMEWORK_SETTINGS =
            Set.of("QUARKUS_DATASOURCE_JDBC_URL", "QUARKUS_DATASOURCE_USERNAME", "QUARKUS_DATASOURCE_PASSWORD");

    @Test
    void every_setting_in_the_compose_file_exists() throws IOException {
        Set<String> known = Stream.concat(
                        FRAMEWORK_SETTINGS.stream(),
                        Arrays.stream(CspConfig.class.getMethods())
                                .map(Method::getName)
                                .map(ContainerFilesIT::variable))
                .collect(Collectors.toSet());
        Set<String> used = new HashSet<>();
        compose().at("/services/service/environment").fieldNames().forEachRemaining(used::add);
        assertTrue(known.containsAll(used), used + " are not all among " + known);
        assertTrue(used.containsAll(Set.of("CSP_SCENARIO", "CSP_SANDBOX")));
    }

    @Test
    void the_service_waits_for_a_healthy_database_and_is_reachable_from_this_machine_only() throws IOException {
        JsonNode services = compose().at("/services");
        assertEquals(
                "service_healthy",
                services.at("/service/depends_on/postgres/condition").asText());
        assertFalse(services.at("/postgres/healthcheck/test").isMissingNode());
        assertEquals("127.0.0.1:8080:8080", services.at("/service/ports/0").asText());
    }

    @Test
    void everything_the_image_copies_is_there_after_packaging_and_not_ignored() throws IOException {
        Set<Path> copied = Files.readAllLines(Path.of("docker/Dockerfile")).stream()
                .filter(line -> line.startsWith("COPY"))
                .map(line -> Path.of(line.split(" ")[2]))
                .collect(Collectors.toSet());
        try (Stream<Path> packaged = Files.list(Path.of("target/quarkus-app"))) {
            // The listing of dependencies is for people, not for the image.
            assertEquals(
                    packaged.filter(path -> !path.toString().endsWith(".txt")).collect(Collectors.toSet()), copied);
        }
        assertTrue(Files.readAllLines(Path.of(".dockerignore")).contains("!target/quarkus-app/"));
    }

    private static JsonNode compose() throws IOException {
        return new YAMLMapper().readTree(Path.of("docker/compose.yaml").toFile());
    }

    private static String variable(String method) {
        return "CSP_" + method.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
