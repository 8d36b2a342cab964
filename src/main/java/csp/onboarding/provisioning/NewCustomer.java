package csp.onboarding.provisioning;

import csp.directory.billing.BillTo;
import java.util.UUID;

/**
 * The customer a partner wants to create (storefront.md §1.3).
 *
 * @param registrationNumber null when not given
 * @param associatedPartnerId tenant id of the reseller a provider creates it for; null for a customer of its own
 * @param enableGDAPByDefault echoed, nothing else; null when not said
 */
public record NewCustomer(
        String domain,
        String registrationNumber,
        BillTo billTo,
        UUID associatedPartnerId,
        Boolean enableGDAPByDefault) {}
