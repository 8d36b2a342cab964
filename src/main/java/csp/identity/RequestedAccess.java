package csp.identity;

import static csp.identity.OAuthError.RESOURCE_INVALID;
import static csp.identity.OAuthError.SCOPE_INVALID;

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
    /** Asked for by archived client libraries; whether its tokens are of use is a setting (W40). */
    static final String LEGACY_API = "https://graph.windows.net";

    static final List<String> AUDIENCES = List.of(PARTNER_API, LEGACY_API);

    /** The application id of the partner API, by which it may be named too (W43). */
    private static final String PARTNER_API_ID = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd";

    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Set<String> SIGN_IN_SCOPES = Set.of("openid", "offline_access", "profile", "email");
    private static final Set<String> PERMISSIONS = Set.of("/.default", "/user_impersonation");

    /** Errors: invalid_resource, invalid_scope. */
    static RequestedAccess of(TokenRequest request) {
        var resource = request.optional("resource").map(RequestedAccess::audienceOfResource);
        var scope = request.optional("scope");
        var scoped = scope.flatMap(RequestedAccess::audienceOfScope);
        if (resource.isPresent() && scoped.isPresent() && !resource.equals(scoped)) {
            throw new OAuthException(SCOPE_INVALID, "The parameters 'resource' and 'scope' name different APIs.");
        }
        return new RequestedAccess(resource.or(() -> scoped), scope);
    }

    /** The named API, or invalid_request or invalid_scope when there is none. */
    String requiredAudience() {
        return audience.orElseThrow(() -> scope.isEmpty()
                ? TokenRequest.missing("'resource' (or 'scope')")
                : new OAuthException(
                        SCOPE_INVALID,
                        "The parameter 'scope' names no API, add for example " + PARTNER_API + "/.default."));
    }

    private static Optional<String> api(String name) {
        return name.equalsIgnoreCase(PARTNER_API_ID)
                ? Optional.of(PARTNER_API)
                : AUDIENCES.stream()
                        .filter(audience -> name.equals(audience) || name.equals(audience + "/"))
                        .findFirst();
    }

    private static String audienceOfResource(String resource) {
        return api(resource)
                .orElseThrow(() -> new OAuthException(
                        RESOURCE_INVALID, "The parameter 'resource' must be one of " + AUDIENCES + "."));
    }

    private static Optional<String> audienceOfScope(String scope) {
        Optional<String> found = Optional.empty();
        for (var name : SPACES.split(scope.strip())) {
            if (SIGN_IN_SCOPES.contains(name)) {
                continue;
            }
            var audience = PERMISSIONS.stream()
                    .filter(name::endsWith)
                    .flatMap(permission -> api(name.substring(0, name.length() - permission.length())).stream())
                    .findFirst();
            if (audience.isEmpty() || found.isPresent() && !found.equals(audience)) {
                throw new OAuthException(
                        SCOPE_INVALID,
                        "The parameter 'scope' may name one of " + AUDIENCES
                                + " with /.default or /user_impersonation, and openid, profile, email, offline_access.");
            }
            found = audience;
        }
        return found;
    }
}
