package csp.onboarding.extension;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class ExtensionConsentRepository implements PanacheRepositoryBase<ExtensionConsent, UUID> {}
