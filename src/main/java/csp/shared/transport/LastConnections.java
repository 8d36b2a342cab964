package csp.shared.transport;

import io.netty.channel.ServerChannel;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How a stop begins, before the framework closes what there is. Readiness, which is the framework's, goes first, and for a settable
 * time nothing else; then every answer tells its sender to close, the requests under way are answered, and new connections are refused. The connections that are
 * left are the framework's to close when nothing has come for a moment, so that no request is cut off on its way in.
 */
@ApplicationScoped
class LastConnections {

    private static final int BEFORE_THE_ENVELOPE = 15_000;
    private static final long POLL_MILLIS = 20;
    private static final long QUIET_MILLIS = 200;
    /** Under load there is no moment without a request, and no load balancer to turn it away either. */
    private static final long LONGEST_WAIT_FOR_IDLE_MILLIS = 500;

    private static final long LONGEST_WAIT_FOR_QUIET_MILLIS = 10_000;

    private static final Set<ServerChannel> LISTENERS = ConcurrentHashMap.newKeySet();

    private final TransportConfig config;
    private final RequestAdmission admission;
    private volatile boolean isClosing;

    LastConnections(TransportConfig config, RequestAdmission admission) {
        this.config = config;
        this.admission = admission;
    }

    /** Somebody may connect there. Called by Netty, where there are no beans. */
    static void opened(ServerChannel listener) {
        LISTENERS.add(listener);
        listener.closeFuture().addListener(closed -> LISTENERS.remove(listener));
    }

    void register(@Observes Filters filters) {
        filters.register(this::askToClose, BEFORE_THE_ENVELOPE);
    }

    private void askToClose(RoutingContext context) {
        if (isClosing) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        context.next();
    }

    void drain(@Observes ShutdownDelayInitiatedEvent stop) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(config.shutdownDelay().toMillis());
        isClosing = true;
        await(admission::isIdle, POLL_MILLIS, LONGEST_WAIT_FOR_IDLE_MILLIS);
        LISTENERS.forEach(listener -> listener.close().awaitUninterruptibly());
        await(new Quiet(), QUIET_MILLIS, LONGEST_WAIT_FOR_QUIET_MILLIS);
    }

    private static void await(BooleanSupplier condition, long held, long longest) throws InterruptedException {
        var since = 0L;
        for (var waited = 0L; waited < longest && since < held; waited += POLL_MILLIS) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            since = condition.getAsBoolean() ? since + POLL_MILLIS : 0;
        }
    }

    /** Whether nothing is under way and nothing has come since it was asked last. */
    private final class Quiet implements BooleanSupplier {

        private long admitted = admission.admitted();

        @Override
        public boolean getAsBoolean() {
            var before = admitted;
            admitted = admission.admitted();
            return admission.isIdle() && admitted == before;
        }
    }
}
