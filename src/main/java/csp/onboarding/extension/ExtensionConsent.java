package csp.onboarding.extension;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** Who of a customer agreed to an extension, when and how, and who told us (lifecycle.md R34). Never changed once written. */
@Entity
class ExtensionConsent {

    @Id
    UUID id;

    UUID customerId;
    UUID providerId;
    UUID partnerId;
    String givenBy;
    Instant givenAt;
    String method;
    String recordedBy;
    Instant recordedTime;
}
