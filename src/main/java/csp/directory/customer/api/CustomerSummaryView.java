package csp.directory.customer.api;

import csp.directory.customer.CustomerSummary;
import csp.shared.http.Attributes;
import csp.shared.http.Link;
import java.util.UUID;

/** A customer in a list, in the recorded key order (storefront.md §1.1). Only a filtered list has links in its items. */
record CustomerSummaryView(
        UUID id,
        CompanyProfile companyProfile,
        String relationshipToPartner,
        CustomerView.Links links,
        Attributes attributes) {

    record CompanyProfile(
            UUID tenantId, String domain, String companyName, CustomerView.Links links, Attributes attributes) {}

    static CustomerSummaryView of(CustomerSummary customer, boolean withLinks) {
        var uri = "/customers/" + customer.tenantId();
        var profile = new CompanyProfile(
                customer.tenantId(),
                customer.domain(),
                customer.companyName(),
                withLinks ? new CustomerView.Links(Link.get(uri + "/profiles/company")) : null,
                Attributes.of(CustomerView.COMPANY_PROFILE));
        return new CustomerSummaryView(
                customer.tenantId(),
                profile,
                CustomerView.RESELLER,
                withLinks ? new CustomerView.Links(Link.get(uri)) : null,
                Attributes.of("Customer"));
    }
}
