package csp.onboarding.extension;

import csp.onboarding.extension.ExtendRelationship.Consent;
import java.time.Instant;
import java.util.UUID;

/**
 * What an extension made: the provider is a partner of the customer, without delegated administration (lifecycle.md R33, R35).
 *
 * @param recordedBy the user that asked for it
 */
public record ExtendedRelationship(
        UUID customerId,
        UUID directPartnerId,
        UUID indirectProviderId,
        Consent consent,
        String recordedBy,
        Instant recordedTime) {}
