package csp.platform.database;

import csp.shared.storage.StaleConnections;
import io.agroal.api.AgroalDataSource;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the database answers. Says so within seconds however the database behaves: it is asked by one thread of its own, and a
 * question that has no answer yet is not asked again.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements HealthCheck {

    private static final int SECONDS_TO_ANSWER = 2;
    /** A connection has to be had first. */
    private static final long SECONDS_TO_WAIT = 3;

    private final AgroalDataSource database;
    private final StaleConnections connections;
    private final ExecutorService asking = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "csp-database-readiness");
        thread.setDaemon(true);
        return thread;
    });
    private Question last;

    private record Question(Future<Boolean> answer, long asked) {}

    DatabaseReadiness(AgroalDataSource database, StaleConnections connections) {
        this.database = database;
        this.connections = connections;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Database connections health check")
                .status(isAnswering())
                .build();
    }

    @PreDestroy
    void stop() {
        asking.shutdownNow();
    }

    private boolean isAnswering() {
        var question = question();
        try {
            var waited = System.nanoTime() - question.asked();
            return question.answer()
                    .get(Math.max(0, TimeUnit.SECONDS.toNanos(SECONDS_TO_WAIT) - waited), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized Question question() {
        if (last == null || last.answer().isDone()) {
            last = new Question(asking.submit(this::ask), System.nanoTime());
        }
        return last;
    }

    private boolean ask() {
        try (var connection = database.getConnection()) {
            if (connection.isValid(SECONDS_TO_ANSWER)) {
                return true;
            }
        } catch (SQLException e) {
            // The answer says it.
        }
        connections.drop();
        return false;
    }
}
