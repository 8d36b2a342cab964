package csp.console.frame;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Somebody who can sign in: a user, or an application of a partner.
 *
 * @param key how the choice of a browser names it: {@code user:} or {@code app:} and its id
 * @param login the name that it signs in with: of a user that, of an application the client id
 */
public record Identity(
        String key, UUID id, boolean isUser, String login, List<String> roles, String tenantDomain, String tenantName) {

    private static final String USER = "user:";
    private static final String APPLICATION = "app:";

    static Identity user(UUID id, String login, List<String> roles, String tenantDomain, String tenantName) {
        return new Identity(USER + id, id, true, login, roles, tenantDomain, tenantName);
    }

    static Identity application(UUID id, String tenantDomain, String tenantName) {
        return new Identity(APPLICATION + id, id, false, id.toString(), List.of(), tenantDomain, tenantName);
    }

    /** What a reader chooses it by. */
    public String label() {
        return isUser ? login : "application of " + tenantDomain;
    }

    public String rolesInWords() {
        return isUser ? String.join(", ", roles) : "app-only";
    }

    /** How much it may do, to put the one first that can do most. */
    int weight() {
        return (roles.contains("GlobalAdmin") ? 2 : 0) + (roles.contains("AdminAgent") ? 1 : 0) + (isUser ? 0 : -1);
    }

    /** The name of a shell variable for a token of it. */
    public String variable() {
        var name = tenantDomain.replaceFirst("\\..*", "").replaceAll("\\W", "_");
        return name.toUpperCase(Locale.ROOT);
    }
}
