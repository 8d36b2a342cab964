package csp.identity.api;

import static csp.shared.error.ErrorCode.CUSTOMER_USER_REFUSED;
import static csp.shared.error.ErrorCode.OPERATOR_ONLY;
import static csp.shared.error.ErrorCode.OPERATOR_OUTSIDE_SANDBOX;
import static csp.shared.error.ErrorCode.RESOURCE_NOT_FOUND;
import static csp.shared.error.ErrorCode.TOKEN_MISSING;

import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import csp.identity.IdentityConfig;
import csp.identity.OAuthError;
import csp.identity.OAuthException;
import csp.identity.TokenVerifier;
import csp.identity.VerifiedToken;
import csp.shared.config.CspConfig;
import csp.shared.error.DomainException;
import csp.shared.http.CurrentCaller;
import csp.shared.http.Role;
import io.quarkus.arc.ClientProxy;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;

/**
 * Asks every request for a bearer token before its resource is even looked for, so that a path tells nothing to strangers; open
 * are the token endpoints and {@code /q} (design §1). Keeps the sandbox to its operator and the operator to the sandbox (§5).
 */
@ApplicationScoped // not a singleton, which would be made before the settings of the run are known
class BearerFilter {

    private static final Pattern TOKEN_ENDPOINT = Pattern.compile("/sandbox/oauth2/token/?|/(?!sandbox/)[^/]+/oauth2/(v2\\.0/)?token/?");
    private static final String BEARER = "Bearer ";

    private final TokenVerifier verifier;
    private final CurrentCaller currentCaller;
    private final boolean requireMfa;
    private final boolean sandbox;

    BearerFilter(TokenVerifier verifier, CurrentCaller currentCaller, IdentityConfig config,
            CspConfig service) {
        this.verifier = verifier;
        this.currentCaller = currentCaller;
        this.requireMfa = config.requireMfa();
        this.sandbox = service.sandbox();
    }

    /** Null when the verdict was reached at once, so that the request goes on without a change of thread. */
    @ServerRequestFilter(preMatching = true, priority = Priorities.AUTHENTICATION)
    public Uni<Response> check(ContainerRequestContext request, RoutingContext routing) {
        // What resources are matched with: doubled slashes and dots resolved, needless escapes undone.
        var path = routing.normalizedPath();
        if (TOKEN_ENDPOINT.matcher(path).matches()) {
            requirePost(request.getMethod());
            return null;
        }
        var room = room(path);
        if (room.equals("q")) {
            return null;
        }
        if (room.equals("sandbox") && !sandbox) {
            throw new DomainException(RESOURCE_NOT_FOUND, path);
        }
        var token = bearerToken(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        // The request's own object: on the worker thread below, the proxy would find no request.
        var caller = ClientProxy.unwrap(currentCaller);
        var verified = verifier.verifyAtOnce(token);
        if (verified.isPresent()) {
            var refusal = admit(verified.get(), path, room, caller);
            return refusal == null ? null : Uni.createFrom().item(refusal);
        }
        return Uni.createFrom().item(() -> admit(verifier.verify(token), path, room, caller))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** A refusal names the scheme it wants (RFC 9110 §11.6.1). */
    @ServerResponseFilter
    public void challenge(ContainerRequestContext request, ContainerResponseContext response) {
        var headers = response.getHeaders();
        if (response.getStatus() == 401 && !headers.containsKey(HttpHeaders.WWW_AUTHENTICATE)
                && !(response.getEntity() instanceof OAuthErrorBody)) {
            headers.putSingle(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
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

    private Response admit(VerifiedToken token, String path, String room, CurrentCaller caller) {
        if (requireMfa && !token.caller().isAppOnly() && !token.withMfa()) {
            // Recorded without a body (identity.md §5).
            return Response.status(401, "Unauthorized - MFA required").header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                    .build();
        }
        var operator = token.caller().roles().contains(Role.SANDBOX_OPERATOR);
        if (room.equals("sandbox") && !operator) {
            throw new DomainException(OPERATOR_ONLY, path);
        }
        if (operator && !room.equals("sandbox")) {
            throw new DomainException(OPERATOR_OUTSIDE_SANDBOX, path);
        }
        if (token.ofCustomer() && !room.equals("portal") && !room.equals("generatetoken")) {
            throw new DomainException(CUSTOMER_USER_REFUSED, path);
        }
        caller.set(token.caller());
        return null;
    }

    private static void requirePost(String method) {
        if (!method.equals("POST")) {
            throw new OAuthException(OAuthError.METHOD_NOT_ALLOWED, "Tokens are requested with POST.");
        }
    }

    /** The first segment of the path without matrix parameters, which say nothing to the matching either. */
    private static String room(String path) {
        return path.substring(1).split("[/;]", 2)[0];
    }
}
