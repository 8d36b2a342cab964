package csp.identity;

import static csp.identity.BearerClaims.refused;

import com.github.benmanes.caffeine.cache.Ticker;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import csp.shared.time.MachineTime;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    /** What our tables say of an external issuer's callers is read again after this. */
    private static final Duration STANDING_KEPT = Duration.ofMinutes(1);

    private final TrustedKeys keys;
    private final boolean external;
    private final Accounts accounts;
    private final String issuer;
    private final List<String> audiences;
    private final RememberedTokens remembered;
    private final Clock clock;

    TokenVerifier(
            IdentityConfig config,
            SigningKeys ownKeys,
            Accounts accounts,
            RememberedTokens remembered,
            @MachineTime Clock clock) {
        if (config.issuer().isPresent() != config.jwksUrl().isPresent()) {
            throw new IllegalStateException("csp.identity.issuer and csp.identity.jwks-url must be set together");
        }
        this.external = config.jwksUrl().isPresent();
        this.keys = config.jwksUrl()
                .<TrustedKeys>map(url -> new ExternalKeys(url, Ticker.systemTicker()))
                .orElse(ownKeys);
        this.accounts = accounts;
        this.issuer = config.issuer().orElse(TokenSigner.ISSUER);
        this.audiences = config.jwksUrl().flatMap(url -> config.audiences()).orElse(RequestedAccess.AUDIENCES);
        this.remembered = remembered;
        this.clock = clock;
    }

    /** With the start of the service the keys of an external issuer are fetched, not with its first request. */
    void prepare(@Observes StartupEvent event) {
        // The constructor has done it.
    }

    /** The verdict when it needs nothing but memory; empty when something must be looked up, for {@link #verify}. Never blocks. */
    public Optional<VerifiedToken> verifyAtOnce(String token) {
        var found = remembered.find(token);
        if (found.isPresent() || external) {
            return found;
        }
        return keys.known(keyId(token)).map(key -> verified(token, key));
    }

    /** The verdict, on a worker thread; a token whose key is not found is refused without one. */
    public Uni<VerifiedToken> verify(String token) {
        var keyId = keyId(token);
        var known = keys.known(keyId);
        var key = known.isPresent()
                ? Uni.createFrom().item(known.get())
                : Uni.createFrom().completionStage(keys.lookUp(keyId)).map(done -> knownKey(keyId));
        return key.emitOn(Infrastructure.getDefaultWorkerPool()).map(found -> verified(token, found));
    }

    /** All claims of a token that {@link #verify} has accepted. */
    JwtClaims claims(String token) {
        return claims(token, knownKey(keyId(token)));
    }

    private Key knownKey(String keyId) {
        return keys.known(keyId).orElseThrow(() -> refused("unknown signing key"));
    }

    private VerifiedToken verified(String token, Key key) {
        var claims = BearerClaims.of(claims(token, key));
        var verified = external && !claims.isOperator() ? ofOurTables(claims) : asItSays(claims);
        remembered.remember(token, verified);
        return verified;
    }

    /** Our own issuer has read the tables for the token. */
    private static VerifiedToken asItSays(BearerClaims claims) {
        return verdict(
                claims,
                claims.roles(),
                TokenSigner.CUSTOMER.equals(claims.tenantKind()),
                TokenSigner.RESELLER.equals(claims.tenantKind()),
                claims.expires());
    }

    /** Another issuer knows neither our roles nor what a tenant is here. */
    private VerifiedToken ofOurTables(BearerClaims claims) {
        var standing = accounts.standing(claims.tenantId(), claims.userOrApplicationId())
                .orElseThrow(() -> refused("the tenant is neither a partner nor a customer here"));
        var readAgain = Instant.now(clock).plus(STANDING_KEPT);
        return verdict(
                claims,
                claims.isUser() ? standing.roles() : Set.of(),
                standing.ofCustomer(),
                standing.leftDirectBill(),
                readAgain.isBefore(claims.expires()) ? readAgain : claims.expires());
    }

    private static VerifiedToken verdict(
            BearerClaims claims, Set<Role> roles, boolean ofCustomer, boolean portalOnly, Instant until) {
        return new VerifiedToken(
                new Caller(
                        claims.tenantId(),
                        claims.userOrApplicationId(),
                        claims.applicationId(),
                        claims.userName(),
                        roles,
                        ofCustomer,
                        null,
                        null),
                portalOnly,
                claims.forLegacyAudience(),
                claims.withMfa(),
                until);
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
        } catch (DomainException e) {
            throw e;
        } catch (JoseException | RuntimeException e) {
            throw refused("malformed"); // a stranger wrote it, and nothing else is asked of here
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
        } catch (DomainException e) {
            throw e;
        } catch (MalformedClaimException | RuntimeException e) {
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
}
