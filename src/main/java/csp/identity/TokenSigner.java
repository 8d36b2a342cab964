package csp.identity;

import csp.shared.caller.Role;
import csp.shared.time.MachineTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Makes our tokens: the claims of identity.md §6, signed with RS256. */
@ApplicationScoped
class TokenSigner {

    static final String ISSUER = "https://sts.windows.net/{tid}/";
    static final String REFRESH_AUDIENCE = "csp:refresh";
    static final String REFRESH_TYPE = "refresh+jwt";
    /** {@code tid} of the operator, who belongs to no partner. */
    static final String SANDBOX_TENANT = "sandbox";
    /**
     * Our own claim, in the tokens of customers' users only: a token must say by itself whom it keeps out of the partner API.
     */
    static final String TENANT_KIND = "tenant_kind";

    static final String CUSTOMER = "customer";
    /** A partner without direct-bill: only the portal is left to it (lifecycle.md R16). */
    static final String RESELLER = "reseller";

    private static final Duration LIFE = Duration.ofHours(1);
    // Recorded: expires_on - not_before = 3900 s, the hour and the skew between two machines' clocks (identity.md §2).
    private static final Duration BEFORE_ISSUE = Duration.ofSeconds(300);

    private final SigningKeys keys;
    private final Clock clock;

    TokenSigner(SigningKeys keys, @MachineTime Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    IssuedTokens appOnly(Application application, UUID tenantId, String audience, String scope) {
        var claims = access(tenantId.toString(), application, audience);
        claims.setClaim("oid", application.clientId().toString());
        return answer(keys.current(), claims, audience, scope, null, null);
    }

    IssuedTokens operator(String audience, String scope) {
        var claims = access(SANDBOX_TENANT, Application.OPERATOR, audience);
        claims.setClaim("oid", Application.OPERATOR.clientId().toString());
        claims.setClaim("roles", List.of(Role.SANDBOX_OPERATOR.wireName));
        return answer(keys.current(), claims, audience, scope, null, null);
    }

    IssuedTokens appAndUser(Application application, User user, String audience, String scope) {
        var claims = access(user.tenantId().toString(), application, audience);
        identify(claims, user);
        claims.setClaim("amr", user.withMfa() ? List.of("pwd", "mfa") : List.of("pwd"));
        claims.setClaim("scp", "user_impersonation");
        claims.setClaim("roles", user.roles());
        if (user.ofCustomer()) {
            claims.setClaim(TENANT_KIND, CUSTOMER);
        } else if (user.leftDirectBill()) {
            claims.setClaim(TENANT_KIND, RESELLER);
        }
        var key = keys.current();
        return answer(
                key,
                claims,
                audience,
                scope,
                refresh(key, application, user, audience),
                idToken(key, application, user));
    }

    /** A second token with the claims of the first, for the partner API (W40), which ends when the first ends (identity.md §3). */
    IssuedTokens sameIdentity(JwtClaims presented) {
        presented.setAudience(RequestedAccess.PARTNER_API);
        return answer(keys.current(), presented, RequestedAccess.PARTNER_API, null, null, null);
    }

    private JwtClaims access(String tenant, Application application, String audience) {
        var claims = claims(tenant, audience, LIFE);
        claims.setClaim("appid", application.clientId().toString());
        claims.setClaim("appidacr", application.isPublic() ? "0" : "1");
        claims.setClaim("acr", "1");
        return claims;
    }

    private JwtClaims claims(String tenant, String audience, Duration life) {
        var now = Instant.now(clock);
        var claims = new JwtClaims();
        claims.setAudience(audience);
        claims.setIssuer(ISSUER.replace("{tid}", tenant));
        claims.setIssuedAt(date(now));
        claims.setNotBefore(date(now.minus(BEFORE_ISSUE)));
        claims.setExpirationTime(date(now.plus(life)));
        claims.setClaim("tid", tenant);
        claims.setClaim("ver", "1.0");
        return claims;
    }

    private static void identify(JwtClaims claims, User user) {
        claims.setClaim("oid", user.objectId().toString());
        claims.setClaim("upn", user.userPrincipalName());
        claims.setClaim("unique_name", user.userPrincipalName());
        claims.setClaim("name", user.givenName() + " " + user.familyName());
        claims.setClaim("given_name", user.givenName());
        claims.setClaim("family_name", user.familyName());
    }

    private String refresh(RsaJsonWebKey key, Application application, User user, String audience) {
        var claims = claims(user.tenantId().toString(), REFRESH_AUDIENCE, RefreshTokens.LIFE);
        claims.setClaim("oid", user.objectId().toString());
        claims.setClaim("appid", application.clientId().toString());
        claims.setClaim("resource", audience);
        return sign(key, claims, REFRESH_TYPE);
    }

    private String idToken(RsaJsonWebKey key, Application application, User user) {
        var claims = claims(user.tenantId().toString(), application.clientId().toString(), LIFE);
        identify(claims, user);
        claims.setSubject(user.objectId().toString());
        return sign(key, claims, "JWT");
    }

    private IssuedTokens answer(
            RsaJsonWebKey key, JwtClaims access, String audience, String scope, String refreshToken, String idToken) {
        try {
            var expires = Instant.ofEpochSecond(access.getExpirationTime().getValue());
            // Of whole seconds on both sides: what the clock says by now may be one less.
            var left = Duration.ofSeconds(
                    Math.max(0, expires.getEpochSecond() - access.getIssuedAt().getValue()));
            return new IssuedTokens(
                    sign(key, access, "JWT"),
                    audience,
                    scope,
                    access.hasClaim("scp"),
                    Instant.ofEpochSecond(access.getNotBefore().getValue()),
                    expires,
                    left,
                    refreshToken,
                    idToken);
        } catch (MalformedClaimException e) {
            throw new IllegalStateException("A token of ours has a malformed date", e);
        }
    }

    private static String sign(RsaJsonWebKey key, JwtClaims claims, String type) {
        try {
            var signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setKey(key.getPrivateKey());
            signature.setKeyIdHeaderValue(key.getKeyId());
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
            signature.setHeader("typ", type);
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A token cannot be signed", e);
        }
    }

    private static NumericDate date(Instant instant) {
        return NumericDate.fromSeconds(instant.getEpochSecond());
    }
}
