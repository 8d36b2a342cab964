package csp.shared.error;

import csp.shared.storage.StaleConnections;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** What is written of a request that failed: the cause is for our log, never for the caller. */
@ApplicationScoped
public class FailureLog {

    private static final Logger LOG = Logger.getLogger(FailureLog.class);
    private static final int MOST_CHARACTERS = 500;

    private final StaleConnections connections;

    FailureLog(StaleConnections connections) {
        this.connections = connections;
    }

    /**
     * A trace for a fault of ours, one line for a database that is not there, nothing for a lost race. Never fails itself.
     *
     * @param correlationId of the request; may be null
     */
    public void tell(FailureKind kind, Throwable failure, String correlationId) {
        try {
            if (kind == FailureKind.BUG) {
                LOG.errorf(failure, "Request %s failed", correlationId);
            } else if (kind == FailureKind.UNAVAILABLE) {
                LOG.warnf("Request %s was not answered: %s", correlationId, reason(failure));
                if (FailureKind.isBrokenConnection(failure)) {
                    connections.drop();
                }
            }
        } catch (RuntimeException oddException) { // one that cannot even be printed
            LOG.errorf(
                    "Request %s failed with %s",
                    correlationId, failure.getClass().getName());
        }
    }

    /** In one line: what it was caused by in the end. */
    private static String reason(Throwable failure) {
        var causes = FailureKind.causes(failure);
        var reason = causes.get(causes.size() - 1).toString().replaceAll("\\s+", " ");
        return reason.length() <= MOST_CHARACTERS ? reason : reason.substring(0, MOST_CHARACTERS) + "...";
    }
}
