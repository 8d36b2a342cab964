package csp.identity;

import static csp.identity.OAuthError.PARAMETER_MISSING;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parameters of a token request, each at most once. An empty value counts as absent (RFC 6749 §3.2). */
public class TokenRequest {

    private final Map<String, String> parameters;

    public TokenRequest(Map<String, String> parameters) {
        this.parameters = Map.copyOf(parameters);
    }

    /** The value, or invalid_request naming the parameter. */
    public String required(String name) {
        return optional(name).orElseThrow(() -> missing("'" + name + "'"));
    }

    /** {@code grant_type} in lower case, as the directory takes it in any (W42). */
    public String grantType() {
        return required("grant_type").toLowerCase(Locale.ROOT);
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    static OAuthException missing(String what) {
        return new OAuthException(PARAMETER_MISSING, "The body must contain the parameter " + what + ".");
    }
}
