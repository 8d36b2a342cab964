package csp.relationship;

import java.util.UUID;

import csp.customer.CustomerRelationship.Kind;
import csp.customer.CustomerRelationship.Via;
import csp.partner.Partner;

/**
 * One relationship of a customer.
 *
 * @param counterpartId the provider of a reseller or the reseller of a provider; null when not named
 */
public record PartnerOfCustomer(Partner partner, Kind kind, UUID counterpartId, boolean delegatedAdmin, Via via) {
}
