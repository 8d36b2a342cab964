package csp.identity.api;

import static csp.shared.error.ErrorCode.TOKEN_MISSING;

import csp.identity.OAuthError;
import csp.identity.OAuthException;
import csp.identity.TokenVerifier;
import csp.identity.VerifiedToken;
import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import io.quarkus.arc.ClientProxy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Asks every request for a bearer token before its resource is even looked for, so that a path tells nothing to strangers; open
 * are the token endpoints, what leads to them, the certificates of webhooks, and {@code /q} (design §1).
 */
@ApplicationScoped // not a singleton, which would be made before the settings of the run are known
class BearerFilter {

    private static final Pattern TOKEN_ENDPOINT =
            Pattern.compile("/sandbox/oauth2/token/?|/(?!sandbox/)[^/]+/oauth2/(v2\\.0/)?token/?");
    private static final Pattern DISCOVERY = Pattern.compile("/common/discovery/instance/?"
            + "|/(?!sandbox/)[^/]+/((v2\\.0/)?\\.well-known/openid-configuration|discovery/(v2\\.0/)?keys)/?");
    /** Receivers verify notifications with it and have no token (design §1). */
    private static final Pattern WEBHOOK_CERTIFICATE = Pattern.compile("/webhooks/v1/certificates/[^/]+/?");

    private static final String BEARER = "Bearer ";

    private final TokenVerifier verifier;
    private final Admission admission;
    private final CurrentCaller currentCaller;

    BearerFilter(TokenVerifier verifier, Admission admission, CurrentCaller currentCaller) {
        this.verifier = verifier;
        this.admission = admission;
        this.currentCaller = currentCaller;
    }

    /** Null when the verdict was reached at once, so that the request goes on without a change of thread. */
    @ServerRequestFilter(preMatching = true, priority = Priorities.AUTHENTICATION)
    public Uni<Response> check(ContainerRequestContext request, RoutingContext routing) {
        // What resources are matched with: doubled slashes and dots resolved, needless escapes undone.
        var path = routing.normalizedPath();
        if (isTokenEndpoint(path)) {
            requirePost(request.getMethod());
            return null;
        }
        if (admission.isOpen(path)
                || DISCOVERY.matcher(path).matches()
                || WEBHOOK_CERTIFICATE.matcher(path).matches()) {
            return null;
        }
        admission.requireExistingSurface(path);
        var token = bearerToken(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        // The request's own object: on the worker thread below, the proxy would find no request.
        var caller = ClientProxy.unwrap(currentCaller);
        var verified = verifier.verifyAtOnce(token);
        if (verified.isPresent()) {
            var refusal = admit(verified.get(), path, caller);
            return refusal == null ? null : Uni.createFrom().item(refusal);
        }
        return verifier.verify(token).map(found -> admit(found, path, caller));
    }

    static boolean isTokenEndpoint(String path) {
        return TOKEN_ENDPOINT.matcher(path).matches();
    }

    /** The token in the header. Error: 401 code 800001 when there is none, or another scheme. */
    static String bearerToken(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new DomainException(TOKEN_MISSING);
        }
        var token = authorization.substring(BEARER.length()).strip();
        if (token.isEmpty()) {
            throw new DomainException(TOKEN_MISSING);
        }
        return token;
    }

    private Response admit(VerifiedToken token, String path, CurrentCaller caller) {
        admission.requireSupportedAudience(token, path);
        if (admission.lacksMfa(token)) {
            // Recorded without a body (identity.md §5).
            return Response.status(401, "Unauthorized - MFA required")
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                    .build();
        }
        admission.require(token, path);
        caller.set(token.caller());
        return null;
    }

    private static void requirePost(String method) {
        if (!method.equals("POST")) {
            throw new OAuthException(OAuthError.METHOD_NOT_ALLOWED, "Tokens are requested with POST.");
        }
    }
}
