package csp.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

import csp.testsupport.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class DemoWorldTest {

    @Inject
    ScenarioService scenarios;

    @Test
    void the_demo_world_loads_again_without_changing_anything() throws IOException {
        scenarios.reset();
        var before = scenarios.export();
        var again = scenarios.load(StartupScenario.class.getResourceAsStream("/scenarios/demo.json"));
        assertEquals(new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0), again);
        assertEquals(before, scenarios.export());
        scenarios.load(new ByteArrayInputStream(before.getBytes(StandardCharsets.UTF_8)));
        scenarios.reset();
        assertEquals(before, scenarios.export());
    }
}
