package csp.customer.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import csp.customer.BillTo;
import csp.customer.Customer;
import csp.shared.http.Attributes;
import csp.shared.http.Link;

/**
 * A customer read by id, in the recorded key order (storefront.md §1.1).
 *
 * @param commerceId made from the tenant id; nothing else in the service refers to it
 * @param relationshipToPartner the published word for each of the three kinds of relationship
 * @param customDomains with delegated administration only, as are address and e-mail of the company profile
 */
record CustomerView(UUID id, UUID commerceId, CompanyProfile companyProfile, BillingProfile billingProfile,
        String relationshipToPartner, boolean allowDelegatedAccess, List<String> customDomains, Links links,
        Attributes attributes) {

    static final String RESELLER = "reseller";
    static final String COMPANY_PROFILE = "CustomerCompanyProfile";

    record Links(Link self) {
    }

    record CompanyProfile(UUID tenantId, String domain, String companyName, Address address, String email, Links links,
            Attributes attributes) {
    }

    record BillingProfile(UUID id, String firstName, String lastName, String email, String culture, String language,
            String companyName, Address defaultAddress, Links links, Attributes attributes) {
    }

    record Address(String country, String region, String city, String state, String addressLine1, String addressLine2,
            String postalCode, String firstName, String lastName, String phoneNumber) {

        static Address ofBilling(String country, BillTo.Address from) {
            return new Address(country, from.region(), from.city(), from.state(), from.addressLine1(), from.addressLine2(),
                    from.postalCode(), from.firstName(), from.lastName(), from.phoneNumber());
        }

        /** A company's address has a region in place of the state, and no person. */
        static Address ofCompany(String country, BillTo.Address from) {
            return new Address(country, from.region() == null ? from.state() : from.region(), from.city(), null,
                    from.addressLine1(), from.addressLine2(), from.postalCode(), null, null, from.phoneNumber());
        }

        static Address ofCountry(String country) {
            return new Address(country, null, null, null, null, null, null, null, null, null);
        }
    }

    static CustomerView of(Customer customer, boolean delegatedAdmin) {
        var uri = "/customers/" + customer.tenantId();
        return new CustomerView(customer.tenantId(), idFrom("commerce", customer),
                companyProfile(customer, delegatedAdmin, uri),
                billingProfile(customer, uri), RESELLER, delegatedAdmin, delegatedAdmin ? List.of(customer.domain()) : null,
                new Links(Link.get(uri)), Attributes.of("Customer"));
    }

    private static CompanyProfile companyProfile(Customer customer, boolean delegatedAdmin, String uri) {
        var billTo = customer.billTo();
        var address = !delegatedAdmin || billTo == null || billTo.address() == null ? null
                : Address.ofCompany(countryOf(customer), billTo.address());
        return new CompanyProfile(customer.tenantId(), customer.domain(), customer.companyName(), address,
                delegatedAdmin && billTo != null ? billTo.email() : null, new Links(Link.get(uri + "/profiles/company")),
                Attributes.of(COMPANY_PROFILE));
    }

    private static BillingProfile billingProfile(Customer customer, String uri) {
        var billTo = Optional.ofNullable(customer.billTo()).orElse(new BillTo(null, null, null, null, null, null, null));
        var address = Optional.ofNullable(billTo.address());
        var culture = Culture.of(countryOf(customer));
        return new BillingProfile(idFrom("billing profile", customer),
                Optional.ofNullable(billTo.firstName()).orElse(address.map(BillTo.Address::firstName).orElse(null)),
                Optional.ofNullable(billTo.lastName()).orElse(address.map(BillTo.Address::lastName).orElse(null)),
                billTo.email(), Optional.ofNullable(billTo.culture()).orElse(culture.name()),
                Optional.ofNullable(billTo.language()).orElse(culture.language()),
                Optional.ofNullable(billTo.companyName()).orElse(customer.companyName()),
                address.map(known -> Address.ofBilling(countryOf(customer), known))
                        .orElse(Address.ofCountry(countryOf(customer))),
                new Links(Link.get(uri + "/profiles/billing")),
                new Attributes(billingEtag(customer), "CustomerBillingProfile"));
    }

    private static String countryOf(Customer customer) {
        return Optional.ofNullable(customer.billTo()).map(BillTo::address).map(BillTo.Address::country)
                .orElse(customer.country());
    }

    /** A signed 64-bit number in a string, as recorded; another one for every version. */
    private static String billingEtag(Customer customer) {
        return Long.toString(idFrom("billing etag " + customer.version(), customer).getMostSignificantBits());
    }

    private static UUID idFrom(String purpose, Customer customer) {
        return UUID.nameUUIDFromBytes((purpose + " of " + customer.tenantId()).getBytes(UTF_8));
    }
}
