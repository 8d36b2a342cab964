package csp.commerce.agreement.api;

import csp.commerce.agreement.AlreadyConfirmedException;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one refusal with a body of its own (errors-and-headers.md §1): a client tells it by its {@code errorName}. */
class AlreadyConfirmedMapper {

    record AlreadyConfirmedBody(
            int code,
            String message,
            String description,
            String errorName,
            boolean isRetryable,
            Map<String, String> parameters,
            String errorMessageExtended) {}

    @ServerExceptionMapper
    RestResponse<AlreadyConfirmedBody> refused(AlreadyConfirmedException refusal) {
        var code = refusal.error.code;
        return RestResponse.ResponseBuilder.<AlreadyConfirmedBody>create(refusal.error.status)
                .entity(new AlreadyConfirmedBody(
                        code,
                        refusal.getMessage(),
                        refusal.getMessage(),
                        "PartnerConfirmedAgreementAlreadyExists",
                        false,
                        Map.of(),
                        "InternalErrorCode=" + code))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
