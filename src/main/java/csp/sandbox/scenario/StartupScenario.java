package csp.sandbox.scenario;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import csp.identity.Secrets;
import csp.shared.config.CspConfig;
import csp.shared.error.DomainException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The world that the setting {@code csp.scenario} names. Read when it is first needed and kept, for resets. */
@Singleton
class StartupScenario {

    private static final String DEMO = "demo";
    private static final String NONE = "none";

    private final String setting;
    /** Kept too, so that a reset does not hash the same secrets again. */
    private final SecretHashes hashes;

    private Entry scenario;

    StartupScenario(CspConfig config, Secrets secrets) {
        setting = config.scenario();
        hashes = new SecretHashes(secrets);
    }

    boolean isNone() {
        return setting.equals(NONE);
    }

    /** Throws a {@link DomainException} that names the file, the path in it and the value when it cannot be a world. */
    synchronized Entry scenario() {
        if (scenario == null) {
            scenario = isNone() ? new Entry(Scenario.class) : read();
        }
        return scenario;
    }

    SecretHashes hashes() {
        return hashes;
    }

    private Entry read() {
        try (var document = open()) {
            if (setting.equals(DEMO)) {
                hashes.know(demoHashes());
            }
            return ScenarioJson.read(document);
        } catch (IOException e) {
            throw ScenarioJson.refusal(
                    "csp.scenario: there is no readable file %s; the setting is demo, none or the path of a file.",
                    setting);
        }
    }

    /** Of the secrets in the demo, which every first start would hash: plain text to hash. */
    static Map<String, String> demoHashes() throws IOException {
        try (var hashes = StartupScenario.class.getResourceAsStream("/scenarios/demo-hashes.json")) {
            return new JsonMapper().readValue(hashes, new TypeReference<>() {});
        }
    }

    private InputStream open() throws IOException {
        return setting.equals(DEMO)
                ? StartupScenario.class.getResourceAsStream("/scenarios/demo.json")
                : Files.newInputStream(Path.of(setting));
    }

    /** What a person reads when the service cannot start. */
    String explain(DomainException refusal) {
        return "The scenario %s cannot be loaded. %s".formatted(setting, refusal.getMessage());
    }
}
