package csp.testsupport;

import csp.platform.database.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.io.FileUtils;

/** The real PostgreSQL of the tests: empty, with the demo world and the sandbox on. */
public class PostgresTestResource implements QuarkusTestResourceLifecycleManager {

    private Path directory;
    private EmbeddedDatabase database;

    @Override
    public Map<String, String> start() {
        directory = Path.of("target", "test-databases", UUID.randomUUID().toString());
        database = TestDatabase.startWithSchema(directory);
        return TestDatabase.settingsFor(database, Map.of("csp.scenario", "demo", "csp.sandbox", "true"));
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
            FileUtils.deleteQuietly(directory.toFile());
        }
    }
}
