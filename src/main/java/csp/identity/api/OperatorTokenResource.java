package csp.identity.api;

import csp.identity.TokenService;
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

    OperatorTokenResource(TokenService tokens) {
        this.tokens = tokens;
    }

    @POST
    public Response requestOperatorToken(@Context HttpHeaders headers, InputStream body) {
        tokens.requireOwnIssuer();
        return TokenAnswer.v1(tokens.issueToOperator(TokenForm.read(body, headers)));
    }

    /** What the framework refuses by itself, such as a Content-Type that is none. */
    @ServerExceptionMapper
    Response refusedByFramework(WebApplicationException e) {
        return TokenAnswer.unreadable();
    }
}
