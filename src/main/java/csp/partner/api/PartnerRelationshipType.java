package csp.partner.api;

import static csp.shared.error.ErrorCode.ENUM_NOT_PARSED;
import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.joining;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

import csp.shared.error.DomainException;

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
        return EnumSet.of(Stream.of(values()).filter(type -> letters(type.name()).equals(letters(text))).findFirst()
                .orElseThrow(() -> new DomainException(ENUM_NOT_PARSED, text, "relationship_type",
                        Stream.of(values()).map(PartnerRelationshipType::wireName).collect(joining(", ")))));
    }

    private static String letters(String name) {
        return name.replace("_", "").toLowerCase(ROOT);
    }
}
