package csp.identity;

import static csp.identity.OAuthError.INVALID_RESOURCE;
import static csp.identity.OAuthError.INVALID_SCOPE;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a token is asked for: {@code resource} or {@code scope}, either, on both token endpoints (identity.md §1).
 *
 * @param audience the API the token is for, one of {@link #AUDIENCES}; empty when the request names none
 * @param scope the scopes as requested; empty when the request names none
 */
record RequestedAccess(Optional<String> audience, Optional<String> scope) {

    static final String PARTNER_API = "https://api.partnercenter.microsoft.com";
    static final List<String> AUDIENCES = List.of(PARTNER_API, "https://graph.windows.net");

    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Set<String> SIGN_IN_SCOPES = Set.of("openid", "offline_access", "profile");
    private static final Set<String> PERMISSIONS = Set.of("/.default", "/user_impersonation");

    /** Errors: invalid_resource, invalid_scope. */
    static RequestedAccess of(TokenRequest request) {
        var resource = request.optional("resource").map(RequestedAccess::audienceOfResource);
        var scope = request.optional("scope");
        var scoped = scope.flatMap(RequestedAccess::audienceOfScope);
        if (resource.isPresent() && scoped.isPresent() && !resource.equals(scoped)) {
            throw new OAuthException(INVALID_SCOPE, "The parameters 'resource' and 'scope' name different APIs.");
        }
        return new RequestedAccess(resource.or(() -> scoped), scope);
    }

    /** The named API, or invalid_request or invalid_scope when there is none. */
    String requiredAudience() {
        return audience.orElseThrow(() -> scope.isEmpty()
                ? TokenRequest.missing("'resource' (or 'scope')")
                : new OAuthException(
                        INVALID_SCOPE,
                        "The parameter 'scope' names no API, add for example " + PARTNER_API + "/.default."));
    }

    private static String audienceOfResource(String resource) {
        return AUDIENCES.stream()
                .filter(audience -> resource.equals(audience) || resource.equals(audience + "/"))
                .findFirst()
                .orElseThrow(() -> new OAuthException(
                        INVALID_RESOURCE, "The parameter 'resource' must be one of " + AUDIENCES + "."));
    }

    private static Optional<String> audienceOfScope(String scope) {
        Optional<String> found = Optional.empty();
        for (var name : SPACES.split(scope.strip())) {
            if (SIGN_IN_SCOPES.contains(name)) {
                continue;
            }
            var audience = AUDIENCES.stream()
                    .filter(api -> PERMISSIONS.stream().anyMatch(p -> name.equals(api + p)))
                    .findFirst();
            if (audience.isEmpty() || found.isPresent() && !found.equals(audience)) {
                throw new OAuthException(
                        INVALID_SCOPE,
                        "The parameter 'scope' may name one of " + AUDIENCES
                                + " with /.default or /user_impersonation, and openid, profile, offline_access.");
            }
            found = audience;
        }
        return found;
    }
}
