package csp.extension;

import java.time.Instant;
import java.util.UUID;

import csp.extension.ExtendRelationship.Consent;

/**
 * What an extension made: the provider is a partner of the customer, without delegated administration (lifecycle.md R33, R35).
 *
 * @param recordedBy the user that asked for it
 */
public record ExtendedRelationship(UUID customerId, UUID directPartnerId, UUID indirectProviderId, Consent consent,
        String recordedBy, Instant recordedTime) {
}
