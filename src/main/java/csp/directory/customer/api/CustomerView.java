package csp.directory.customer.api;

import csp.directory.billing.BillTo;
import csp.directory.country.Country;
import csp.directory.customer.Customer;
import csp.shared.http.Attributes;
import csp.shared.http.Link;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A customer read by id, in the recorded key order (storefront.md §1.1).
 *
 * @param commerceId made from the tenant id; nothing else in the service refers to it
 * @param relationshipToPartner the published word for each of the three kinds of relationship
 * @param customDomains with delegated administration only, as are address and e-mail of the company profile
 */
record CustomerView(
        UUID id,
        UUID commerceId,
        CompanyProfile companyProfile,
        BillingProfile billingProfile,
        String relationshipToPartner,
        boolean allowDelegatedAccess,
        List<String> customDomains,
        Links links,
        Attributes attributes) {

    static final String RESELLER = "reseller";
    static final String COMPANY_PROFILE = "CustomerCompanyProfile";

    record Links(Link self) {}

    /** The company of a customer; its address and e-mail with delegated administration only. */
    record CompanyProfile(
            UUID tenantId,
            String domain,
            String companyName,
            Address address,
            String email,
            String organizationRegistrationNumber,
            Links links,
            Attributes attributes) {

        /** @param billTo as the reader knows it (R33); may be null */
        static CompanyProfile of(Customer customer, BillTo billTo, boolean delegatedAdmin) {
            var address = !delegatedAdmin || billTo == null || billTo.address() == null
                    ? null
                    : Address.ofCompany(customer.billingCountry(), billTo.address());
            return new CompanyProfile(
                    customer.tenantId(),
                    customer.domain(),
                    customer.companyName(),
                    address,
                    delegatedAdmin && billTo != null ? billTo.email() : null,
                    customer.registrationNumber(),
                    new Links(Link.get(uriOf(customer) + "/profiles/company")),
                    Attributes.of(COMPANY_PROFILE));
        }
    }

    record BillingProfile(
            UUID id,
            String firstName,
            String lastName,
            String email,
            String culture,
            String language,
            String companyName,
            Address defaultAddress,
            Links links,
            Attributes attributes) {

        /** @param known as the reader knows it (R33); may be null */
        static BillingProfile of(Customer customer, BillTo known) {
            var billTo = Optional.ofNullable(known).orElse(new BillTo(null, null, null, null, null, null, null));
            var address = Optional.ofNullable(billTo.address());
            var country = Country.of(customer.billingCountry()).orElseThrow();
            return new BillingProfile(
                    customer.idFor("billing profile"),
                    Optional.ofNullable(billTo.firstName())
                            .orElse(address.map(BillTo.Address::firstName).orElse(null)),
                    Optional.ofNullable(billTo.lastName())
                            .orElse(address.map(BillTo.Address::lastName).orElse(null)),
                    billTo.email(),
                    Optional.ofNullable(billTo.culture()).orElse(country.culture()),
                    Optional.ofNullable(billTo.language()).orElse(country.language()),
                    Optional.ofNullable(billTo.companyName()).orElse(customer.companyName()),
                    address.map(given -> Address.ofBilling(country.code(), given))
                            .orElse(Address.ofCountry(country.code())),
                    new Links(Link.get(uriOf(customer) + "/profiles/billing")),
                    new Attributes(customer.billingEtag(), "CustomerBillingProfile"));
        }
    }

    record Address(
            String country,
            String region,
            String city,
            String state,
            String addressLine1,
            String addressLine2,
            String postalCode,
            String firstName,
            String lastName,
            String phoneNumber) {

        static Address ofBilling(String country, BillTo.Address from) {
            return new Address(
                    country,
                    from.region(),
                    from.city(),
                    from.state(),
                    from.addressLine1(),
                    from.addressLine2(),
                    from.postalCode(),
                    from.firstName(),
                    from.lastName(),
                    from.phoneNumber());
        }

        /** A company's address has a region in place of the state, and no person. */
        static Address ofCompany(String country, BillTo.Address from) {
            return new Address(
                    country,
                    from.region() == null ? from.state() : from.region(),
                    from.city(),
                    null,
                    from.addressLine1(),
                    from.addressLine2(),
                    from.postalCode(),
                    null,
                    null,
                    from.phoneNumber());
        }

        static Address ofCountry(String country) {
            return new Address(country, null, null, null, null, null, null, null, null, null);
        }
    }

    /** @param billTo as the reader knows it (R33); may be null */
    static CustomerView of(Customer customer, BillTo billTo, boolean delegatedAdmin) {
        return new CustomerView(
                customer.tenantId(),
                customer.idFor("commerce"),
                CompanyProfile.of(customer, billTo, delegatedAdmin),
                BillingProfile.of(customer, billTo),
                RESELLER,
                delegatedAdmin,
                delegatedAdmin ? List.of(customer.domain()) : null,
                new Links(Link.get(uriOf(customer))),
                Attributes.of("Customer"));
    }

    private static String uriOf(Customer customer) {
        return "/customers/" + customer.tenantId();
    }
}
