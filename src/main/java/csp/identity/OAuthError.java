package csp.identity;

/** The refusals of the token endpoints (RFC 6749 §5.2 and the directory's {@code invalid_resource}). */
public enum OAuthError {
    INVALID_REQUEST(400, "invalid_request"),
    INVALID_CLIENT(401, "invalid_client"),
    INVALID_GRANT(400, "invalid_grant"),
    UNAUTHORIZED_CLIENT(400, "unauthorized_client"),
    UNSUPPORTED_GRANT_TYPE(400, "unsupported_grant_type"),
    INVALID_RESOURCE(400, "invalid_resource"),
    INVALID_SCOPE(400, "invalid_scope"),
    BODY_TOO_LARGE(400, "invalid_request"),
    NOT_A_FORM(400, "invalid_request"),
    METHOD_NOT_ALLOWED(405, "invalid_request"),
    /** An external issuer is configured, so there is no token endpoint here. */
    NO_TOKENS_HERE(404, "invalid_request");

    /** HTTP status of the answer. */
    public final int status;
    /** {@code error} in the body. */
    public final String wireName;

    OAuthError(int status, String wireName) {
        this.status = status;
        this.wireName = wireName;
    }
}
