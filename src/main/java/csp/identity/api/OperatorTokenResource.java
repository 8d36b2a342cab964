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

/**
 * The operator's sign-in (design §5). A class of its own, whose whole path is literal, so that no template is chosen instead.
 */
@Path("/sandbox/oauth2/token")
@Produces(TokenAnswer.JSON)
public class OperatorTokenResource {

    private final TokenService tokens;
    private final OAuthErrorMapper errors;

    OperatorTokenResource(TokenService tokens, OAuthErrorMapper errors) {
        this.tokens = tokens;
        this.errors = errors;
    }

    @POST
    public Response requestOperatorToken(@Context HttpHeaders headers, RoutingContext context, InputStream body) {
        tokens.requireOwnIssuer();
        return TokenAnswer.v1(errors.issued(() -> tokens.issueToOperator(TokenForm.read(body, headers)), context));
    }

    @ServerExceptionMapper
    Response refusedByFramework(WebApplicationException e, RoutingContext context) {
        return errors.unreadable(context);
    }
}
