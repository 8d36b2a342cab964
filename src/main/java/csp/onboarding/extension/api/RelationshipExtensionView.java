package csp.onboarding.extension.api;

import static csp.shared.http.WireTime.trimmed;

import csp.onboarding.extension.ExtendedRelationship;
import java.util.UUID;

/** The relationship of provider and customer that an extension made (lifecycle.md R33-R36). */
record RelationshipExtensionView(
        UUID customerId,
        UUID directPartnerId,
        UUID indirectProviderId,
        String kind,
        String via,
        boolean allowDelegatedAccess,
        Consent consent) {

    record Consent(String givenBy, String givenAt, String method, String recordedBy, String recordedTime) {}

    static RelationshipExtensionView of(ExtendedRelationship relationship) {
        var consent = relationship.consent();
        return new RelationshipExtensionView(
                relationship.customerId(),
                relationship.directPartnerId(),
                relationship.indirectProviderId(),
                "indirectProvider",
                "extension",
                false,
                new Consent(
                        consent.givenBy(),
                        trimmed(consent.givenAt()),
                        consent.method(),
                        relationship.recordedBy(),
                        trimmed(relationship.recordedTime())));
    }
}
