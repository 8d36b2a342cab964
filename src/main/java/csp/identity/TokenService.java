package csp.identity;

import static csp.identity.OAuthError.ACCOUNT_LOCKED;
import static csp.identity.OAuthError.APPLICATION_DISABLED;
import static csp.identity.OAuthError.APPLICATION_UNKNOWN;
import static csp.identity.OAuthError.GRANT_NOT_ALLOWED;
import static csp.identity.OAuthError.GRANT_UNSUPPORTED;
import static csp.identity.OAuthError.NO_TOKENS_HERE;
import static csp.identity.OAuthError.PASSWORD_INVALID;
import static csp.identity.OAuthError.REFRESH_TOKEN_ENDED;
import static csp.identity.OAuthError.REFRESH_TOKEN_INVALID;
import static csp.identity.OAuthError.SECRET_INVALID;
import static csp.identity.OAuthError.SECRET_MISSING;
import static csp.identity.OAuthError.SECRET_NOT_WANTED;
import static csp.identity.OAuthError.TENANT_UNNAMED;
import static csp.identity.OAuthError.USER_GONE;

import csp.identity.Accounts.Account;
import csp.identity.SecretVerifier.Verdict;
import csp.identity.SignInLock.State;
import csp.shared.config.CspConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Predicate;

/** The grants of the token endpoints (identity.md §1, §3; design §2, §5). Errors: {@link OAuthException}. */
@ApplicationScoped
public class TokenService {

    private final Accounts accounts;
    private final TokenSigner signer;
    private final TokenVerifier verifier;
    private final SecretVerifier secrets;
    private final SignInLock locks;
    private final RefreshTokens refreshTokens;
    private final OperatorSecret operatorSecret;
    private final boolean external;
    private final boolean sandbox;

    TokenService(
            Accounts accounts,
            TokenSigner signer,
            TokenVerifier verifier,
            SecretVerifier secrets,
            SignInLock locks,
            RefreshTokens refreshTokens,
            OperatorSecret operatorSecret,
            IdentityConfig config,
            CspConfig service) {
        this.accounts = accounts;
        this.signer = signer;
        this.verifier = verifier;
        this.secrets = secrets;
        this.locks = locks;
        this.refreshTokens = refreshTokens;
        this.operatorSecret = operatorSecret;
        this.external = config.issuer().isPresent();
        this.sandbox = service.sandbox();
    }

    /** Refuses everything while an external issuer is configured; asked before a request is even read. */
    public void requireOwnIssuer() {
        if (external) {
            throw new OAuthException(
                    NO_TOKENS_HERE, "This service issues no tokens, ask the issuer that is configured.");
        }
    }

    /** @param tenant id or domain name of a partner or customer, any case, {@code organizations} or {@code common} */
    public IssuedTokens issue(String tenant, TokenRequest request) {
        var tenants = NamedTenants.of(tenant, accounts);
        var grant = request.grantType();
        return switch (grant) {
            case "client_credentials" -> clientCredentials(tenants, request);
            case "password" -> password(tenants, request);
            case "refresh_token" -> refresh(tenants, request);
            case "authorization_code" ->
                throw new OAuthException(
                        GRANT_UNSUPPORTED,
                        "There is no browser sign-in here, so there are no authorization codes: use the grant password or refresh_token.");
            default -> throw unsupported("client_credentials, password, refresh_token");
        };
    }

    /** The operator's token, while there is a sandbox; without one its tenant is unknown. */
    public IssuedTokens issueToOperator(TokenRequest request) {
        if (!sandbox) {
            throw NamedTenants.unknown(TokenSigner.SANDBOX_TENANT);
        }
        if (!"client_credentials".equals(request.grantType())) {
            throw unsupported("client_credentials");
        }
        var access = RequestedAccess.of(request);
        var clientId = request.required("client_id");
        var secret = secret(request);
        // Both are compared whatever the first comparison says.
        if (!Application.OPERATOR.clientId().toString().equalsIgnoreCase(clientId) | !operatorSecret.is(secret)) {
            throw wrongClient();
        }
        return signer.operator(
                access.audience().orElse(RequestedAccess.PARTNER_API),
                access.scope().orElse(null));
    }

    /** Another token for the caller of {@code bearerToken}, which the token check has already accepted. Error: 401 code 400. */
    public IssuedTokens exchange(String bearerToken) {
        return signer.sameIdentity(verifier.claims(bearerToken));
    }

