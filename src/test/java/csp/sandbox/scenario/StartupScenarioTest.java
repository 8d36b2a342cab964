package csp.sandbox.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.identity.Secrets;
import csp.shared.config.CspConfig;
import csp.shared.error.DomainException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StartupScenarioTest {

    @TempDir
    Path directory;

    @Test
    void demo_is_the_demo_world() {
        assertEquals(5, startup("demo").scenario().entries("partners").size());
    }

    @Test
    void the_hash_of_every_secret_of_the_demo_is_known_and_fits() throws IOException {
        var plain = new TreeSet<String>();
        Stream.of("password", "clientSecret")
                .forEach(name -> plain.addAll(World.demo().findValuesAsText(name)));
        var known = StartupScenario.demoHashes();
        assertEquals(plain, known.keySet());
        var secrets = new Secrets();
        known.forEach((secret, hash) -> assertTrue(secrets.matches(secret, hash), secret));
    }

    @Test
    void none_is_an_empty_world() {
        assertEquals(0, startup("none").scenario().entries("partners").size());
    }

    @Test
    void a_path_is_the_world_in_that_file() throws IOException {
        var file = Files.writeString(
                directory.resolve("one world.json"), World.everything().toString());
        assertEquals(2, startup(file.toString()).scenario().entries("partners").size());
    }

    @Test
    void a_broken_file_is_refused_in_one_sentence_that_names_file_path_and_value() throws IOException {
        var file = Files.writeString(
                directory.resolve("broken.json"),
                World.with(World.everything(), "/partners/0/programs/directBill", "\"on\"")
                        .toString());
        assertEquals(
                "The scenario %s cannot be loaded. Invalid input: partners[0].programs.directBill: must be one of: none, active, "
                                .formatted(file)
                        + "restricted, not 'on'.",
                explanation(file.toString()));
    }

    @Test
    void a_file_that_is_not_there_is_refused_in_one_sentence() {
        assertEquals(
                "The scenario /no/such/world.json cannot be loaded. Invalid input: csp.scenario: there is no readable file "
                        + "/no/such/world.json; the setting is demo, none or the path of a file.",
                explanation("/no/such/world.json"));
    }

    private static String explanation(String setting) {
        var startup = startup(setting);
        return startup.explain(assertThrows(DomainException.class, startup::scenario));
    }

    private static StartupScenario startup(String setting) {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(CspConfig.class)
                .withDefaultValue("csp.scenario", setting)
                .withDefaultValue("quarkus.http.port", "8080")
                .build();
        return new StartupScenario(config.getConfigMapping(CspConfig.class), new Secrets());
    }
}
