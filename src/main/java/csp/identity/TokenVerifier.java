package csp.identity;

import static csp.shared.error.ErrorCode.ACCESS_DENIED;

import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import csp.shared.time.MachineTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * Decides whether a bearer token is one of ours (or of the external issuer), for this API, and valid now; and who
 * it stands for. Every refusal is 401 code 400.
 */
@ApplicationScoped
public class TokenVerifier {

    static final int MOST_CHARACTERS = 8 * 1024;

    private static final int CLOCK_SKEW_SECONDS = 30;

    private final TrustedKeys keys;
    private final String issuer;
    private final List<String> audiences;
    private final RememberedTokens remembered;
    private final Clock clock;

    TokenVerifier(IdentityConfig config, SigningKeys ownKeys, RememberedTokens remembered, @MachineTime Clock clock) {
        if (config.issuer().isPresent() != config.jwksUrl().isPresent()) {
            throw new IllegalStateException("csp.identity.issuer and csp.identity.jwks-url must be set together");
        }
        this.keys = config.jwksUrl().<TrustedKeys>map(ExternalKeys::new).orElse(ownKeys);
        this.issuer = config.issuer().orElse(TokenSigner.ISSUER);
        this.audiences = config.jwksUrl().flatMap(url -> config.audiences()).orElse(RequestedAccess.AUDIENCES);
        this.remembered = remembered;
        this.clock = clock;
    }

    /**
     * The verdict when it needs nothing but memory; empty when the key must be looked up, for {@link #verify}. Never blocks.
     */
    public Optional<VerifiedToken> verifyAtOnce(String token) {
        var found = remembered.find(token);
        if (found.isPresent()) {
            return found;
        }
        return keys.known(keyId(token)).map(key -> verified(token, key));
    }

    /** The verdict, with the key looked up in the database or at the external issuer: may block. */
    public VerifiedToken verify(String token) {
        return verified(token, keys.find(keyId(token)).orElseThrow(() -> refused("unknown signing key")));
    }

    /** All claims of a token that passes every check. */
    JwtClaims claims(String token) {
        return claims(token, keys.find(keyId(token)).orElseThrow(() -> refused("unknown signing key")));
    }

    private VerifiedToken verified(String token, Key key) {
        var verified = read(claims(token, key));
        remembered.remember(token, verified);
        return verified;
    }

    private static String keyId(String token) {
        if (token.length() > MOST_CHARACTERS) {
            throw refused("too long");
        }
        try {
            var signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            var keyId = signature.getKeyIdHeaderValue();
            if (keyId == null) {
                throw refused("no signing key named");
            }
            return keyId;
        } catch (JoseException | ClassCastException e) {
            throw refused("malformed");
        }
    }

    private JwtClaims claims(String token, Key key) {
        var consumer = new JwtConsumerBuilder()
                // One algorithm: "none", or HS256 keyed with our public key, never comes as far as a comparison.
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256)
                .setVerificationKey(key)
                .setRequireExpirationTime()
                .setExpectedAudience(true, audiences.toArray(String[]::new))
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .build();
        try {
            var claims = consumer.processToClaims(token);
            if (!issuer.replace("{tid}", String.valueOf(claims.getStringClaimValue("tid")))
                    .equals(claims.getIssuer())) {
                throw refused("wrong issuer");
            }
            return claims;
        } catch (InvalidJwtException e) {
            throw refused(reason(e));
        } catch (MalformedClaimException e) {
            throw refused("malformed");
        }
    }

    private static String reason(InvalidJwtException e) {
        if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
            return "wrong signature";
        } else if (e.hasExpired()) {
            return "expired";
        } else if (e.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
            return "no expiry";
        } else if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return "not yet valid";
        } else if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "wrong audience";
        }
        return "malformed";
    }

    private static VerifiedToken read(JwtClaims claims) {
        try {
            var name = first(claims, "upn", "preferred_username", "unique_name");
            if (name == null && claims.hasClaim("scp")) {
                // Without a name it would pass for an app-only token, which may do everything.
                throw refused("a user's token without upn");
            }
            var roles = roles(claims);
            if (name != null) {
                roles.remove(Role.SANDBOX_OPERATOR); // an application's role, never a person's
            } else {
                roles.retainAll(Set.of(Role.SANDBOX_OPERATOR));
            }
            var application = UUID.fromString(required(first(claims, "appid", "azp")));
            if (name == null && !isOfApplication(claims, application)) {
                throw refused("neither a user's nor clearly an application's");
            }
            var tenant = roles.contains(Role.SANDBOX_OPERATOR)
                    ? null
                    : UUID.fromString(required(claims.getStringClaimValue("tid")));
            var id = name == null ? application : UUID.fromString(required(claims.getStringClaimValue("oid")));
            return new VerifiedToken(
                    new Caller(
                            tenant,
                            id,
                            application,
                            name,
                            Set.copyOf(roles),
                            TokenSigner.CUSTOMER.equals(claims.getStringClaimValue(TokenSigner.TENANT_KIND)),
                            null,
                            null),
                    TokenSigner.RESELLER.equals(claims.getStringClaimValue(TokenSigner.TENANT_KIND)),
                    claims.getAudience().equals(List.of(RequestedAccess.LEGACY_API)),
                    claims.hasClaim("amr")
                            && claims.getStringListClaimValue("amr").contains("mfa"),
                    Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()));
        } catch (MalformedClaimException | IllegalArgumentException e) {
            throw refused("malformed claims");
        }
    }

    /** An application may do everything, so nobody passes for one by what a token leaves out (D17). */
    private static boolean isOfApplication(JwtClaims claims, UUID application) throws MalformedClaimException {
        return "app".equals(claims.getStringClaimValue("idtyp"))
                || application.toString().equalsIgnoreCase(claims.getSubject())
                || application.toString().equalsIgnoreCase(claims.getStringClaimValue("oid"));
    }

    private static Set<Role> roles(JwtClaims claims) throws MalformedClaimException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (claims.hasClaim("roles")) {
            claims.getStringListClaimValue("roles")
                    .forEach(name -> Role.of(name).ifPresent(roles::add));
        }
        return roles;
    }

    private static String first(JwtClaims claims, String... names) throws MalformedClaimException {
        for (var name : names) {
            if (claims.hasClaim(name)) {
                return claims.getStringClaimValue(name);
            }
        }
        return null;
    }

    private static String required(String value) {
        if (value == null) {
            throw refused("a claim is missing");
        }
        return value;
    }

    private static DomainException refused(String reason) {
        return new DomainException(ACCESS_DENIED, reason);
    }
}
