package csp.directory.relationship.api;

import csp.directory.partner.Partner;
import csp.shared.http.Attributes;
import java.util.UUID;

/**
 * A relationship with another partner, in the recorded key order (storefront.md §2). The form of a customer's resellers has
 * neither {@code state} nor {@code location}.
 *
 * @param id tenant id of the other partner
 */
record PartnerRelationshipView(
        UUID id,
        String name,
        String relationshipType,
        String state,
        String mpnId,
        String location,
        Attributes attributes) {

    private static final Attributes ATTRIBUTES = Attributes.of("PartnerRelationship");

    static PartnerRelationshipView ofPartner(Partner other, PartnerRelationshipType type) {
        return new PartnerRelationshipView(
                other.tenantId(), other.name(), type.wireName(), "Active", other.mpnId(), other.country(), ATTRIBUTES);
    }

    static PartnerRelationshipView ofCustomer(Partner reseller, PartnerRelationshipType type) {
        return new PartnerRelationshipView(
                reseller.tenantId(), reseller.name(), type.wireName(), null, reseller.mpnId(), null, ATTRIBUTES);
    }
}
