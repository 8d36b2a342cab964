package csp.identity;

/**
 * The refusals of the token endpoints: RFC 6749 §5.2 and the directory's {@code invalid_resource}, each with the directory's own
 * number, which clients read from {@code error_codes} (W44).
 */
public enum OAuthError {
    PARAMETER_MISSING(400, "invalid_request", 900144),
    REQUEST_MALFORMED(400, "invalid_request", 9002313),
    BODY_TOO_LARGE(400, "invalid_request", 9002313),
    NOT_A_FORM(400, "invalid_request", 9002313),
    METHOD_NOT_ALLOWED(405, "invalid_request", 900561),
    TENANT_UNKNOWN(400, "invalid_request", 90002),
    /** {@code common} tells nothing of an application without a user (W43). */
    TENANT_UNNAMED(400, "invalid_request", 50059),
    /** An external issuer is configured, so there is no token endpoint here. */
    NO_TOKENS_HERE(404, "invalid_request", 90002),
    SECRET_MISSING(401, "invalid_client", 7000218),
    SECRET_INVALID(401, "invalid_client", 7000215),
    /** A public client shows a secret. */
    SECRET_NOT_WANTED(401, "invalid_client", 700025),
    PASSWORD_INVALID(400, "invalid_grant", 50126),
    /** Too many wrong passwords; locked for a while, for the right one too. */
    ACCOUNT_LOCKED(400, "invalid_grant", 50053),
    REFRESH_TOKEN_INVALID(400, "invalid_grant", 70008),
    /** The password is another one since. */
    REFRESH_TOKEN_ENDED(400, "invalid_grant", 50173),
    USER_GONE(400, "invalid_grant", 50034),
    APPLICATION_UNKNOWN(400, "unauthorized_client", 700016),
    APPLICATION_DISABLED(400, "unauthorized_client", 7000112),
    GRANT_NOT_ALLOWED(400, "unauthorized_client", 7000218),
    GRANT_UNSUPPORTED(400, "unsupported_grant_type", 70003),
    RESOURCE_INVALID(400, "invalid_resource", 500011),
    SCOPE_INVALID(400, "invalid_scope", 70011),
    /** Too much is waiting already, or the database cannot be asked; RFC 6749 has the word, the directory the number. */
    TEMPORARILY_UNAVAILABLE(503, "temporarily_unavailable", 90033);

    /** HTTP status of the answer. */
    public final int status;
    /** {@code error} in the body. */
    public final String wireName;
    /** The number of the directory: {@code AADSTS<number>}. */
    public final int number;

    OAuthError(int status, String wireName, int number) {
        this.status = status;
        this.wireName = wireName;
        this.number = number;
    }
}
