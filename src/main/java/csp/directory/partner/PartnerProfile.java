package csp.directory.partner;

import java.util.List;

/**
 * What the profiles of a partner show beside the rest of it (storefront.md §6, §9). Everything may be null.
 *
 * @param vettingStatus whether Microsoft has checked the company: none, pending, authorized or rejected
 * @param vettingSubStatus what that check stands at, none when it stands at nothing
 */
public record PartnerProfile(
        Address address,
        String vettingStatus,
        String vettingSubStatus,
        String purchaseOrderNumber,
        String taxId,
        Support support,
        List<ValidationCode> validationCodes) {

    static final PartnerProfile EMPTY = new PartnerProfile(null, null, null, null, null, null, null);

    /** Where the company is. */
    public record Address(
            String addressLine1,
            String addressLine2,
            String city,
            String state,
            String postalCode,
            String country,
            String region,
            String firstName,
            String lastName,
            String phoneNumber) {}

    /** Whom the customers of the partner turn to. */
    public record Support(String email, String telephone, String website) {}

    /**
     * Lets the partner create customers that must be checked first.
     *
     * @param changed UTC, ISO 8601
     */
    public record ValidationCode(
            String validationId,
            String organizationName,
            Integer maxCreates,
            Integer remainingCreates,
            String changed) {}
}
