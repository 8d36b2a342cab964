package csp.platform.jobs;

import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs whose ids say what they do: those beginning with {@code fails} write a row and fail at their first run. */
@ApplicationScoped
class TestJobs implements JobHandler {

    static final String KIND = "test";

    private final AgroalDataSource database;
    private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();

    TestJobs(AgroalDataSource database) {
        this.database = database;
    }

    int runsOf(String id) {
        return runs.getOrDefault(id, new AtomicInteger()).get();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Transactional
    @Override
    public Optional<Instant> run(String id) {
        var run = runs.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet();
        if (id.startsWith("fails")) {
            try (var sql = Sql.on(database)) {
                sql.update(
                        "insert into scheduled_job (task_name, task_instance, execution_time, picked, version) values "
                                + "('trace', ?, 'infinity', false, 1)",
                        id + " " + run);
            }
            if (run == 1) {
                throw new IllegalStateException("first run");
            }
        }
        return Optional.empty();
    }
}
