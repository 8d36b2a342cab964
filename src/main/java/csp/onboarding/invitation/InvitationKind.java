package csp.onboarding.invitation;

import java.util.Optional;
import java.util.stream.Stream;

/** What a customer is invited to. */
public enum InvitationKind {

    /** One partner that sells and bills itself (R69). */
    RESELLER("reseller", "ResellerRelationship"),
    /** A reseller and its provider at the same time (R38). */
    INDIRECT_RESELLER("indirectReseller", "IndirectResellerRelationship");

    /** Spelling on the portal. */
    public final String wireName;
    /** Spelling in links, as the vendor's portal has it. */
    final String linkName;

    InvitationKind(String wireName, String linkName) {
        this.wireName = wireName;
        this.linkName = linkName;
    }

    /** The kind spelled so, in any letter case; empty when there is none. */
    public static Optional<InvitationKind> named(String text) {
        return Stream.of(values())
                .filter(kind -> kind.wireName.equalsIgnoreCase(text))
                .findFirst();
    }
}
