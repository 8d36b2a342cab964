package csp.directory.customer.api;

import csp.directory.customer.Customer;
import csp.shared.http.Attributes;
import java.util.UUID;

/**
 * The answer to the creation of a customer, in the recorded key order. A provider that created it for a reseller sees more of
 * the company, and that it has delegated administration (storefront.md §1.3).
 *
 * @param enableGDAPByDefault as sent; absent when the request did not say
 */
public record CreatedCustomerView(
        UUID id,
        UUID commerceId,
        CompanyProfile companyProfile,
        BillingProfile billingProfile,
        Boolean enableGDAPByDefault,
        String relationshipToPartner,
        Boolean allowDelegatedAccess,
        Credentials userCredentials,
        UUID associatedPartnerId,
        Attributes attributes) {

    record CompanyProfile(
            UUID tenantId,
            String domain,
            String companyName,
            String organizationRegistrationNumber,
            CustomerView.Links links,
            Attributes attributes) {}

    record BillingProfile(
            UUID id,
            String firstName,
            String lastName,
            String email,
            String culture,
            String language,
            String companyName,
            CustomerView.Address defaultAddress,
            Attributes attributes) {}

    record Credentials(String userName, String password) {}

    /** @param associatedPartnerId null for a customer of the caller's own */
    public static CreatedCustomerView of(
            Customer customer,
            String userName,
            String password,
            UUID associatedPartnerId,
            Boolean enableGDAPByDefault) {
        var forReseller = associatedPartnerId != null;
        var company = CustomerView.CompanyProfile.of(customer, customer.billTo(), false);
        var billing = CustomerView.BillingProfile.of(customer, customer.billTo());
        return new CreatedCustomerView(
                customer.tenantId(),
                customer.idFor("commerce"),
                new CompanyProfile(
                        company.tenantId(),
                        company.domain(),
                        company.companyName(),
                        company.organizationRegistrationNumber(),
                        forReseller ? company.links() : null,
                        company.attributes()),
                new BillingProfile(
                        billing.id(),
                        customer.billTo().firstName(),
                        customer.billTo().lastName(),
                        billing.email(),
                        billing.culture(),
                        billing.language(),
                        billing.companyName(),
                        billing.defaultAddress(),
                        billing.attributes()),
                enableGDAPByDefault,
                CustomerView.RESELLER,
                forReseller ? true : null,
                new Credentials(userName, password),
                associatedPartnerId,
                Attributes.of("Customer"));
    }
}
