package csp.onboarding.invitation;

import java.util.UUID;

/**
 * What a customer is offered.
 *
 * @param resellerId the partner that sells or, with a provider, serves
 * @param providerId null unless the kind has a provider
 */
public record OfferedRelationship(InvitationKind kind, UUID resellerId, UUID providerId) {}
