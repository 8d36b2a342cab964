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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .filter(line -> line.startsWith("COPY --chown=root:root target/"))
                .map(line -> Path.of(line.split(" ")[2]))
                .collect(Collectors.toSet());
        try (Stream<Path> packaged = Files.list(Path.of("target/quarkus-app"))) {
            // The listing of dependencies is for people, and the archive of classes for the JVM of the build; the image
            // makes its
            // own.
            var notCopied = Set.of("quarkus-app-dependencies.txt", "app-cds.jsa");
            assertEquals(
                    packaged.filter(path ->
                                    !notCopied.contains(path.getFileName().toString()))
                            .collect(Collectors.toSet()),
                    copied);
        }
        assertTrue(Files.readAllLines(Path.of(".dockerignore")).contains("!target/quarkus-app/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "postgres"})
    void every_container_has_what_it_needs_and_no_more(String name) throws IOException {
        var container = compose().at("/services/" + name);
        assertTrue(container.path("user").asText().matches("[1-9][0-9]*:[1-9][0-9]*"), "a numeric user, not root");
        assertTrue(container.path("read_only").asBoolean(), "a root that cannot be written to");
        assertEquals("/tmp", container.at("/tmpfs/0").asText(), "but for what is passing");
        assertTrue(container.at("/volumes/0").asText().matches("[a-z]+:/.+"), "and a named volume for data");
        assertEquals("[\"ALL\"]", container.path("cap_drop").toString());
        assertEquals(
                "[\"no-new-privileges:true\"]", container.path("security_opt").toString());
        assertTrue(container.path("mem_limit").asText().matches("[1-9][0-9]*[mg]"), "a limit to its memory");
        assertTrue(container.path("pids_limit").asInt() > 0, "a limit to its threads");
        assertEquals("unless-stopped", container.path("restart").asText());
        assertFalse(container.has("privileged"));
    }

    @Test
    void no_secret_is_in_a_file_and_none_has_a_default() throws IOException {
        for (var container : compose().path("services")) {
            container.path("environment").properties().stream()
                    .filter(variable -> variable.getKey().matches(".*(PASSWORD|SECRET|TOKEN).*"))
                    .forEach(variable -> assertTrue(
                            variable.getValue().asText().matches("\\$\\{[A-Z_]+:\\?[^}]+}"), variable.getKey()));
        }
        assertTrue(
                compose().at("/services/service/environment").has("QUARKUS_DATASOURCE_PASSWORD"),
                "there is one: else this test proves nothing");
        assertFalse(Files.readString(Path.of("docker/Dockerfile")).matches("(?s).*(PASSWORD|SECRET).*"));
        assertTrue(Files.readAllLines(Path.of(".gitignore")).contains("/docker/.env"));
    }

    @Test
    void images_are_of_one_exact_version() throws IOException {
        var exact = ".+:[0-9]+\\.[0-9]+[._0-9]*-[a-z-]+";
        var stages = instructions("FROM");
        assertTrue(stages.get(0).matches(exact + " AS service"), stages.get(0));
        assertEquals(List.of("service AS training", "service"), stages.subList(1, stages.size()));
        assertTrue(compose().at("/services/postgres/image").asText().matches(exact));
    }

    @Test
    void the_image_runs_as_a_number_listens_outside_its_container_and_ends_without_memory() throws IOException {
        assertEquals(List.of("10001:10001", "10001:10001"), instructions("USER"));
        assertEquals(
                instructions("USER").get(0),
                compose().at("/services/service/user").asText());
        assertEquals(List.of("/service/data"), instructions("VOLUME"));
        assertEquals(List.of("QUARKUS_HTTP_HOST=0.0.0.0"), instructions("ENV"));
        assertTrue(instructions("ENTRYPOINT").get(0).contains("\"-XX:+ExitOnOutOfMemoryError\""));
    }

    private static List<String> instructions(String name) throws IOException {
        return Files.readAllLines(Path.of("docker/Dockerfile")).stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    private static JsonNode compose() throws IOException {
        return new YAMLMapper().readTree(Path.of("docker/compose.yaml").toFile());
    }

    private static String variable(String method) {
        return "CSP_" + method.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
