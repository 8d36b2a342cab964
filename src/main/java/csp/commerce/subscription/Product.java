package csp.commerce.subscription;

import java.util.EnumSet;
import java.util.Set;

/** What kind of thing was bought. */
public enum Product {
    LICENSE,
    /** Azure pay-as-you-go, offer {@code MS-AZR-0145P} (TR20). */
    AZURE_PAYG,
    AZURE_PLAN,
    AZURE_RESERVATION,
    AZURE_SAVINGS_PLAN,
    TERM_BASED,
    MARKETPLACE_SAAS,
    NEW_COMMERCE_LICENSE;

    /** Bought for good or for a fixed time: suspending it does not end it, its partner must cancel it (storefront.md §1.4). */
    static final Set<Product> BINDING_WHILE_SUSPENDED = EnumSet.of(AZURE_RESERVATION, AZURE_SAVINGS_PLAN, TERM_BASED);

    /** What its partner cancels before the customer can be deleted: Azure plan, reservations and software (W29). */
    static final Set<Product> CANCELLED_BY_ORDER =
            EnumSet.of(AZURE_PLAN, AZURE_RESERVATION, AZURE_SAVINGS_PLAN, TERM_BASED);

    /** Bought before the new commerce experience: has an offer and an etag instead of a product, sku and availability. */
    public boolean isLegacy() {
        return this == LICENSE || this == AZURE_PAYG;
    }

    /** Billed by what was used, so that there is no quantity to choose. */
    public boolean isUsageBased() {
        return this == AZURE_PAYG || this == AZURE_PLAN;
    }
}
