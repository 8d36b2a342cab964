package csp.identity;

import static csp.shared.error.ErrorCode.ACCESS_DENIED;

import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * What a token says of its bearer, once its signature, issuer and dates are known to be good. Whatever is of another type, out of all
 * bounds or contradicts itself is 401 code 400: an issuer writes what its users choose.
 *
 * @param tenantId null for the operator of the sandbox
 * @param userName null for an application
 * @param userOrApplicationId of the user, or of the application when it acts by itself
 * @param roles of the token; of an application at most that of the operator
 */
record BearerClaims(
        UUID tenantId,
        UUID userOrApplicationId,
        UUID applicationId,
        String userName,
        Set<Role> roles,
        String tenantKind,
        boolean forLegacyAudience,
        boolean withMfa,
        Instant expires) {

    /** The last second of the year 9999. */
    private static final long LATEST = 253_402_300_799L;

    static BearerClaims of(JwtClaims claims) {
        try {
            return read(claims);
        } catch (DomainException e) {
            throw e;
        } catch (MalformedClaimException | RuntimeException e) {
            // Nothing is asked of here but the claims, so whatever goes wrong is wrong with them.
            throw refused("malformed claims");
        }
    }

    boolean isOperator() {
        return roles.contains(Role.SANDBOX_OPERATOR);
    }

    boolean isUser() {
        return userName != null;
    }

    private static BearerClaims read(JwtClaims claims) throws MalformedClaimException {
        var name = first(claims, "upn", "preferred_username", "unique_name");
        var application = UUID.fromString(required(first(claims, "appid", "azp")));
        requireOneKind(claims, name, application);
        var roles = roles(claims);
        if (name != null) {
            requireText(name);
            roles.remove(Role.SANDBOX_OPERATOR); // an application's role, never a person's
        } else {
            roles.retainAll(Set.of(Role.SANDBOX_OPERATOR));
        }
        return new BearerClaims(
                roles.contains(Role.SANDBOX_OPERATOR) ? null : UUID.fromString(required(text(claims, "tid"))),
                name == null ? application : UUID.fromString(required(text(claims, "oid"))),
                application,
                name,
                Set.copyOf(roles),
                text(claims, TokenSigner.TENANT_KIND),
                claims.getAudience().equals(List.of(RequestedAccess.LEGACY_API)),
                claims.hasClaim("amr") && claims.getStringListClaimValue("amr").contains("mfa"),
                expires(claims));
    }

    /** An application may do everything, so nobody passes for one by what a token leaves out (D17). */
    private static void requireOneKind(JwtClaims claims, String name, UUID application) throws MalformedClaimException {
        var declared = "app".equals(text(claims, "idtyp"));
        if (name != null && declared) {
            throw refused("a user's and an application's at once");
        }
        if (name != null) {
            return;
        }
        if (claims.hasClaim("scp")) {
            throw refused("a user's token without upn");
        }
        if (!declared
                && !application.toString().equalsIgnoreCase(claims.getSubject())
                && !application.toString().equalsIgnoreCase(text(claims, "oid"))) {
            throw refused("neither a user's nor clearly an application's");
        }
    }

    private static Instant expires(JwtClaims claims) throws MalformedClaimException {
        var seconds = claims.getExpirationTime().getValue();
        if (seconds < 0 || seconds > LATEST) {
            throw refused("malformed claims");
        }
        return Instant.ofEpochSecond(seconds);
    }

    /** The name goes into records of the audit: no zero character, and nothing that is no character. */
    private static void requireText(String name) {
        if (name.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw refused("malformed claims");
        }
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
                return text(claims, name);
            }
        }
        return null;
    }

    private static String text(JwtClaims claims, String name) throws MalformedClaimException {
        return claims.getStringClaimValue(name);
    }

    private static String required(String value) {
        if (value == null) {
            throw refused("a claim is missing");
        }
        return value;
    }

    static DomainException refused(String reason) {
        return new DomainException(ACCESS_DENIED, reason);
    }
}
