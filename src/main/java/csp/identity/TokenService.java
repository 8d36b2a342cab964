package csp.identity;

import static csp.identity.OAuthError.APPLICATION_DISABLED;
import static csp.identity.OAuthError.APPLICATION_UNKNOWN;
import static csp.identity.OAuthError.GRANT_NOT_ALLOWED;
import static csp.identity.OAuthError.GRANT_UNSUPPORTED;
import static csp.identity.OAuthError.NO_TOKENS_HERE;
import static csp.identity.OAuthError.PASSWORD_INVALID;
import static csp.identity.OAuthError.REFRESH_TOKEN_INVALID;
import static csp.identity.OAuthError.SECRET_INVALID;
import static csp.identity.OAuthError.SECRET_MISSING;
import static csp.identity.OAuthError.SECRET_NOT_WANTED;
import static csp.identity.OAuthError.TENANT_UNNAMED;
import static csp.identity.OAuthError.USER_GONE;

import csp.shared.config.CspConfig;
import csp.shared.time.MachineTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** The grants of the token endpoints (identity.md §1, §3; design §2, §5). Errors: {@link OAuthException}. */
@ApplicationScoped
public class TokenService {

    private static final byte[] OPERATOR_SECRET = "sandbox".getBytes(StandardCharsets.UTF_8);

    private final Accounts accounts;
    private final TokenSigner signer;
    private final TokenVerifier verifier;
    private final SigningKeys keys;
    private final Clock clock;
    private final boolean external;
    private final boolean sandbox;

    TokenService(
            Accounts accounts,
            TokenSigner signer,
            TokenVerifier verifier,
            SigningKeys keys,
            @MachineTime Clock clock,
            IdentityConfig config,
            CspConfig service) {
        this.accounts = accounts;
        this.signer = signer;
        this.verifier = verifier;
        this.keys = keys;
        this.clock = clock;
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
        var secret = secret(request).getBytes(StandardCharsets.UTF_8);
        // Both are compared whatever the first comparison says.
        if (!Application.OPERATOR.clientId().toString().equalsIgnoreCase(clientId)
                | !MessageDigest.isEqual(secret, OPERATOR_SECRET)) {
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
        var user = accounts.userWithPassword(name, password)
                .filter(found -> mayUse(tenants, application, found))
                .orElseThrow(() -> new OAuthException(
                        PASSWORD_INVALID, "Error validating credentials due to invalid username or password."));
        return signer.appAndUser(application, user, audience, scope(access, audience));
    }

    private IssuedTokens refresh(NamedTenants tenants, TokenRequest request) {
        var application = client(tenants, request);
        var presented = refreshToken(request.required("refresh_token"))
                .filter(token -> token.applicationId.equals(application.clientId()))
                .orElseThrow(() -> new OAuthException(
                        REFRESH_TOKEN_INVALID,
                        "The refresh token has expired, is not one of this service, or belongs to another client."));
        var access = RequestedAccess.of(request);
        var audience = access.audience().orElse(presented.resource);
        var user = accounts.user(presented.userId)
                .filter(found -> found.tenantId().equals(presented.tenantId) && mayUse(tenants, application, found))
                .orElseThrow(() -> new OAuthException(USER_GONE, "There is no such user in this tenant any more."));
        return signer.appAndUser(application, user, audience, scope(access, audience));
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

    private Optional<RefreshToken> refreshToken(String token) {
        var consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256)
                .setVerificationKey(keys.current().getPublicKey())
                .setExpectedType(true, TokenSigner.REFRESH_TYPE)
                .setExpectedAudience(true, TokenSigner.REFRESH_AUDIENCE)
                .setRequireExpirationTime()
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .build();
        try {
            var claims = consumer.processToClaims(token);
            return Optional.of(new RefreshToken(
                    UUID.fromString(claims.getStringClaimValue("oid")),
                    UUID.fromString(claims.getStringClaimValue("tid")),
                    UUID.fromString(claims.getStringClaimValue("appid")),
                    claims.getStringClaimValue("resource")));
        } catch (InvalidJwtException | MalformedClaimException e) {
            return Optional.empty();
        }
    }

    private static OAuthException unsupported(String supported) {
        return new OAuthException(
                GRANT_UNSUPPORTED, "The grant_type is not supported here, use one of: " + supported + ".");
    }

    // The same words for an unknown client and a wrong secret: the answer must not tell which clients exist.
    private static OAuthException wrongClient() {
        return new OAuthException(SECRET_INVALID, "The client is unknown or its secret is wrong.");
    }

    private record RefreshToken(UUID userId, UUID tenantId, UUID applicationId, String resource) {}
}
