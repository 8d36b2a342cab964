package csp.identity.api;

import static csp.identity.OAuthError.REQUEST_MALFORMED;
import static csp.identity.OAuthError.TEMPORARILY_UNAVAILABLE;

import csp.identity.OAuthException;
import csp.shared.error.ErrorCode;
import csp.shared.error.FailureKind;
import csp.shared.error.FailureLog;
import csp.shared.id.Guid;
import csp.shared.time.MachineTime;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where a refusal of a token endpoint becomes a response. */
@ApplicationScoped
class OAuthErrorMapper {

    /** How sign-in libraries name what ties their requests together; others use the header of the partner API. */
    private static final String CLIENT_REQUEST_ID = "client-request-id";

    private final Clock clock;
    private final FailureLog log;

    OAuthErrorMapper(@MachineTime Clock clock, FailureLog log) {
        this.clock = clock;
        this.log = log;
    }

    /** Error: temporarily_unavailable when the database cannot be asked. */
    <T> T issued(Supplier<T> tokens, RoutingContext context) {
        try {
            return tokens.get();
        } catch (RuntimeException e) {
            var kind = FailureKind.of(e);
            if (kind != FailureKind.UNAVAILABLE) {
                throw e;
            }
            log.tell(kind, e, correlationId(context));
            throw new OAuthException(
                    TEMPORARILY_UNAVAILABLE, "A transient error has occurred. Please try again after some seconds.");
        }
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
        if (e.error == TEMPORARILY_UNAVAILABLE) {
            return Response.fromResponse(response)
                    .header(HttpHeaders.RETRY_AFTER, ErrorCode.RETRY_AFTER_SECONDS)
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

    static String correlationId(RoutingContext context) {
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
