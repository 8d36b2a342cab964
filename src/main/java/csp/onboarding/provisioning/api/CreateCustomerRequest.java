package csp.onboarding.provisioning.api;

import csp.directory.billing.api.BillToFields;
import csp.onboarding.provisioning.NewCustomer;
import csp.shared.error.Quoted;
import csp.shared.http.JsonFields;
import java.util.regex.Pattern;

/** Reads the body of a customer POST (storefront.md §1.3). */
final class CreateCustomerRequest {

    private static final int LONGEST_DOMAIN = 253;
    private static final int LONGEST_NUMBER = 64;
    private static final Pattern DOMAIN = Pattern.compile(
            "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");

    private CreateCustomerRequest() {}

    /** Error 800002, naming the field. An empty associated partner counts as absent. */
    static NewCustomer read(JsonFields body) {
        var company = body.object("companyProfile").orElseThrow(() -> body.missing("companyProfile"));
        var billing = body.object("billingProfile").orElseThrow(() -> body.missing("billingProfile"));
        var domain = company.requiredText("domain", LONGEST_DOMAIN);
        if (!isDomain(domain)) {
            throw company.refusal(
                    "domain", "must be a domain name such as contoso.onmicrosoft.com but is " + Quoted.text(domain));
        }
        var associated =
                body.textUnlessBlank("associatedPartnerId", LONGEST_NUMBER).isEmpty()
                        ? null
                        : body.requiredGuid("associatedPartnerId");
        return new NewCustomer(
                domain,
                company.textUnlessBlank("organizationRegistrationNumber", LONGEST_NUMBER)
                        .orElse(null),
                BillToFields.read(billing),
                associated,
                body.bool("enableGDAPByDefault").orElse(null));
    }

    static boolean isDomain(String text) {
        return text.length() <= LONGEST_DOMAIN && DOMAIN.matcher(text).matches();
    }
}