    private IssuedTokens clientCredentials(NamedTenants tenants, TokenRequest request) {
        if (tenants.isAnybodys()) {
            throw new OAuthException(
                    TENANT_UNNAMED,
                    "No tenant-identifying information found in either the request or implied by any provided credentials.");
        }
        var application = client(tenants, request);
        if (application.isPublic()) {
            throw new OAuthException(
                    GRANT_NOT_ALLOWED, "The public client has no secret, so it may not use client_credentials.");
        }
        if (application.leftDirectBill()) {
            throw new OAuthException(
                    APPLICATION_DISABLED,
                    "The tenant of the application gave up direct-bill, and access to the API with it.");
        }
        var access = RequestedAccess.of(request);
        return signer.appOnly(
                application,
                application.tenantId(),
                access.requiredAudience(),
                scope(access, access.requiredAudience()));
    }

    private IssuedTokens password(NamedTenants tenants, TokenRequest request) {
        var application = client(tenants, request);
        var name = request.required("username");
        var password = request.required("password");
        var access = RequestedAccess.of(request);
        var audience = access.requiredAudience();
        var account = authenticated(name, password, found -> mayUse(tenants, application, found));
        return signedIn(application, account, audience, access);
    }

    /** The account with this name when the password is right and the user is wanted here; unknown ones take as long to refuse. */
    private Account authenticated(String name, String password, Predicate<User> wanted) {
        var found = accounts.userNamed(name);
        var account = SignInLock.accountOf(found.map(Account::user).orElse(null), name);
        var before = locks.state(account);
        if (before == State.LOCKED) {
            throw locked();
        }
        var verdict = secrets.verify(password, found.map(Account::passwordHash).orElse(null));
        if (!verdict.isRight() || !wanted.test(found.get().user())) {
            // Those who guess at once, too, learn of no more guesses than are counted.
            throw locks.count(account)
                    ? new OAuthException(
                            PASSWORD_INVALID, "Error validating credentials due to invalid username or password.")
                    : locked();
        }
        // From memory it took no time in which others could have failed.
        if ((verdict == Verdict.RIGHT || before == State.COUNTED) && !locks.clear(account)) {
            throw locked();
        }
        return found.get();
    }

    private static OAuthException locked() {
        return new OAuthException(
                ACCOUNT_LOCKED,
                "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.");
    }

    private IssuedTokens refresh(NamedTenants tenants, TokenRequest request) {
        var application = client(tenants, request);
        var grant = refreshTokens
                .use(request.required("refresh_token"), application.clientId())
                .orElseThrow(() -> new OAuthException(
                        REFRESH_TOKEN_INVALID,
                        "The refresh token has expired, is not one of this service, or belongs to another client."));
        var access = RequestedAccess.of(request);
        var audience = access.audience().orElse(grant.resource());
        var account = accounts.user(grant.userId())
                .filter(found ->
                        found.user().tenantId().equals(grant.tenantId()) && mayUse(tenants, application, found.user()))
                .orElseThrow(() -> new OAuthException(USER_GONE, "There is no such user in this tenant any more."));
        if (!grant.isOfPassword(account.passwordHash())) {
            throw new OAuthException(
                    REFRESH_TOKEN_ENDED, "The grant has been revoked: the password of the user is another one since.");
        }
        return signedIn(application, account, audience, access);
    }

    private IssuedTokens signedIn(Application application, Account account, String audience, RequestedAccess access) {
        var tokens = signer.appAndUser(application, account.user(), audience, scope(access, audience));
        refreshTokens.add(tokens.refreshToken(), account, application.clientId(), audience);
        return tokens;
    }

    private static boolean mayUse(NamedTenants tenants, Application application, User user) {
        return tenants.include(user.tenantId())
                && (application.isPublic() || application.tenantId().equals(user.tenantId()));
    }

    private Application client(NamedTenants tenants, TokenRequest request) {
        var clientId = request.required("client_id");
        if (Application.PUBLIC.clientId().toString().equalsIgnoreCase(clientId)) {
            if (request.optional("client_secret").isPresent()) {
                throw new OAuthException(
                        SECRET_NOT_WANTED, "The client is public and has no secret, leave 'client_secret' out.");
            }
            return Application.PUBLIC;
        }
        var application = accounts.application(clientId, secret(request)).orElseThrow(TokenService::wrongClient);
        if (!tenants.include(application.tenantId())) {
            throw new OAuthException(APPLICATION_UNKNOWN, "The application belongs to another tenant.");
        }
        return application;
    }

    private static String secret(TokenRequest request) {
        return request.optional("client_secret")
                .orElseThrow(
                        () -> new OAuthException(
                                SECRET_MISSING,
                                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."));
    }

    private static String scope(RequestedAccess access, String audience) {
        return access.scope().orElse(audience + "/.default");
    }

    private static OAuthException unsupported(String supported) {
        return new OAuthException(
                GRANT_UNSUPPORTED, "The grant_type is not supported here, use one of: " + supported + ".");
    }

    // The same words for an unknown client and a wrong secret: the answer must not tell which clients exist.
    private static OAuthException wrongClient() {
        return new OAuthException(SECRET_INVALID, "The client is unknown or its secret is wrong.");
    }
}
