package csp.platform.log;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * Puts a {@link DroppingHandler} before the console: an output that nobody reads blocks whoever writes to it, be it the event loop of
 * all connections. The asynchronous handler of the framework drops lines as well, but does not say how many.
 */
@ApplicationScoped
class UnblockedConsole {

    private static final int EARLY = 1;

    private final MeterRegistry meters;

    UnblockedConsole(MeterRegistry meters) {
        this.meters = meters;
    }

    void install(@Observes @Priority(EARLY) StartupEvent start) {
        for (var handler : Logger.getLogger("").getHandlers()) {
            if (handler instanceof ExtHandler outer) {
                for (var inner : outer.getHandlers()) {
                    if (inner instanceof ConsoleHandler console) {
                        putBefore(console, outer);
                    }
                }
            }
        }
    }

    private void putBefore(ConsoleHandler console, ExtHandler outer) {
        var dropping = new DroppingHandler();
        console.setAutoFlush(false);
        dropping.addHandler(console);
        outer.removeHandler(console);
        outer.addHandler(dropping);
        FunctionCounter.builder("csp.log.dropped", dropping, DroppingHandler::dropped)
                .description("Lines of the log that were dropped because nobody read the output")
                .register(meters);
    }
}
