package csp.shared.error;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.METHOD_NOT_ALLOWED;
import static csp.shared.error.ErrorCode.NOT_ACCEPTABLE;
import static csp.shared.error.ErrorCode.RESOURCE_BUSY;
import static csp.shared.error.ErrorCode.RESOURCE_NOT_FOUND;
import static csp.shared.error.ErrorCode.UNEXPECTED;
import static csp.shared.error.ErrorCode.UNSUPPORTED_MEDIA_TYPE;

import io.vertx.ext.web.RoutingContext;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The only place where an exception becomes an answer. */
class ErrorMapper {

    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);
    /** SQL states of lost races: lock not available, deadlock, serialization failure. */
    private static final Set<String> LOST_RACE = Set.of("55P03", "40P01", "40001");

    @ServerExceptionMapper
    RestResponse<ErrorBody> refused(DomainException refusal) {
        return answer(refusal.error, new ErrorBody(refusal));
    }

    /** What the framework refuses before a resource runs: an unknown path, method, content type or Accept header. */
    @ServerExceptionMapper
    RestResponse<ErrorBody> refusedByFramework(WebApplicationException refusal, RoutingContext context) {
        var request = context.request();
        return switch (refusal.getResponse().getStatus()) {
            case 400 -> answer(INVALID_INPUT, "the headers of the request cannot be read.");
            case 404 -> answer(RESOURCE_NOT_FOUND, request.path());
            case 405 -> answer(METHOD_NOT_ALLOWED, request.method(), request.path());
            case 406 -> answer(NOT_ACCEPTABLE, request.getHeader(HttpHeaders.ACCEPT));
            case 415 -> answer(UNSUPPORTED_MEDIA_TYPE, request.getHeader(HttpHeaders.CONTENT_TYPE));
            default -> bug(refusal, context);
        };
    }

    @ServerExceptionMapper
    RestResponse<ErrorBody> failed(Throwable failure, RoutingContext context) {
        return isLostRace(failure) ? answer(RESOURCE_BUSY) : bug(failure, context);
    }

    /** The cause is for our log, never for the caller. */
    private static RestResponse<ErrorBody> bug(Throwable failure, RoutingContext context) {
        var correlationId = context.response().headers().get("MS-CorrelationId");
        LOG.errorf(failure, "Request %s failed", correlationId);
        return answer(UNEXPECTED, correlationId);
    }

    private static boolean isLostRace(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OptimisticLockException
                    || cause instanceof SQLException sql && LOST_RACE.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static RestResponse<ErrorBody> answer(ErrorCode error, Object... arguments) {
        return answer(error, new ErrorBody(error, arguments));
    }

    private static RestResponse<ErrorBody> answer(ErrorCode error, ErrorBody body) {
        var answer = RestResponse.ResponseBuilder.<ErrorBody>create(error.status)
                .entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE);
        if (error.status == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        } else if (error.status == 503) {
            answer.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer.build();
    }
}
