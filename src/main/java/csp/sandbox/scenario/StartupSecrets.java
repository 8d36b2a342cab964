package csp.sandbox.scenario;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The passwords and client secrets that the start-up scenario has in plain text, and the world of the README's road, for whoever plays
 * their identities. The database has none of them: of a world that came from elsewhere nobody knows any.
 */
@ApplicationScoped
public class StartupSecrets {

    private static final String ROAD = "/scenarios/road/world.json";

    private final StartupScenario startup;
    /** Read when somebody is looked for whom the start-up scenario does not know. */
    private volatile Entry road;

    StartupSecrets(StartupScenario startup) {
        this.startup = startup;
    }

    /** The scenario that the README walks the whole road with. */
    public static String road() {
        try (var file = StartupSecrets.class.getResourceAsStream(ROAD)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a user of a partner or customer. */
    public Optional<String> passwordOf(UUID objectId) {
        return secret(List.of("partners", "customers"), "users", "objectId", objectId, "password");
    }

    /** Of an application. */
    public Optional<String> clientSecretOf(UUID clientId) {
        return secret(List.of("partners"), "applications", "clientId", clientId, "clientSecret");
    }

    private Optional<String> secret(List<String> tenants, String list, String idName, UUID id, String secretName) {
        return Stream.<Supplier<Entry>>of(startup::scenario, this::roadScenario)
                .flatMap(scenario -> tenants.stream().flatMap(kind -> scenario.get().entries(kind).stream()))
                .flatMap(tenant -> tenant.entries(list).stream())
                .filter(entry -> id.toString().equals(entry.get(idName)))
                .findFirst()
                .map(entry -> entry.<String>get(secretName));
    }

    private Entry roadScenario() {
        if (road == null) {
            road = ScenarioJson.read(new ByteArrayInputStream(road().getBytes(StandardCharsets.UTF_8)));
        }
        return road;
    }
}
