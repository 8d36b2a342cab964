package csp.clients;

import csp.platform.database.EmbeddedDatabase;
import csp.testsupport.PackagedService;
import csp.testsupport.TestDatabase;
import java.nio.file.Path;
import java.util.Map;

/** The packaged service at the beginning of the README's road: a plain direct-bill partner, a provider and a customer. */
record RoadService(EmbeddedDatabase database, PackagedService service) implements AutoCloseable {

    static RoadService start(Path directory) {
        var database = TestDatabase.startWithSchema(directory.resolve("database"));
        try {
            var world = Path.of("docs/road/world.json").toAbsolutePath().toString();
            return new RoadService(
                    database,
                    PackagedService.start(
                            directory, TestDatabase.settingsFor(database, Map.of("csp.scenario", world))));
        } catch (Throwable e) {
            database.close();
            throw e;
        }
    }

    String baseUrl() {
        return service.baseUrl();
    }

    @Override
    public void close() {
        service.close();
        database.close();
    }
}
