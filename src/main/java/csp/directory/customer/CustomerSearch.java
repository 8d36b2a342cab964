package csp.directory.customer;

import java.util.UUID;

/**
 * Which of a partner's customers are wanted (storefront.md §0, §1).
 *
 * @param partnerId the partner that has a relationship with them, of any kind
 * @param field what is compared; null for all customers
 * @param prefix how the value of {@code field} begins, in any letter case and with no wildcards; null without a field
 */
public record CustomerSearch(UUID partnerId, Field field, String prefix) {

    /** What customers can be found by. */
    public enum Field {
        COMPANY_NAME,
        DOMAIN,
        /** Tenant id of the reseller that serves the customer for the calling provider. */
        INDIRECT_RESELLER,
        /** Tenant id of the provider that bills the customer of the calling reseller. */
        INDIRECT_CLOUD_SOLUTION_PROVIDER
    }
}
