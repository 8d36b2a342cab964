package csp.platform.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * A service whose own PostgreSQL does not run and cannot be started again is of no use to anybody. A configured database is not
 * its own: whether that answers, the readiness says.
 */
@Liveness
@ApplicationScoped
public class EmbeddedDatabaseLiveness implements HealthCheck {

    private static final AtomicReference<EmbeddedDatabase> OF_THIS_PROCESS = new AtomicReference<>();

    /** For whoever starts the service with a database of its own, before it starts the service. */
    public static void of(EmbeddedDatabase database) {
        OF_THIS_PROCESS.set(database);
    }

    @Override
    public HealthCheckResponse call() {
        var database = OF_THIS_PROCESS.get();
        return HealthCheckResponse.named("Embedded PostgreSQL")
                .status(database == null || database.isRunning())
                .build();
    }
}
