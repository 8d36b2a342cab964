package csp.sandbox.fault.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import csp.sandbox.fault.FaultEffect;
import csp.sandbox.fault.FaultEffect.CutAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What becomes of the answer to a request that a fault struck: it has done what it does, and the caller does not learn all of it. */
class FaultedAnswers {

    private final ObjectMapper json;

    FaultedAnswers(ObjectMapper json) {
        this.json = json;
    }

    /** After whatever else makes a body of the answer; null for the answers that arrive. */
    @ServerResponseFilter(priority = Priorities.USER - 1)
    Uni<Void> spoil(ContainerResponseContext answer, RoutingContext routing) throws JsonProcessingException {
        FaultEffect later = routing.get(FaultFilter.LATER);
        if (later == null) {
            return null;
        } else if (later instanceof CutAnswer cut) {
            cut(answer, routing, cut.bytes());
            return null;
        }
        return FaultFilter.closed(routing);
    }

    /** The headers say how long it would have been. What is not longer arrives. */
    private void cut(ContainerResponseContext answer, RoutingContext routing, int bytes)
            throws JsonProcessingException {
        if (!answer.hasEntity()) {
            return;
        }
        var whole = bytesOf(answer.getEntity());
        if (whole.length <= bytes) {
            return;
        }
        answer.setEntity(Arrays.copyOf(whole, bytes));
        routing.addHeadersEndHandler(ignored ->
                routing.response().headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(whole.length)));
        routing.addEndHandler(ignored -> routing.request().connection().close());
    }

    private byte[] bytesOf(Object entity) throws JsonProcessingException {
        if (entity instanceof byte[] bytes) {
            return bytes;
        }
        return entity instanceof String text ? text.getBytes(UTF_8) : json.writeValueAsBytes(entity);
    }
}
