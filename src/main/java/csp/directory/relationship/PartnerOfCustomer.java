package csp.directory.relationship;

import csp.directory.partner.Partner;
import csp.directory.relationship.CustomerRelationship.Kind;
import csp.directory.relationship.CustomerRelationship.Via;
import java.util.UUID;

/**
 * One relationship of a customer.
 *
 * @param counterpartId the provider of a reseller or the reseller of a provider; null when not named
 */
public record PartnerOfCustomer(Partner partner, Kind kind, UUID counterpartId, boolean delegatedAdmin, Via via) {}
