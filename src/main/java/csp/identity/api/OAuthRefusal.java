package csp.identity.api;

import static csp.identity.OAuthError.REQUEST_MALFORMED;
import static csp.identity.OAuthError.TEMPORARILY_UNAVAILABLE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import csp.identity.OAuthException;
import csp.shared.error.ErrorBody;
import csp.shared.error.ErrorCode;
import csp.shared.http.RefusalForm;
import csp.shared.time.MachineTime;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/** What the token endpoints answer where no resource of theirs was reached. */
@ApplicationScoped
class OAuthRefusal implements RefusalForm {

    private final ObjectMapper json;
    private final Clock clock;

    OAuthRefusal(ObjectMapper json, @MachineTime Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    @Override
    public boolean isOf(String path) {
        return BearerFilter.isTokenEndpoint(path);
    }

    @Override
    public Buffer body(RoutingContext context, ErrorCode error, Object... arguments) {
        var refusal = new OAuthException(
                error.status == 503 ? TEMPORARILY_UNAVAILABLE : REQUEST_MALFORMED,
                new ErrorBody(error, arguments).description());
        try {
            return Buffer.buffer(json.writeValueAsBytes(OAuthErrorBody.of(
                    refusal, clock.instant(), UUID.randomUUID().toString(), OAuthErrorMapper.correlationId(context))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
