package csp.platform.throttling.api;

import csp.platform.throttling.RateLimitException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The body without code and description: one client reads {@code Retry-After} of no other (errors-and-headers.md §1, ST6). */
class RateLimitMapper {

    record ThrottledBody(int statusCode, String message) {}

    @ServerExceptionMapper
    RestResponse<ThrottledBody> refused(RateLimitException refusal) {
        var seconds = refusal.secondsToWait();
        return RestResponse.ResponseBuilder.<ThrottledBody>create(RestResponse.Status.TOO_MANY_REQUESTS)
                .entity(new ThrottledBody(429, "Rate limit is exceeded. Try again in %d seconds.".formatted(seconds)))
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
