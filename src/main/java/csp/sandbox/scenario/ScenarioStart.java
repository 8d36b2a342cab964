package csp.sandbox.scenario;

import csp.platform.jobs.StartOrder;
import csp.shared.error.DomainException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Loads the start-up scenario; a broken one stops the start with one sentence. */
@ApplicationScoped
class ScenarioStart {

    private final ScenarioService scenarios;
    private final StartupScenario startup;

    ScenarioStart(ScenarioService scenarios, StartupScenario startup) {
        this.scenarios = scenarios;
        this.startup = startup;
    }

    void onStart(@Observes @Priority(StartOrder.WORLD) StartupEvent event) {
        if (startup.isNone()) {
            return;
        }
        try {
            scenarios.loadIntoEmptyDatabase();
        } catch (DomainException e) {
            throw new IllegalStateException(startup.explain(e));
        }
    }
}
