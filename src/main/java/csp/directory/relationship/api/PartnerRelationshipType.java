package csp.directory.relationship.api;

import static java.util.Locale.ROOT;

import csp.shared.error.Choice;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** What the calling partner is to another one (storefront.md §2). */
enum PartnerRelationshipType {
    IS_INDIRECT_CLOUD_SOLUTION_PROVIDER_OF,
    IS_INDIRECT_RESELLER_OF;

    String wireName() {
        return name().toLowerCase(ROOT);
    }

    /** The type in Pascal or snake case, all types for an absent or empty one. Error 900126. */
    static Set<PartnerRelationshipType> read(String text) {
        if (text == null || text.isBlank()) {
            return EnumSet.allOf(PartnerRelationshipType.class);
        }
        return EnumSet.of(Stream.of(values())
                .filter(type -> Choice.same(type.name(), text))
                .findFirst()
                .orElseThrow(() -> Choice.refusal(
                        "relationship_type", text, Stream.of(values()).map(PartnerRelationshipType::wireName))));
    }
}
