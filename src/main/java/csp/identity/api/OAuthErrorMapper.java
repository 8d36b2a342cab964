package csp.identity.api;

import csp.identity.OAuthError;
import csp.identity.OAuthException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where a refusal of a token endpoint becomes a response. */
class OAuthErrorMapper {

    @ServerExceptionMapper
    public Response refused(OAuthException e, ContainerRequestContext request) {
        var response = TokenAnswer.refused(e.error, e.getMessage());
        // Only a client that tried Basic is asked for it (RFC 6749 §5.2); a browser would open its password dialog for
        // others.
        if (e.error == OAuthError.INVALID_CLIENT
                && TokenForm.isBasic(request.getHeaderString(HttpHeaders.AUTHORIZATION))) {
            return Response.fromResponse(response)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"token\"")
                    .build();
        }
        return response;
    }
}
