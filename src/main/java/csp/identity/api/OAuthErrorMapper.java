package csp.identity.api;

import static csp.identity.OAuthError.REQUEST_MALFORMED;

import csp.identity.OAuthError;
import csp.identity.OAuthException;
import csp.shared.id.Guid;
import csp.shared.time.MachineTime;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where a refusal of a token endpoint becomes a response. */
@ApplicationScoped
class OAuthErrorMapper {

    /** How sign-in libraries name what ties their requests together; others use the header of the partner API. */
    private static final String CLIENT_REQUEST_ID = "client-request-id";

    /** Longer than the longest queue of sign-ins takes. */
    private static final int RETRY_AFTER_SECONDS = 3;

    private final Clock clock;

    OAuthErrorMapper(@MachineTime Clock clock) {
        this.clock = clock;
    }

    @ServerExceptionMapper
    public Response refused(OAuthException e, RoutingContext context) {
        var response = TokenAnswer.refused(
                e.error, OAuthErrorBody.of(e, clock.instant(), UUID.randomUUID().toString(), correlationId(context)));
        // Only a client that tried Basic is asked for it (RFC 6749 §5.2); a browser would open its password dialog for
        // others.
        if (e.error.status == 401 && TokenForm.isBasic(context.request().getHeader(HttpHeaders.AUTHORIZATION))) {
            return Response.fromResponse(response)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"token\"")
                    .build();
        }
        if (e.error == OAuthError.TOO_BUSY) {
            return Response.fromResponse(response)
                    .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                    .build();
        }
        return response;
    }

    /** What the framework refuses by itself, such as a Content-Type that is none. */
    Response unreadable(RoutingContext context) {
        return refused(
                new OAuthException(REQUEST_MALFORMED, "The headers of the request cannot be read or fulfilled."),
                context);
    }

    private static String correlationId(RoutingContext context) {
        return Stream.of(
                        context.request().getHeader(CLIENT_REQUEST_ID),
                        context.response().headers().get("MS-CorrelationId"))
                .filter(Objects::nonNull)
                .flatMap(id -> Guid.read(id).stream())
                .findFirst()
                .orElseGet(UUID::randomUUID)
                .toString();
    }
}
