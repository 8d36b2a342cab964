package csp.identity.api;

import static csp.shared.error.ErrorCode.BODY_TOO_LARGE;
import static csp.shared.error.ErrorCode.FORM_EXPECTED;
import static csp.shared.error.ErrorCode.INVALID_INPUT;

import csp.identity.OAuthException;
import csp.identity.TokenService;
import csp.shared.error.DomainException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/**
 * Exchanges a token for another one of the same identity (identity.md §3). Part of the mirrored API and no token
 * endpoint, so its errors have the four fields of that API.
 */
@Path("/generatetoken")
@Produces(TokenAnswer.JSON)
public class GenerateTokenResource {

    private final TokenService tokens;

    GenerateTokenResource(TokenService tokens) {
        this.tokens = tokens;
    }

    @POST
    public Response generateToken(@Context HttpHeaders headers, InputStream body) {
        tokens.requireOwnIssuer();
        requireExchange(headers, body);
        return TokenAnswer.v1(
                tokens.exchange(BearerFilter.bearerToken(headers.getHeaderString(HttpHeaders.AUTHORIZATION))));
    }

    private static void requireExchange(HttpHeaders headers, InputStream body) {
        try {
            if (!"jwt_token".equals(TokenForm.read(body, headers).grantType())) {
                throw new DomainException(INVALID_INPUT, "grant_type must be jwt_token.");
            }
        } catch (OAuthException e) {
            throw switch (e.error) {
                case BODY_TOO_LARGE -> new DomainException(BODY_TOO_LARGE, TokenForm.MOST_BYTES);
                case NOT_A_FORM ->
                    new DomainException(FORM_EXPECTED, headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
                default -> new DomainException(INVALID_INPUT, e.getMessage());
            };
        }
    }
}
