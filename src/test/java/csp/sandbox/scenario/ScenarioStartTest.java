package csp.sandbox.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import csp.testsupport.PostgresTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScenarioStartTest {

    @Inject
    ScenarioService scenarios;

    @Inject
    AgroalDataSource database;

    @Test
    void of_several_copies_that_start_together_on_an_empty_database_one_loads_the_world() throws Exception {
        scenarios.reset();
        var world = scenarios.export();
        emptyDatabase();
        var copies = Executors.newFixedThreadPool(4);
        try {
            var barrier = new CyclicBarrier(4);
            var starts = new ArrayList<Future<?>>();
            for (var i = 0; i < 4; i++) {
                starts.add(copies.submit(() -> {
                    barrier.await(10, SECONDS);
                    scenarios.loadIntoEmptyDatabase();
                    return null;
                }));
            }
            for (var start : starts) {
                start.get(60, SECONDS);
            }
        } finally {
            copies.shutdownNow();
        }
        assertEquals(world, scenarios.export());
    }

    @Test
    void a_database_that_is_not_empty_is_left_alone() throws SQLException {
        scenarios.reset();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("update customer set company_name = 'Renamed' where domain = 'alpine.example'");
        }
        var world = scenarios.export();
        scenarios.loadIntoEmptyDatabase();
        assertEquals(world, scenarios.export());
        scenarios.reset();
    }

    private void emptyDatabase() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("truncate partner, customer cascade");
        }
    }
}
