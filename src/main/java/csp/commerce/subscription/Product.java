package csp.commerce.subscription;

import java.util.EnumSet;
import java.util.Set;

/** What kind of thing was bought; decides whether it can move (TR11, TR12). */
public enum Product {
    LICENSE(null),
    /** Azure pay-as-you-go, offer {@code MS-AZR-0145P} (TR20). */
    AZURE_PAYG(null),
    AZURE_PLAN("AzurePlan"),
    AZURE_RESERVATION("AzureReservation"),
    AZURE_SAVINGS_PLAN("AzureSavingsPlan"),
    TERM_BASED("TermBased"),
    MARKETPLACE_SAAS("SaaS"),
    NEW_COMMERCE_LICENSE("OnlineServicesNCE");

    /** Bought for good or for a fixed time: suspending it does not end it, its partner must cancel it (storefront.md §1.4). */
    static final Set<Product> BINDING_WHILE_SUSPENDED = EnumSet.of(AZURE_RESERVATION, AZURE_SAVINGS_PLAN, TERM_BASED);

    /** The type that eligibility names as its reason (transfers.md §7); null for what a legacy transfer can move. */
    public final String untransferableType;

    Product(String untransferableType) {
        this.untransferableType = untransferableType;
    }

    /** Bought before the new commerce experience: has an offer and an etag instead of a product, sku and availability. */
    public boolean isLegacy() {
        return this == LICENSE || this == AZURE_PAYG;
    }

    /** Billed by what was used, so that there is no quantity to choose. */
    public boolean isUsageBased() {
        return this == AZURE_PAYG || this == AZURE_PLAN;
    }
}
