package csp.identity;

import static csp.identity.OAuthError.TENANT_UNKNOWN;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What the tenant in the path of a token endpoint stands for.
 *
 * @param word {@code common} or {@code organizations}, which stand for every tenant; null when the tenant was named
 * @param ids the tenants of that name: several where customers share a domain
 */
record NamedTenants(String word, Set<UUID> ids) {

    /** The home tenant of the user, who then tells which it is (W43). */
    private static final String COMMON = "common";
    /** The same; for applications too, which is a convenience of ours for the Swagger UI. */
    private static final String ORGANIZATIONS = "organizations";

    private static final int LONGEST_SHOWN = 100;
    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cntrl}");

    /** Error: AADSTS90002 when there is no such tenant. */
    static NamedTenants of(String name, Accounts accounts) {
        for (var word : Set.of(COMMON, ORGANIZATIONS)) {
            if (word.equalsIgnoreCase(name)) {
                return new NamedTenants(word, Set.of());
            }
        }
        // A zero character is no text to the database.
        var ids = name.indexOf('\0') >= 0 ? Set.<UUID>of() : accounts.tenantsNamed(name);
        if (ids.isEmpty()) {
            throw unknown(name);
        }
        return new NamedTenants(null, ids);
    }

    boolean include(UUID tenantId) {
        return word != null || ids.contains(tenantId);
    }

    /** Whether only a user can tell which tenant is meant. */
    boolean isAnybodys() {
        return COMMON.equals(word);
    }

    /** The tenant, when there is but one of that name. */
    Optional<UUID> single() {
        return ids.size() == 1 ? ids.stream().findFirst() : Optional.empty();
    }

    static OAuthException unknown(String name) {
        var shown = CONTROL_CHARACTER
                .matcher(name.substring(0, Math.min(name.length(), LONGEST_SHOWN)))
                .replaceAll("?");
        return new OAuthException(TENANT_UNKNOWN, "There is no tenant '" + shown + "' here.");
    }
}
