package csp.identity.api;

import csp.identity.TokenService;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The token endpoints that clients of the real service call (identity.md §1, §3). */
@Path("/")
@Produces(TokenAnswer.JSON)
public class TokenResource {

    private final TokenService tokens;
    private final OAuthErrorMapper errors;

    TokenResource(TokenService tokens, OAuthErrorMapper errors) {
        this.tokens = tokens;
        this.errors = errors;
    }

    @POST
    @Path("{tenant}/oauth2/token")
    public Response requestToken(
            String tenant, @Context HttpHeaders headers, RoutingContext context, InputStream body) {
        tokens.requireOwnIssuer();
        return TokenAnswer.v1(errors.issued(() -> tokens.issue(tenant, TokenForm.read(body, headers)), context));
    }

    @POST
    @Path("{tenant}/oauth2/v2.0/token")
    public Response requestTokenV2(
            String tenant, @Context HttpHeaders headers, RoutingContext context, InputStream body) {
        tokens.requireOwnIssuer();
        return TokenAnswer.v2(errors.issued(() -> tokens.issue(tenant, TokenForm.read(body, headers)), context));
    }

    @ServerExceptionMapper
    Response refusedByFramework(WebApplicationException e, RoutingContext context) {
        return errors.unreadable(context);
    }
}
