package csp.testsupport;

import csp.platform.database.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.io.FileUtils;

/**
 * A database of its own for tests that measure: the service reaches it through a {@link CountingProxy}, and it
 * writes the plan of every statement to its log, the plan that fits any values of the parameters.
 */
public class MeasuredDatabase implements QuarkusTestResourceLifecycleManager {

    private Path directory;
    private EmbeddedDatabase database;
    private CountingProxy proxy;

    @Override
    public Map<String, String> start() {
        directory = Path.of("target", "test-databases", UUID.randomUUID().toString());
        database = TestDatabase.start(
                directory,
                Map.of(
                        "session_preload_libraries",
                        "auto_explain",
                        "auto_explain.log_min_duration",
                        "0",
                        "plan_cache_mode",
                        "force_generic_plan"));
        var address = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        proxy = new CountingProxy(address.getPort());
        // The driver asks about a statement once more when it has run it a few times; when that happens is chance, too.
        var settings = new HashMap<>(Map.of(
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://127.0.0.1:" + proxy.port() + address.getPath() + "?prepareThreshold=0",
                "quarkus.datasource.username",
                database.username(),
                "quarkus.datasource.password",
                database.password(),
                "csp.scenario",
                "demo",
                "csp.sandbox",
                "true",
                // What goes on in the background is counted by itself.
                "csp.transfer.completion-delay",
                "P1D",
                // Looking after idle connections is a round trip, too, and so is looking for due jobs.
                "quarkus.datasource.jdbc.background-validation-interval",
                "24h",
                // Nor is looking for notifications any request's.
                "csp.webhooks.poll-interval",
                "1h",
                "csp.jobs.poll-interval",
                "24h",
                "csp.jobs.heartbeat",
                "24h"));
        // Nor is looking at the clock of the other copies, of which there are none.
        settings.put("csp.sandbox-poll-interval", "24h");
        // The journal is written behind the requests.
        settings.put("csp.journal.entries-per-partner", "0");
        return settings;
    }

    /** After {@link PostgresTestResource}, which every test has, so that these settings count. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(proxy, new TestInjector.MatchesType(CountingProxy.class));
    }

    @Override
    public void stop() {
        if (proxy != null) {
            proxy.close();
        }
        if (database != null) {
            database.close();
            FileUtils.deleteQuietly(directory.toFile());
        }
    }
}
