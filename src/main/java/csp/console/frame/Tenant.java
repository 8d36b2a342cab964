package csp.console.frame;

import java.util.List;
import java.util.UUID;

/**
 * A partner or a customer of the present world, as far as pages name it.
 *
 * @param identities who can sign in there; the first can do most
 */
public record Tenant(
        UUID id, Kind kind, String name, String domain, String mpnId, boolean isProvider, List<Identity> identities) {

    /** What a tenant is. */
    public enum Kind {
        PARTNER,
        CUSTOMER
    }

    public boolean isPartner() {
        return kind == Kind.PARTNER;
    }
}
