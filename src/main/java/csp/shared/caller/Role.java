package csp.shared.caller;

import java.util.Optional;
import java.util.stream.Stream;

/** What a signed-in user may be in its partner's tenant (identity.md §7). */
public enum Role {
    GLOBAL_ADMIN("GlobalAdmin"),
    ADMIN_AGENT("AdminAgent"),
    SALES_AGENT("SalesAgent"),
    HELPDESK_AGENT("HelpdeskAgent"),
    BILLING_ADMIN("BillingAdmin"),
    /** Test control only: may call {@code /sandbox} and nothing else. */
    SANDBOX_OPERATOR("SandboxOperator");

    /** Spelling in the {@code roles} claim and in scenarios. */
    public final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    /** The role spelled so, in exactly this case; empty when there is none. */
    public static Optional<Role> of(String wireName) {
        return Stream.of(values())
                .filter(role -> role.wireName.equals(wireName))
                .findFirst();
    }
}
