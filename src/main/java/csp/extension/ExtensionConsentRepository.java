package csp.extension;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class ExtensionConsentRepository implements PanacheRepositoryBase<ExtensionConsent, UUID> {
}
