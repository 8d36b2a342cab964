package csp.testsupport;

import csp.platform.database.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.io.FileUtils;

/**
 * The real PostgreSQL of the tests: empty, with the demo world and the sandbox on. Its time zone is not UTC, so that a time
 * stored without its zone is found out.
 */
public class PostgresTestResource implements QuarkusTestResourceLifecycleManager {

    private Path directory;
    private EmbeddedDatabase database;

    @Override
    public Map<String, String> start() {
        directory = Path.of("target", "test-databases", UUID.randomUUID().toString());
        database = EmbeddedDatabase.start(directory, Map.of("timezone", "Pacific/Auckland"));
        return Map.of(
                "quarkus.datasource.jdbc.url",
                database.jdbcUrl(),
                "quarkus.datasource.username",
                database.username(),
                "quarkus.datasource.password",
                database.password(),
                "csp.scenario",
                "demo",
                "csp.sandbox",
                "true");
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
            FileUtils.deleteQuietly(directory.toFile());
        }
    }
}
