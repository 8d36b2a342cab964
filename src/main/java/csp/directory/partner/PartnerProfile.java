package csp.directory.partner;

import csp.directory.billing.BillTo;
import java.util.List;

/**
 * What the profiles of a partner show beside the rest of it (storefront.md §6, §9). Everything may be null.
 *
 * @param address where the company is
 * @param vettingStatus whether Microsoft has checked the company: none, pending, authorized or rejected
 * @param vettingSubStatus what that check stands at, none when it stands at nothing
 */
public record PartnerProfile(
        BillTo.Address address,
        String vettingStatus,
        String vettingSubStatus,
        String purchaseOrderNumber,
        String taxId,
        Support support,
        List<ValidationCode> validationCodes) {

    static final PartnerProfile EMPTY = new PartnerProfile(null, null, null, null, null, null, null);

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
