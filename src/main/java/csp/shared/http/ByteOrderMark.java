package csp.shared.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import csp.shared.config.WireConfig;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Puts a byte order mark before JSON answers where the settings want it (W1). */
class ByteOrderMark {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Provider<WireConfig> config; // filters are there before the settings of the run
    private volatile WireConfig known;
    private final ObjectMapper json;

    ByteOrderMark(Provider<WireConfig> config, ObjectMapper json) {
        this.config = config;
        this.json = json;
    }

    @ServerResponseFilter
    void mark(ContainerResponseContext answer, RoutingContext request) throws JsonProcessingException {
        if (isWantedAt(request.normalizedPath())
                && answer.hasEntity()
                && answer.getMediaType() != null
                && MediaType.APPLICATION_JSON_TYPE.isCompatible(answer.getMediaType())) {
            var entity = answer.getEntity();
            answer.setEntity(
                    marked(entity instanceof String text ? text.getBytes(UTF_8) : json.writeValueAsBytes(entity)));
        }
    }

    /** The body of an answer to this path. */
    byte[] before(byte[] body, String path) {
        return isWantedAt(path) ? marked(body) : body;
    }

    private boolean isWantedAt(String path) {
        return config().byteOrderMark() && path.startsWith("/v1/") && !path.startsWith("/v1/auditrecords");
    }

    /** Asked of every answer, and the provider makes the object anew each time. */
    private WireConfig config() {
        if (known == null) {
            known = config.get();
        }
        return known;
    }

    private static byte[] marked(byte[] body) {
        var marked = new byte[MARK.length + body.length];
        System.arraycopy(MARK, 0, marked, 0, MARK.length);
        System.arraycopy(body, 0, marked, MARK.length, body.length);
        return marked;
    }
}
