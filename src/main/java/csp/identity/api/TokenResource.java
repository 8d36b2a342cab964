package csp.identity.api;

import static csp.shared.error.ErrorCode.BODY_TOO_LARGE;
import static csp.shared.error.ErrorCode.FORM_EXPECTED;
import static csp.shared.error.ErrorCode.INVALID_INPUT;

import java.io.InputStream;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import csp.identity.OAuthException;
import csp.identity.TokenService;
import csp.shared.error.DomainException;

/** The token endpoints that clients of the real service call (identity.md §1, §3). */
@Path("/")
@Produces(TokenAnswer.JSON)
public class TokenResource {

    private final TokenService tokens;

    TokenResource(TokenService tokens) {
        this.tokens = tokens;
    }

    @POST
    @Path("{tenant}/oauth2/token")
    public Response requestToken(String tenant, @Context HttpHeaders headers, InputStream body) {
        tokens.requireOwnIssuer();
        return TokenAnswer.v1(tokens.issue(tenant, TokenForm.read(body, headers)));
    }

    @POST
    @Path("{tenant}/oauth2/v2.0/token")
    public Response requestTokenV2(String tenant, @Context HttpHeaders headers, InputStream body) {
        tokens.requireOwnIssuer();
        return TokenAnswer.v2(tokens.issue(tenant, TokenForm.read(body, headers)));
    }

    /** Part of the mirrored API, not a token endpoint: its errors have the four fields of that API. */
    @POST
    @Path("generatetoken")
    public Response generateToken(@Context HttpHeaders headers, InputStream body) {
        tokens.requireOwnIssuer();
        requireExchange(headers, body);
        return TokenAnswer.v1(tokens.exchange(BearerFilter.bearerToken(headers.getHeaderString(HttpHeaders.AUTHORIZATION))));
    }

    private static void requireExchange(HttpHeaders headers, InputStream body) {
        try {
            if (!"jwt_token".equals(TokenForm.read(body, headers).required("grant_type"))) {
                throw new DomainException(INVALID_INPUT, "grant_type must be jwt_token.");
            }
        } catch (OAuthException e) {
            throw switch (e.error) {
                case BODY_TOO_LARGE -> new DomainException(BODY_TOO_LARGE, TokenForm.MOST_BYTES);
                case NOT_A_FORM -> new DomainException(FORM_EXPECTED, headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
                default -> new DomainException(INVALID_INPUT, e.getMessage());
            };
        }
    }
}
