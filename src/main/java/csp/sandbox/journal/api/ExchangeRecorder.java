package csp.sandbox.journal.api;

import csp.sandbox.journal.JournalConfig;
import csp.shared.caller.CurrentCaller;
import csp.shared.config.CspConfig;
import csp.shared.http.InnerRequests;
import csp.shared.time.MachineTime;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Takes down requests for the journal of the sandbox, refused ones and those that no operation matches too; not those of whoever looks at
 * the sandbox. An exchange is handed to the writer before the first byte of its answer is sent: who has an answer finds it.
 */
@ApplicationScoped
class ExchangeRecorder {

    /** Before the envelope, which may refuse. */
    private static final int BEFORE_THE_ENVELOPE = 10_500;

    private static final Pattern NOT_RECORDED = Pattern.compile("/+(q|sandbox|console)(/.*)?");

    // Filters are there before the settings of the run.
    private final Provider<CspConfig> service;
    private final Provider<JournalConfig> config;
    private final Provider<JournalWriter> writer;
    private final CurrentCaller caller;
    private final Clock clock;
    private final Clock machine;
    private final InnerRequests inner;
    private volatile Journal journal;

    ExchangeRecorder(
            Provider<CspConfig> service,
            Provider<JournalConfig> config,
            Provider<JournalWriter> writer,
            CurrentCaller caller,
            Clock clock,
            @MachineTime Clock machine,
            InnerRequests inner) {
        this.service = service;
        this.config = config;
        this.writer = writer;
        this.caller = caller;
        this.clock = clock;
        this.machine = machine;
        this.inner = inner;
    }

    /** @param writer null when nothing is recorded */
    private record Journal(JournalWriter writer, int bodyBytes) {}

    void register(@Observes Filters filters) {
        filters.register(this::begin, BEFORE_THE_ENVELOPE);
    }

    private void begin(RoutingContext context) {
        if (isOn() && !NOT_RECORDED.matcher(context.request().path()).matches() && !inner.isMarked(context.request())) {
            if (RecordedExchange.of(context) == null) {
                new RecordedExchange(context, machine.instant(), clock.instant()).attachTo(context);
                context.addEndHandler(ignored -> end(context, context.response().headWritten()));
            }
            // Anew for a request that is sent on with another path, which forgets those that it had.
            context.addHeadersEndHandler(ignored -> end(context, true));
        }
        context.next();
    }

    /** What only the resource knows: who is calling, and what is answered. */
    @ServerResponseFilter
    public void note(ContainerResponseContext response, RoutingContext context) {
        var exchange = isOn() ? RecordedExchange.of(context) : null;
        if (exchange != null) {
            exchange.caller = caller.get();
            exchange.answer = response.getEntity();
        }
    }

    private void end(RoutingContext context, boolean isAnswered) {
        var exchange = RecordedExchange.of(context);
        if (exchange.end(context, isAnswered, journal().bodyBytes) && !exchange.isOfPage()) {
            journal().writer.take(exchange);
        }
    }

    private boolean isOn() {
        return journal().writer != null;
    }

    private Journal journal() {
        var known = journal;
        if (known == null) {
            var isOn = service.get().sandbox() && config.get().entriesPerPartner() > 0;
            known = new Journal(isOn ? writer.get() : null, config.get().bodyBytes());
            journal = known;
        }
        return known;
    }
}
