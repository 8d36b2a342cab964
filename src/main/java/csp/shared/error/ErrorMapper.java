package csp.shared.error;

import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.METHOD_NOT_ALLOWED;
import static csp.shared.error.ErrorCode.NOT_ACCEPTABLE;
import static csp.shared.error.ErrorCode.RESOURCE_BUSY;
import static csp.shared.error.ErrorCode.RESOURCE_NOT_FOUND;
import static csp.shared.error.ErrorCode.SERVICE_UNAVAILABLE;
import static csp.shared.error.ErrorCode.UNEXPECTED;
import static csp.shared.error.ErrorCode.UNSUPPORTED_MEDIA_TYPE;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The only place where an exception becomes an answer. It never fails itself, or the framework would answer with a stack trace. */
@ApplicationScoped
class ErrorMapper {

    private final FailureLog log;

    ErrorMapper(FailureLog log) {
        this.log = log;
    }

    @ServerExceptionMapper
    RestResponse<ErrorBody> refused(DomainException refusal, RoutingContext context) {
        return answer(context, refusal.error, new ErrorBody(refusal));
    }

    /** What the framework refuses before a resource runs: an unknown path, method, content type or Accept header. */
    @ServerExceptionMapper
    RestResponse<ErrorBody> refusedByFramework(WebApplicationException refusal, RoutingContext context) {
        var request = context.request();
        return switch (refusal.getResponse().getStatus()) {
            case 400 -> answer(context, INVALID_INPUT, "the headers of the request cannot be read.");
            case 404 -> answer(context, RESOURCE_NOT_FOUND, request.path());
            case 405 -> answer(context, METHOD_NOT_ALLOWED, request.method(), request.path());
            case 406 -> answer(context, NOT_ACCEPTABLE, request.getHeader(HttpHeaders.ACCEPT));
            case 415 -> answer(context, UNSUPPORTED_MEDIA_TYPE, request.getHeader(HttpHeaders.CONTENT_TYPE));
            default -> failed(refusal, context);
        };
    }

    @ServerExceptionMapper
    RestResponse<ErrorBody> failed(Throwable failure, RoutingContext context) {
        var correlationId = context.response().headers().get("MS-CorrelationId");
        var kind = FailureKind.of(failure);
        log.tell(kind, failure, correlationId);
        return switch (kind) {
            case LOST_RACE -> answer(context, RESOURCE_BUSY);
            case UNAVAILABLE -> answer(context, SERVICE_UNAVAILABLE);
            case BUG -> answer(context, UNEXPECTED, correlationId);
        };
    }

    private static RestResponse<ErrorBody> answer(RoutingContext context, ErrorCode error, Object... arguments) {
        return answer(context, error, new ErrorBody(error, arguments));
    }

    private static RestResponse<ErrorBody> answer(RoutingContext context, ErrorCode error, ErrorBody body) {
        AnsweredError.note(context, error);
        var answer = RestResponse.ResponseBuilder.<ErrorBody>create(error.status)
                .entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE);
        if (error.status == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        } else if (error == SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, ErrorCode.RETRY_AFTER_SECONDS);
        }
        return answer.build();
    }
}
