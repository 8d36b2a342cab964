package csp.directory.partner.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import csp.directory.country.Country;
import csp.directory.partner.Contact;
import csp.directory.partner.Partner;
import csp.directory.partner.PartnerProfile;
import csp.shared.http.Attributes;
import csp.shared.http.Link;
import java.util.Optional;
import java.util.UUID;

/** The profiles of a partner on the wire, each in the recorded key order (storefront.md §6). */
final class PartnerProfileView {

    private PartnerProfileView() {}

    record Links(Link self) {

        static Links to(String profile) {
            return new Links(Link.get("/profiles/" + profile));
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

        static Address of(Partner partner, boolean withPerson) {
            var known = partner.profile().address();
            if (known == null) {
                return new Address(partner.country(), null, null, null, null, null, null, null, null, null);
            }
            return new Address(
                    Optional.ofNullable(known.country()).orElse(partner.country()),
                    known.region(),
                    known.city(),
                    known.state(),
                    known.addressLine1(),
                    Optional.ofNullable(known.addressLine2()).orElse(""),
                    known.postalCode(),
                    withPerson ? known.firstName() : null,
                    withPerson ? known.lastName() : null,
                    withPerson ? known.phoneNumber() : null);
        }
    }

    record Person(String firstName, String lastName, String email, String phoneNumber) {

        static Person of(Contact contact, boolean withEmail) {
            return contact == null
                    ? null
                    : new Person(
                            contact.firstName(),
                            contact.lastName(),
                            withEmail ? contact.email() : null,
                            contact.phoneNumber());
        }
    }

    /** Whether the company behind the partner is what it says. The approver is its primary contact. */
    record LegalBusiness(
            String companyName,
            Address address,
            Person primaryContact,
            Address companyApproverAddress,
            String companyApproverEmail,
            String vettingStatus,
            String vettingSubStatus,
            String profileType,
            Links links,
            Attributes attributes) {

        private static final String TYPE = "LegalBusinessProfile";

        static LegalBusiness of(Partner partner) {
            return new LegalBusiness(
                    partner.name(),
                    Address.of(partner, true),
                    Person.of(partner.primaryContact(), true),
                    Address.of(partner, false),
                    emailOf(partner),
                    Optional.ofNullable(partner.profile().vettingStatus()).orElse("authorized"),
                    Optional.ofNullable(partner.profile().vettingSubStatus()).orElse("none"),
                    TYPE,
                    Links.to("legalbusiness"),
                    Attributes.of(TYPE));
        }
    }

    /** The number of a partner in the programme; its name only for another partner. */
    record Mpn(String partnerName, String mpnId, String profileType, Links links, Attributes attributes) {

        private static final String TYPE = "MpnProfile";

        static Mpn own(Partner partner) {
            return new Mpn(null, partner.mpnId(), TYPE, Links.to("mpn"), Attributes.of(TYPE));
        }

        static Mpn ofOther(Partner partner) {
            return new Mpn(partner.name(), partner.mpnId(), TYPE, Links.to("mpn"), Attributes.of(TYPE));
        }
    }

    /** The company with its tenant. */
    record Organization(
            UUID id,
            String companyName,
            Address defaultAddress,
            UUID tenantId,
            String domain,
            String email,
            String language,
            String culture,
            String profileType,
            Links links,
            Attributes attributes) {

        private static final String TYPE = "OrganizationProfile";

        static Organization of(Partner partner) {
            var country = Country.of(partner.country()).orElseThrow();
            return new Organization(
                    partner.tenantId(),
                    partner.name(),
                    Address.of(partner, true),
                    partner.tenantId(),
                    partner.domain(),
                    emailOf(partner),
                    country.language(),
                    country.culture(),
                    TYPE,
                    Links.to("organization"),
                    new Attributes(etag(partner, TYPE), TYPE));
        }
    }

    /** Whom and where the vendor's bills to the partner go. */
    record Billing(
            String companyName,
            Address address,
            Person primaryContact,
            String purchaseOrderNumber,
            String taxId,
            String billingCurrency,
            String profileType,
            Links links,
            Attributes attributes) {

        private static final String TYPE = "BillingProfile";

        static Billing of(Partner partner) {
            return new Billing(
                    partner.name(),
                    Address.of(partner, false),
                    Person.of(partner.primaryContact(), false),
                    partner.profile().purchaseOrderNumber(),
                    partner.profile().taxId(),
                    partner.currency(),
                    TYPE,
                    Links.to("billing"),
                    new Attributes(etag(partner, TYPE), TYPE));
        }
    }

    /** Whom the customers of the partner turn to; its primary contact where nobody else is named. */
    record Support(
            String email, String telephone, String website, String profileType, Links links, Attributes attributes) {

        private static final String PROFILE_TYPE = "support_profile";
        private static final String OBJECT_TYPE = "PartnerSupportProfile";

        static Support of(Partner partner) {
            var known = Optional.ofNullable(partner.profile().support())
                    .orElse(new PartnerProfile.Support(null, null, null));
            return new Support(
                    Optional.ofNullable(known.email()).orElse(emailOf(partner)),
                    known.telephone(),
                    Optional.ofNullable(known.website()).orElse("www." + partner.domain()),
                    PROFILE_TYPE,
                    new Links(Link.get("/v1/profiles/support")), // as recorded, unlike all other links
                    Attributes.of(OBJECT_TYPE));
        }
    }

    private static String emailOf(Partner partner) {
        return partner.primaryContact() == null
                ? null
                : partner.primaryContact().email();
    }

    /** A signed 64-bit number that changes with what the profile shows. */
    private static String etag(Partner partner, String type) {
        var shown = "%s of %s: %s %s %s %s"
                .formatted(
                        type,
                        partner.tenantId(),
                        partner.name(),
                        partner.domain(),
                        partner.primaryContact(),
                        partner.profile());
        return Long.toString(UUID.nameUUIDFromBytes(shown.getBytes(UTF_8)).getMostSignificantBits());
    }
}
