package csp.onboarding.extension;

import java.time.Instant;
import java.util.UUID;

/** What a direct-bill partner in transition asks for: one of its customers shall be its provider's too (lifecycle.md R30). */
public record ExtendRelationship(UUID customerId, UUID directPartnerId, UUID indirectProviderId, Consent consent) {

    /**
     * The customer's consent, which the partner has before it asks (R34).
     *
     * @param givenBy who of the customer
     * @param method how, in the partner's words
     */
    public record Consent(String givenBy, Instant givenAt, String method) {}
}
