package csp.identity.api;

import static csp.shared.error.ErrorCode.AUDIENCE_UNSUPPORTED;
import static csp.shared.error.ErrorCode.CUSTOMER_USER_REFUSED;
import static csp.shared.error.ErrorCode.OPERATOR_ONLY;
import static csp.shared.error.ErrorCode.OPERATOR_OUTSIDE_SANDBOX;
import static csp.shared.error.ErrorCode.RESOURCE_NOT_FOUND;
import static csp.shared.error.ErrorCode.STOREFRONT_LOST;

import csp.identity.IdentityConfig;
import csp.identity.IdentityConfig.LegacyAudience;
import csp.identity.VerifiedToken;
import csp.shared.caller.Role;
import csp.shared.config.CspConfig;
import csp.shared.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * Who may enter which surface (design §1): the sandbox is its operator's, who has no business elsewhere (§5), and
 * the partner API is for partners. What a caller may do there is for each operation to say.
 */
@ApplicationScoped
class Admission {

    private static final String SANDBOX = "sandbox";
    /** A person's page, which signs in by itself; there exactly when the sandbox is. */
    private static final String CONSOLE = "console";

    private static final String EXCHANGE = "generatetoken";
    /** The surfaces for whoever has a token of ours but the sandbox operator. */
    private static final Set<String> OPEN_TO_ALL = Set.of("portal", EXCHANGE);

    private final boolean sandbox;
    private final boolean requireMfa;
    private final boolean acceptLegacyAudience;

    Admission(CspConfig service, IdentityConfig identity) {
        this.sandbox = service.sandbox();
        this.requireMfa = identity.requireMfa();
        this.acceptLegacyAudience = identity.legacyAudience() == LegacyAudience.ACCEPT;
    }

    /** Whether nobody needs a token for the path: health, metrics, the documents, and the console of a sandbox. */
    boolean isOpen(String path) {
        var surface = surface(path);
        return surface.equals("q") || surface.equals(CONSOLE) && sandbox;
    }

    /** Without a sandbox its paths do not exist, with or without a token. Error: 404 code 1000. */
    void requireExistingSurface(String path) {
        var surface = surface(path);
        if ((surface.equals(SANDBOX) || surface.equals(CONSOLE)) && !sandbox) {
            throw new DomainException(RESOURCE_NOT_FOUND, path);
        }
    }

    /**
     * A token for the former audience serves to be exchanged, and for nothing else unless the settings say so (W40). Error: 401
     * code 900420.
     */
    void requireSupportedAudience(VerifiedToken token, String path) {
        if (token.forLegacyAudience() && !acceptLegacyAudience && !surface(path).equals(EXCHANGE)) {
            throw new DomainException(AUDIENCE_UNSUPPORTED);
        }
    }

    /** Whether the token lacks the second factor that the settings ask of users (identity.md §5). */
    boolean lacksMfa(VerifiedToken token) {
        return requireMfa && !token.caller().isAppOnly() && !token.withMfa();
    }

    /** Error: 403 code 2032. */
    void require(VerifiedToken token, String path) {
        var surface = surface(path);
        var operator = token.caller().roles().contains(Role.SANDBOX_OPERATOR);
        if (surface.equals(SANDBOX) && !operator) {
            throw new DomainException(OPERATOR_ONLY, path);
        }
        if (operator && !surface.equals(SANDBOX)) {
            throw new DomainException(OPERATOR_OUTSIDE_SANDBOX, path);
        }
        if (OPEN_TO_ALL.contains(surface)) {
            return;
        }
        if (token.caller().ofCustomer()) {
            throw new DomainException(CUSTOMER_USER_REFUSED, path);
        }
        if (token.portalOnly()) {
            throw new DomainException(STOREFRONT_LOST, token.caller().tenantId(), path);
        }
    }

    /** The first segment of the path without matrix parameters, which say nothing to the matching of resources either. */
    private static String surface(String path) {
        var end = 1;
        while (end < path.length() && path.charAt(end) != '/' && path.charAt(end) != ';') {
            end++;
        }
        return path.substring(1, end);
    }
}
